import Diagnostics
import Manuscript
import Synchronization
import TextCore

/// Checks words against hunspell's dictionaries and the writer's own lists.
///
/// Any thread may ask. A word is right when one of the languages' dictionaries has it, or when it is in a script that
/// none of them is written in. Dictionaries are read when they are first needed, which takes a tenth of a second, and
/// are kept.
///
/// Hunspell's handles keep scratch space, so they are called under a lock, which a search takes for one line at a
/// time.
public final class SpellChecker: Sendable {
    private struct State: Sendable {
        var dictionaries: [String: HunspellDictionary] = [:]
        var user: WordList
        var project: WordList
        var ignored: Set<String> = []
        /// Whether a word is misspelt, in `languages`.
        var verdicts: [String: Bool] = [:]
        var languages = ""
    }

    private let folders: DictionaryFolders
    private let state: Mutex<State>
    private static let mostVerdicts = 100_000

    /// - Parameters:
    ///   - userWords: the file with the writer's own words.
    ///   - projectWords: the file with the project's.
    public init(folders: DictionaryFolders, userWords: String, projectWords: String) {
        self.folders = folders
        state = Mutex(State(user: WordList(path: userWords), project: WordList(path: projectWords, followsLink: false)))
    }

    /// The writer's own folder of dictionaries.
    public var ownFolder: String { folders.own }

    /// The languages of a list (`en_US,de_DE`) for which there is no dictionary.
    public func missing(_ languages: String) -> [String] {
        DictionaryFolders.split(languages).filter { folders.path(of: $0) == nil }
    }

    /// Which of `words` are misspelt.
    ///
    /// - Throws: `SpellingError` where there is no dictionary for any of the languages.
    public func misspelt(_ words: [String], languages: String) throws(SpellingError) -> Set<String> {
        try state.withLock { state throws(SpellingError) in
            let dictionaries = try self.dictionaries(languages, &state)
            return Set(words.filter { Self.isMisspelt($0, dictionaries, &state) })
        }
    }

    /// The first misspelt word that begins at or behind `from`, or, backwards, the last that ends before it; from
    /// the other end of the text where there is none.
    ///
    /// - Throws: `SpellingError` where there is no dictionary for any of the languages.
    public func nextMisspelt(
        in text: Text, from: Int, backwards: Bool, languages: String, isCancelled: () -> Bool = { false }
    ) throws(SpellingError) -> Range<Int>? {
        let isBehind = { (range: Range<Int>) in range.lowerBound >= from }
        if backwards {
            let before = try last(in: text, languages, isCancelled) { $0.upperBound < from }
            if let before { return before }
            return try last(in: text, languages, isCancelled, where: isBehind)
        }
        if let behind = try first(in: text, languages, isCancelled, where: isBehind) { return behind }
        return try first(in: text, languages, isCancelled) { $0.lowerBound < from }
    }

    /// What a misspelt word may have been meant to be, the likeliest first; of several languages in turn.
    public func suggestions(for word: String, languages: String) throws(SpellingError) -> [String] {
        try state.withLock { state throws(SpellingError) in
            let script = Script(word: word)
            let lists = try dictionaries(languages, &state).filter { $0.script == script }.map {
                $0.suggestions(for: Self.plain(word))
            }
            var result: [String] = []
            for rank in 0..<(lists.map(\.count).max() ?? 0) {
                for list in lists where list.indices.contains(rank) && !result.contains(list[rank]) {
                    result.append(list[rank])
                }
            }
            // The apostrophe the writer uses.
            return word.contains("\u{2019}") ? result.map { $0.replacing("'", with: "\u{2019}") } : result
        }
    }

    /// Takes a word for right from now on and writes it down.
    ///
    /// - Returns: the file it was added to.
    public func add(_ word: String, toProject: Bool) throws(SpellingError) -> String {
        try state.withLock { state throws(SpellingError) in
            state.verdicts = [:]
            if toProject {
                try state.project.add(word)
                return state.project.path
            }
            try state.user.add(word)
            return state.user.path
        }
    }

