import Foundation
import Testing
import TextCore

@testable import Spelling

/// A small dictionary of the test's own, so that no machine needs one installed.
@Suite final class SpellCheckerTests {
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "longhand-spelling-\(UInt64.random(in: 0 ... .max))")
    private let checker: SpellChecker

    init() throws {
        try FileManager.default.createDirectory(at: folder.appending(path: "own"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(at: folder.appending(path: "system"), withIntermediateDirectories: true)
        try Self.write(
            ["hello", "word/S", "the", "isn't", "Paris"],
            "SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\nSFX S Y 1\nSFX S 0 s .\n",
            to: folder.appending(path: "system/en_US"), as: .utf8)
        try Self.write(
            ["Straße", "grün", "das"], "SET ISO8859-1\nTRY aeiouüß\n", to: folder.appending(path: "own/de_DE"),
            as: .isoLatin1)
        try Self.write(["привет"], "SET KOI8-R\n", to: folder.appending(path: "system/ru_RU"), as: nil)
        checker = SpellChecker(
            folders: DictionaryFolders(
                own: folder.appending(path: "own").path, system: [folder.appending(path: "system").path]),
            userWords: folder.appending(path: "own/words").path,
            projectWords: folder.appending(path: "project-words").path)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private static func write(_ words: [String], _ affixes: String, to path: URL, as encoding: String.Encoding?) throws
    {
        let list = "\(words.count)\n" + words.joined(separator: "\n") + "\n"
        // Foundation has no KOI8-R here; the one word of that dictionary is written by hand.
        let bytes =
            encoding.map { list.data(using: $0) ?? Data() } ?? Data("1\n".utf8)
            + Data([0xD0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4, 0x0A])
        try bytes.write(to: path.appendingPathExtension("dic"))
        try Data(affixes.utf8).write(to: path.appendingPathExtension("aff"))
    }

    @Test func wordsAreHeldAgainstTheDictionary() throws {
        let words = ["hello", "Hello", "HELLO", "helo", "words", "wordss", "isn't", "isn’t", "paris"]
        #expect(try checker.misspelt(words, languages: "en_US") == ["helo", "wordss", "paris"])
    }

    @Test func severalLanguagesAtOnceEachInItsEncoding() throws {
        #expect(try checker.misspelt(["hello", "Straße", "grün"], languages: "en_US") == ["Straße", "grün"])
        #expect(try checker.misspelt(["hello", "Straße", "grün", "grunn"], languages: "en_US,de-DE") == ["grunn"])
        #expect(
            try checker.misspelt(["привет", "превет", "hello", "helo"], languages: "en_US, ru") == ["превет", "helo"])
    }

    @Test func otherScriptsAreNoneOfADictionarysBusiness() throws {
        #expect(try checker.misspelt(["привет", "λόγος", "helo"], languages: "en_US") == ["helo"])
    }

    @Test func suggestionsKeepTheWritersApostrophe() throws {
        #expect(try checker.suggestions(for: "helo", languages: "en_US").first == "hello")
        #expect(try checker.suggestions(for: "isnt’t", languages: "en_US").contains("isn’t"))
        #expect(try checker.suggestions(for: "Strase", languages: "en_US,de_DE").contains("Straße"))
    }

    @Test func addedAndIgnoredWordsAreRight() throws {
        let words = ["Longhand", "Longhand's", "longhand", "zzyzx"]
        #expect(try checker.misspelt(words, languages: "en_US").count == 4)
        let user = try checker.add("Longhand", toProject: false)
        #expect(try String(contentsOfFile: user, encoding: .utf8) == "Longhand\n")
        #expect(try checker.misspelt(words, languages: "en_US") == ["longhand", "zzyzx"])
        checker.ignore("zzyzx")
        #expect(try checker.misspelt(words, languages: "en_US") == ["longhand"])
        // A list whose last line has no end gets one.
        let project = folder.appending(path: "project-words")
        try Data("first".utf8).write(to: project)
        _ = try checker.add("second", toProject: true)
        #expect(try String(contentsOf: project, encoding: .utf8) == "first\nsecond\n")
        let another = SpellChecker(
            folders: DictionaryFolders(
                own: folder.appending(path: "own").path, system: [folder.appending(path: "system").path]),
            userWords: user, projectWords: project.path)
        #expect(try another.misspelt(["Longhand", "first", "second", "third"], languages: "en_US") == ["third"])
    }

    /// A project that was cloned may bring its list along as a link to a file of the writer's.
    @Test func noWordIsWrittenThroughALinkOfTheProject() throws {
        let elsewhere = folder.appending(path: "elsewhere")
        try Data("mine\n".utf8).write(to: elsewhere)
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "project-words"), withDestinationURL: elsewhere)
        let error = #expect(throws: SpellingError.self) { try checker.add("zzyzx", toProject: true) }
        #expect(error?.description.contains("is a link to another file") == true)
        #expect(try String(contentsOf: elsewhere, encoding: .utf8) == "mine\n")
        // The writer's own list may be a link, as those do who keep such files in one place.
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "own/words"), withDestinationURL: elsewhere)
        _ = try checker.add("zzyzx", toProject: false)
        #expect(try String(contentsOf: elsewhere, encoding: .utf8) == "mine\nzzyzx\n")
    }

    @Test func aMissingDictionarySaysWhatToDo() {
        let error = #expect(throws: SpellingError.self) { try self.checker.misspelt(["x"], languages: "fr_FR") }
        #expect(error?.message.contains("fr_FR") == true)
        #expect(error?.hint?.contains("hunspell-fr-fr") == true && error?.hint?.contains("/own") == true)
        #expect(checker.missing("en_US,fr_FR,de") == ["fr_FR"])
    }

    @Test func aBrokenDictionaryIsNamed() throws {
        try Data("SET NO-SUCH-CODE\n".utf8).write(to: folder.appending(path: "own/xx.aff"))
        try Data("1\nword\n".utf8).write(to: folder.appending(path: "own/xx.dic"))
        let error = #expect(throws: SpellingError.self) { try self.checker.misspelt(["x"], languages: "xx") }
        #expect(error?.message.contains("xx.aff") == true)
    }

    @Test(
        arguments: [
            ("en", "en_US"), ("en_US", "en_US"), ("en_us", "en_US"), ("en_GB", nil), ("de_AT", "de_DE"),
            ("de", "de_DE"), ("ru", "ru_RU"), ("../etc/passwd", nil),
        ] as [(String, String?)])
    func languagesFindTheirDictionary(_ language: String, _ expected: String?) {
        let folders = DictionaryFolders(
            own: folder.appending(path: "own").path, system: [folder.appending(path: "system").path])
        #expect(folders.path(of: language).map { String($0.split(separator: "/").last ?? "") } == expected)
    }

    @Test func aTextIsSearchedBothWaysAndAroundItsEnd() throws {
        let text = Text("---\nlang: xqxq\n---\n\nhello wrod\n\n`cdoe` the zwei\n\nthe word tird\n")
        func next(_ from: Int, backwards: Bool = false) throws -> String? {
            try checker.nextMisspelt(in: text, from: from, backwards: backwards, languages: "en_US").map {
                text.slice($0)
            }
        }
        #expect(try next(0) == "wrod")
        let second = try #require(try checker.nextMisspelt(in: text, from: 32, backwards: false, languages: "en_US"))
        #expect(text.slice(second) == "zwei")
        #expect(try next(second.upperBound) == "tird")
        #expect(try next(text.utf8Count) == "wrod")
        #expect(try next(second.lowerBound, backwards: true) == "wrod")
        #expect(try next(0, backwards: true) == "tird")
        #expect(try checker.nextMisspelt(in: Text("hello\n"), from: 0, backwards: false, languages: "en_US") == nil)
        #expect(
            try checker.nextMisspelt(in: text, from: 0, backwards: false, languages: "en_US", isCancelled: { true })
                == nil)
    }
}
