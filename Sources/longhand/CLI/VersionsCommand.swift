import ArgumentParser
import ArticleFiles
import Configuration
import Diagnostics
import Foundation
import JSON
import TextCore
import Workbench

struct VersionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "versions", abstract: "The versions of an article that saving kept: list, compare, bring back.",
        discussion: "Versions are numbered, 1 is the newest. --restore keeps what is in the file as a version first.")
    @Argument(help: "The article.") var article: String
    @Flag(help: "List them, which is done anyway.") var list = false
    @Option(help: "Print how version N differs from the file as it is.") var diff: Int?
    @Option(help: "Put version N into the file.") var restore: Int?
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        guard [list, diff != nil, restore != nil].count(where: { $0 }) < 2 else {
            throw CommandError.usage("Only one of --list, --diff and --restore can be done.")
        }
        let paths = try Paths.ofUser(environment: ProcessInfo.processInfo.environment)
        let absolute = article.hasPrefix("/") ? article : FileManager.default.currentDirectoryPath + "/" + article
        let path = ArticlePath.canonical((absolute as NSString).standardizingPath)
        let project = try Project.locate(path)
        let settings = try Settings.load(
            projectRoot: project.root, paths: paths, environment: ProcessInfo.processInfo.environment,
            overrides: SettingsOverrides())
        let store = VersionStore(
            folder: paths.state + "/versions", limit: (settings.writing.versionMegabytes ?? 0) << 20)
        if let diff { return try compare(store, path, diff) }
        if let restore { return try bringBack(store, path, restore) }
        let kept = try store.versions(of: path)
        let rows = VersionRow.rows(kept)
        guard json || !rows.isEmpty else { throw VersionError.none(path: article) }
        if json {
            let versions = zip(rows, kept.reversed()).map { row, version in
                OrderedJSON.object([
                    ("number", .integer(row.number)),
                    (
                        "time",
                        .string(ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: Double(version.time))))
                    ),
                    ("hash", .string(version.hash)), ("bytes", .integer(version.bytes)), ("words", .integer(row.words)),
                    ("change", .optional(row.change)),
                    ("sections", .strings(row.sections)),
                ])
            }
            try Console.print(
                OrderedJSON.document([("article", .string(article)), ("versions", .array(versions))]).compact)
            if rows.isEmpty { throw ExitCode(ExitStatus.nothingFound.rawValue) }
            return
        }
        for row in rows {
            let change = row.change.map { $0 >= 0 ? "+\($0)" : "\($0)" } ?? ""
            let sections = terminalSafe(row.sections.joined(separator: ", "))
            try Console.print(
                "\(row.number)  \(row.time)  \(row.words) words  \(change)" + (sections.isEmpty ? "" : "  \(sections)"))
        }
    }

    private func compare(_ store: VersionStore, _ path: String, _ number: Int) throws {
        let old = VersionText.string(of: try store.bytes(number, of: path))
        let new = VersionText.string(of: try AtomicFile.read(path) ?? [])
        let pieces = TextDiff.between(old, new)
        if json {
            let rows = pieces.map { OrderedJSON.object([("kind", .string("\($0.kind)")), ("text", .string($0.text))]) }
            try Console.print(
                OrderedJSON.document([
                    ("article", .string(article)), ("number", .integer(number)), ("pieces", .array(rows)),
                ]).compact)
            return
        }
        let text = pieces.abridged.map { piece in
            switch piece.kind {
            case .same: piece.text
            case .added: "{+\(piece.text)+}"
            case .removed: "[-\(piece.text)-]"
            }
        }.joined()
        try Console.print(text: text)
    }

    private func bringBack(_ store: VersionStore, _ path: String, _ number: Int) throws {
        let bytes = try store.bytes(number, of: path)
        // Whatever is there now must be there to come back to.
        if store.limit > 0 {
            try store.keep(path)
        } else {
            throw CommandError.usage("versions is off in the settings, so what is in the file now would be lost.")
        }
        try AtomicFile.write(
            bytes, to: path, keeping: Paths(environment: ProcessInfo.processInfo.environment).savesInPlace)
        try store.keep(path)
        if json {
            try Console.print(
                OrderedJSON.document([
                    ("article", .string(article)), ("restored", .integer(number)), ("bytes", .integer(bytes.count)),
                ]).compact)
        } else {
            Console.error("Version \(number) is in \(terminalSafe(article)) again; what was there is a version too.")
        }
    }
}