    /// Takes a word for right while the program runs.
    public func ignore(_ word: String) {
        state.withLock { state in
            state.ignored.insert(word)
            state.verdicts = [:]
        }
    }

    // MARK: One word

    private func dictionaries(_ languages: String, _ state: inout State) throws(SpellingError) -> [HunspellDictionary] {
        if state.languages != languages {
            state.languages = languages
            state.verdicts = [:]
        }
        var found: [HunspellDictionary] = []
        let names = DictionaryFolders.split(languages)
        for language in names {
            if let known = state.dictionaries[language] {
                found.append(known)
            } else if let path = folders.path(of: language) {
                let read = try HunspellDictionary(path: path, language: language)
                state.dictionaries[language] = read
                found.append(read)
            }
        }
        guard !found.isEmpty else { throw .noDictionary(language: names.first ?? languages, own: folders.own) }
        return found
    }

    private static func isMisspelt(_ word: String, _ dictionaries: [HunspellDictionary], _ state: inout State) -> Bool {
        if let known = state.verdicts[word] { return known }
        if state.verdicts.count >= mostVerdicts { state.verdicts = [:] }
        let isWrong = !isRight(word, dictionaries, state)
        state.verdicts[word] = isWrong
        return isWrong
    }

    private static func isRight(_ word: String, _ dictionaries: [HunspellDictionary], _ state: State) -> Bool {
        let script = Script(word: word)
        let inScript = dictionaries.filter { $0.script == script }
        guard !inScript.isEmpty else { return true }
        var forms = [plain(word)]
        // Added words aren't inflected by hunspell: their genitive is right too.
        if forms[0].hasSuffix("'s") { forms.append(String(forms[0].dropLast(2))) }
        for form in forms {
            let lower = form.lowercased()
            for list in [state.user.words, state.project.words, state.ignored]
            where list.contains(form) || list.contains(lower) { return true }
        }
        if state.ignored.contains(word) || state.user.words.contains(word) || state.project.words.contains(word) {
            return true
        }
        return inScript.contains { $0.accepts(forms[0]) }
    }

    /// With the apostrophe that dictionaries use.
    private static func plain(_ word: String) -> String { word.replacing("\u{2019}", with: "'") }

    // MARK: A whole text

    private func first(
        in text: Text, _ languages: String, _ isCancelled: () -> Bool, where isWanted: (Range<Int>) -> Bool
    ) throws(SpellingError) -> Range<Int>? {
        var state = LineState.start
        for line in 0..<text.lineCount {
            if isCancelled() { return nil }
            let found = try misspelt(in: line, of: text, languages, &state, where: isWanted)
            if let first = found.first { return first }
        }
        return nil
    }

    private func last(
        in text: Text, _ languages: String, _ isCancelled: () -> Bool, where isWanted: (Range<Int>) -> Bool
    ) throws(SpellingError) -> Range<Int>? {
        var state = LineState.start
        var result: Range<Int>?
        for line in 0..<text.lineCount {
            if isCancelled() { return nil }
            result = try misspelt(in: line, of: text, languages, &state, where: isWanted).last ?? result
        }
        return result
    }

    /// The lock is taken for a line at a time, so that the words on the screen needn't wait for a whole book.
    private func misspelt(
        in line: Int, of text: Text, _ languages: String, _ lineState: inout LineState,
        where isWanted: (Range<Int>) -> Bool
    ) throws(SpellingError) -> [Range<Int>] {
        let range = text.lineRange(line)
        let bytes = text.bytes(in: range)
        var words: [(text: String, range: Range<Int>)] = []
        for word in ProseWords.ranges(of: String(decoding: bytes, as: UTF8.self), state: &lineState) {
            let position = range.lowerBound + word.lowerBound..<range.lowerBound + word.upperBound
            if word.upperBound <= bytes.count, isWanted(position) {
                words.append((String(decoding: bytes[word], as: UTF8.self), position))
            }
        }
        guard !words.isEmpty else { return [] }
        let wrong = try misspelt(words.map(\.text), languages: languages)
        return words.filter { wrong.contains($0.text) }.map(\.range)
    }
}
