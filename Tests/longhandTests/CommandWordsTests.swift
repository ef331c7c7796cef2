import ArgumentParser
import Foundation
import TestModels
import Testing

@testable import longhand

/// What a typo may start, and that the README and the commands know the same options.
@Suite(.serialized) struct CommandWordsTests {
    private let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox(
            article: "# Title\n\nWords about bread.\n", notes: ["bread.md": "# Bread\n\nKnead the dough.\n"],
            model: false)
        try sandbox.install(TinyModel().files, as: "tiny")
        sandbox.set("LONGHAND_MODEL", "tiny")
    }

    private var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: sandbox.folder.path)) ?? [] }

    @Test(arguments: [
        (["serch", "foo"], "search"), (["serach", "foo"], "search"), (["Search", "foo"], "search"), (["indx"], "index"),
        (["statsu"], "status"),
        (["complet", "bash"], "completions"), (["exprot", "a.md"], "export"), (["--serch", "foo"], "search"),
        (["--search", "foo"], "search"),
        (["-status"], "status"), (["--theme", "ink", "serch"], "search"), (["help", "serch"], "search"),
        (["model", "lst"], "model list"),
        (["help", "model", "pul"], "model pull"), (["foo.md", "serch"], "search"),
    ]) func aMistypedCommandStartsNothing(_ words: [String], _ meant: String) throws {
        let before = files
        let result = try sandbox.run(words)
        #expect(result.status == 2, "\(words): \(result.errors)")
        #expect(result.errors.contains("longhand \(meant)"), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1 && result.output.isEmpty, "\(result.errors)")
        #expect(files.filter { !$0.hasPrefix("streams-") } == before.filter { !$0.hasPrefix("streams-") })
    }

    @Test func whatIsNoCommandAndNoFileIsTold() throws {
        let result = try sandbox.run(["essay"])
        #expect(result.status == 2)
        #expect(
            result.errors
                == "longhand: There is no command and no file “essay”. To begin an article of that name: longhand ./essay.\n"
        )
        #expect(try sandbox.run([""]).status == 2)
        #expect(try sandbox.run(["nowhere/"]).status == 3)
        #expect(try sandbox.run(["nowhere/essay.md"]).status == 3)
        #expect(try sandbox.run(["search", "x", "--serch"]).status == 2)
    }

    @Test func whatIsAFileOrCanBeOneIsOpened() throws {
        try Data("Text.\n".utf8).write(to: sandbox.folder.appending(path: "serch"))
        for words in [
            ["serch"], ["new-essay.md"], ["./serhc"], ["open", "serhc"], ["--", "serhc"], ["随笔"], ["+3"], ["project"],
        ] {
            // Without a terminal the studio doesn't open, which it says once it knows what to open.
            let result = try sandbox.run(words)
            #expect(result.errors.contains("needs a terminal"), "\(words): \(result.errors)")
        }
    }

    @Test func nearestNames() {
        let names = ["search", "status", "stats", "init", "index", "keys"]
        #expect(CommandSuggestion.nearest(to: "serch", among: names) == "search")
        #expect(CommandSuggestion.nearest(to: "statu", among: names) == "status")
        #expect(CommandSuggestion.nearest(to: "stat", among: names) == "stats")
        #expect(CommandSuggestion.nearest(to: "sea", among: names) == "search")
        #expect(CommandSuggestion.nearest(to: "essay", among: names) == nil)
        #expect(CommandSuggestion.nearest(to: "ls", among: names) == nil)
        #expect(CommandSuggestion.nearest(to: String(repeating: "x", count: 1_000_000), among: names) == nil)
        #expect(CommandSuggestion.distance(Array("abcd".utf8), Array("abdc".utf8)) == 1)
        #expect(CommandSuggestion.distance([], Array("ab".utf8)) == 2)
    }

    // MARK: Home

    @Test func withoutHomeNothingIsWrittenAtTheTopOfTheDisk() throws {
        let project = sandbox.project.path
        let wasThere = FileManager.default.fileExists(atPath: "/.local")
        for home in ["", "relative"] {
            sandbox.set("HOME", home)
            for (name, folder) in [("XDG_CONFIG_HOME", "c"), ("XDG_DATA_HOME", "d"), ("XDG_STATE_HOME", "s")] {
                sandbox.set(name, sandbox.folder.path + "/" + folder)
            }
            #expect(try sandbox.run(["index", "-p", project]).status == 0)
        }
        #expect(FileManager.default.fileExists(atPath: "/.local") == wasThere)
    }

    @Test func relatedKnowsTheProject() throws {
        let project = sandbox.project.path
        #expect(try sandbox.run(["index", "-p", project]).status == 0)
        let outside = sandbox.folder.appending(path: "draft.md")
        try Data("Knead dough.\n".utf8).write(to: outside)
        let result = try sandbox.run(["related", outside.path, "-p", project, "--mode", "text"])
        #expect(result.status == 0 && result.output.contains("notes/bread.md:3"), "\(result.errors)")
        #expect(try sandbox.run(["related", outside.path]).status == 5)
    }

    // MARK: The README

    /// A command of the README's list: its words, and its options with their placeholders.
    private struct Documented {
        var words: [String] = []
        var operands: [String] = []
        var options: [(names: String, value: String?)] = []
        var required: [(names: String, value: String?)] = []
    }

    private static func readme() throws -> [Documented] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/command-line.md"), encoding: .utf8)
        let start = try #require(text.range(of: "```\nlonghand [PATH]"))
        let block = text[start.lowerBound...].dropFirst(4).prefix(while: { $0 != "`" })
        var lines: [String] = []
        for line in block.split(separator: "\n") {
            if line.hasPrefix("longhand") {
                lines.append(String(line))
            } else {
                lines[lines.count - 1] += "  " + line.drop { $0 == " " }
            }
        }
        return lines.flatMap { line -> [Documented] in
            let parts = line.components(separatedBy: " | ")
            return parts.enumerated().map { documented(($0.offset == 0 ? "" : "longhand model ") + $0.element) }
        }
    }

    private static func documented(_ line: String) -> Documented {
        var result = Documented()
        var rest = line.replacingOccurrences(of: "[:LINE]", with: "").replacingOccurrences(of: "...", with: "")[...]
        while let match = rest.firstMatch(of: /\[(-[^\]]+)\]/) {
            let words = match.1.split(separator: " ")
            result.options.append((String(words[0]), words.count > 1 ? String(words[1]) : nil))
            rest.removeSubrange(match.range)
        }
        // What describes the command stands behind two blanks.
        let plain = rest.components(separatedBy: "  ").first { !$0.isEmpty } ?? ""
        var words = plain.split(separator: " ").map(String.init)[...]
        _ = words.popFirst()
        while let word = words.popFirst() {
            if word.hasPrefix("-") {
                result.required.append((word, words.popFirst()))
            } else if word.first?.isLowercase == true, result.operands.isEmpty, !word.contains("|") {
                result.words.append(word)
            } else {
                result.operands.append(word.trimmingCharacters(in: CharacterSet(charactersIn: "[]")))
            }
        }
        if line.contains("options as for search") { result.options += [("as-search", nil)] }
        if line.contains("options as for draft") { result.options += [("as-draft", nil)] }
        return result
    }

    private static func all() throws -> [String: Documented] {
        let commands = Dictionary(
            try readme().map { ($0.words.joined(separator: " "), $0) }, uniquingKeysWith: { a, _ in a })
        return commands.mapValues { command in
            var command = command
            for (mark, other) in [("as-search", "search"), ("as-draft", "draft")]
            where command.options.contains(where: { $0.names == mark }) {
                command.options.removeAll { $0.names == mark }
                command.options += commands[other]?.options ?? []
            }
            return command
        }
    }

    private struct Dump: Decodable {
        struct Command: Decodable {
            struct Argument: Decodable {
                struct Name: Decodable {
                    var kind: String
                    var name: String
                    var spelt: String { (kind == "short" ? "-" : "--") + name }
                }
                var kind: String
                var names: [Name]?
                var shouldDisplay: Bool
            }
            var commandName: String
            var subcommands: [Command]?
            var arguments: [Argument]?
        }
        var command: Command
    }

    private static func options() throws -> [String: [Set<String>]] {
        let dump = try JSONDecoder().decode(Dump.self, from: Data(Longhand._dumpHelp().utf8))
        var found: [String: [Set<String>]] = [:]
        func add(_ command: Dump.Command, _ path: [String]) {
            let inner = (command.subcommands ?? []).filter { $0.commandName != "help" }
            for next in inner { add(next, path + [next.commandName]) }
            guard inner.isEmpty else { return }
            found[path.joined(separator: " ")] = (command.arguments ?? []).filter { $0.kind != "positional" }
                .map { Set(($0.names ?? []).map(\.spelt)) }.filter {
                    !$0.contains("--help") && !$0.contains("--version")
                }
        }
        add(dump.command, [])
        return found
    }

    @Test func theReadmeAndTheCommandsKnowTheSameOptions() throws {
        let documented = try Self.all()
        let real = try Self.options()
        #expect(Set(documented.keys.map { $0.isEmpty ? "open" : $0 }) == Set(real.keys))
        for (name, options) in real {
            guard let command = documented[name == "open" ? "" : name] else { continue }
            let promised = Set((command.options + command.required).map(\.names))
            for option in options {
                #expect(!option.isDisjoint(with: promised), "the README says nothing of \(option) of \(name)")
            }
            for option in promised { #expect(options.contains { $0.contains(option) }, "\(name) knows no \(option)") }
        }
    }

    @Test func everyDocumentedCommandLineIsUnderstood() throws {
        let samples = [
            "N": "3", "X": "0.5", "DATE": "2024-05", "EXPR": "year >= 2020", "L": "en", "S": "share",
            "PRESET": "tighten", "hybrid|semantic|text": "text",
        ]
        func sample(_ placeholder: String) -> String {
            samples[placeholder] ?? samples[String(placeholder.split(separator: "|")[0])]
                ?? String(placeholder.split(separator: "|")[0])
        }
        for (name, command) in try Self.all() {
            let words = name.isEmpty ? ["open"] : name.split(separator: " ").map(String.init)
            let always =
                words + command.operands.map(sample)
                + command.required.flatMap { [$0.names] + ($0.value.map { [sample($0)] } ?? []) }
            for option in [nil] + command.options.map(Optional.some) {
                let line = always + (option.map { [$0.names] + ($0.value.map { [sample($0)] } ?? []) } ?? [])
                #expect(throws: Never.self, "longhand \(line.joined(separator: " "))") {
                    _ = try Longhand.parseAsRoot(line)
                }
            }
        }
    }
}
