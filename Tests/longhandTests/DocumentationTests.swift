import ArgumentParser
import Configuration
import Diagnostics
import Foundation
import Screen
import Testing
import Workbench

@testable import longhand

/// README.md and docs/ say what the program does: tables are the program's own, and what is to be typed works.
///
/// After a change that is meant, `make docs` writes the tables anew.
@Suite struct DocumentationTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func pages() throws -> [(name: String, text: String)] {
        let docs = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "docs").path)
        let names = ["README.md"] + docs.filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }
        return try names.map { ($0, try String(contentsOf: root.appending(path: $0), encoding: .utf8)) }
    }

    // MARK: Tables

    private static func table(_ head: [String], _ rows: [[String]]) -> String {
        let rule = head.map { _ in "---" }
        return ([head, rule] + rows).map { row in
            "| " + row.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
        }.joined(separator: "\n")
    }

    private static func code(_ text: String) -> String {
        text.isEmpty ? "" : text.contains("`") ? "`` \(text) ``" : "`\(text)`"
    }

    private static func keys() -> String {
        let maps = [Keymap.Base.standard, .emacs, .vim].map { Keymap($0) }
        return Command.Context.allCases.map { context in
            let rows = CommandTable.all.filter { $0.context == context }.map { command in
                [command.title]
                    + maps.map { map in map.keyNames(of: command).map { code($0) }.joined(separator: " ") }
                    + [code(command.name)]
            }
            return "### \(context.heading)\n\n"
                + table(["", "default", "emacs", "vim", "command"], rows)
        }.joined(separator: "\n\n")
    }

    private static func tables() throws -> [String: String] {
        let settings = SettingHelp.all.map { row in
            [
                code(row.name), row.standard.contains("`") ? row.standard : code(row.standard),
                row.help + (row.isOwnOnly ? " In your own `config.toml` only." : ""),
            ]
        }
        let commands = Longhand.configuration.subcommands.map { command in
            [code("longhand " + (command.configuration.commandName ?? "")), command.configuration.abstract]
        }
        return [
            "keys": keys(), "vim": table(["keys", ""], Keymap.vimKeys.map { [code($0.keys), $0.title] }),
            "settings": table(["setting", "default", ""], settings),
            "statuses": table(["status", ""], ExitStatus.allCases.map { ["\($0.rawValue)", $0.meaning] }),
            "commands": table(["command", ""], commands),
        ]
    }

    @Test func tablesAreTheProgramsOwn() throws {
        let tables = try Self.tables()
        var seen: Set<String> = []
        for (name, text) in try Self.pages() {
            var parts = text.components(separatedBy: "<!-- generated: ")
            for index in parts.indices.dropFirst() {
                let table = String(parts[index].prefix { $0 != " " })
                guard let content = tables[table], let end = parts[index].range(of: "<!-- end -->") else {
                    Issue.record("\(name) has a table that nothing makes: \(table)")
                    continue
                }
                seen.insert(table)
                parts[index] = "\(table) -->\n\n\(content)\n\n" + parts[index][end.lowerBound...]
            }
            let current = parts.joined(separator: "<!-- generated: ")
            if ProcessInfo.processInfo.environment["LONGHAND_RECORD"] == "1" {
                try Data(current.utf8).write(to: Self.root.appending(path: name))
            } else {
                #expect(text == current, "\(name) is stale: make docs")
            }
        }
        #expect(seen == Set(tables.keys))
    }

    @Test func everySettingIsExplained() throws {
        let sandbox = try Sandbox(article: "# One\n")
        let paths = try Paths.ofUser(environment: sandbox.variables)
        let settings = try Settings.load(
            projectRoot: sandbox.project.path, paths: paths, environment: sandbox.variables)
        let names = ConfigCommand.rows(settings).map(\.name)
        for name in names { #expect(SettingHelp.help(for: name) != nil, "\(name)") }
        let known = Set(names.compactMap { SettingHelp.help(for: $0)?.name })
        #expect(Set(SettingHelp.all.map(\.name)).subtracting(known) == ["keys.COMMAND"])
    }

    // MARK: What is to be typed

    /// The lines of the blocks of shell commands.
    private static func commands(in text: String) -> [String] {
        var lines: [String] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isInside = line == "```sh"
            } else if isInside {
                lines.append(String(line[..<(line.range(of: " #")?.lowerBound ?? line.endIndex)]))
            }
        }
        return lines.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    @Test func everyCommandRuns() throws {
        for (name, text) in try Self.pages() {
            let lines = Self.commands(in: text).filter { $0.hasPrefix("longhand") }
            guard !lines.isEmpty else { continue }
            // Each page begins with the sample as it comes.
            let sandbox = try Sandbox(article: "", settings: "")
            try FileManager.default.removeItem(at: sandbox.project)
            let sample = sandbox.folder.appending(path: "Samples")
            try FileManager.default.copyItem(at: Self.root.appending(path: "Samples"), to: sample)
            for line in lines {
                let result = try sandbox.shell(line, in: name == "README.md" ? sandbox.folder : sample)
                #expect(result.status <= 1, "\(name): \(line)\n\(result.errors)")
            }
        }
    }

    @Test func everyKeyIsOne() throws {
        let known = Set(
            [Keymap.Base.standard, .emacs, .vim].flatMap { base in
                CommandTable.all.flatMap { Keymap(base).keyNames(of: $0) }
            })
        // Those of lists and questions, which are no commands.
        let others: Set<String> = [
            "Alt-Enter", "Alt-r", "Alt-c", "Alt-w", "Alt-s", "Ctrl-C", "Ctrl-R", "Ctrl-[", "Ctrl-O", "Ctrl-V", "Ctrl-^",
        ]
        for (name, text) in try Self.pages() {
            let prose = text.replacing(#/<!-- generated: [\s\S]*?<!-- end -->/#, with: "")
            for match in prose.matches(of: #/\b(?:Alt|Ctrl|Shift)-(?:Shift-)?(?:[A-Z][A-Za-z]+|F\d+|[^\s,;:)`|])/#) {
                let key = String(match.output)
                #expect(Key(name: key) != nil, "\(name): \(key)")
                #expect(
                    known.contains(key) || others.contains(key) || known.contains { $0.contains(key) },
                    "\(name): \(key)")
            }
        }
    }

    // MARK: What a reader meets

    @Test func pagesAreShortEnoughAndLinkToWhatThereIs() throws {
        func lines(_ name: String) throws -> Int {
            try String(contentsOf: Self.root.appending(path: name), encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false
            ).count - 1
        }
        #expect(try lines("README.md") <= 150)
        #expect(try lines("ARCHITECTURE.md") <= 300)
        let others = try ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].map {
            ($0, try String(contentsOf: Self.root.appending(path: $0), encoding: .utf8))
        }
        for (name, text) in try Self.pages() + others {
            let folder = Self.root.appending(path: name).deletingLastPathComponent()
            for match in text.matches(of: #/(?:\]\(|src="|srcset=")([^)"#\s]+)/#) {
                let target = String(match.output.1)
                guard !target.contains("://"), !target.hasPrefix("mailto:") else { continue }
                let path = folder.appending(path: target).standardizedFileURL.path
                #expect(FileManager.default.fileExists(atPath: path), "\(name) links to \(target)")
            }
        }
    }
}
