import ArgumentParser
import Diagnostics
import Embedding
import Foundation
import Notes
import Retrieval
import Watching

struct ProjectOption: ParsableArguments {
    @Option(name: [.customShort("p"), .customLong("project")], help: "The project's folder.")
    var path = "."
}

struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "index", abstract: "Read new and changed notes into the library.")
    @OptionGroup var project: ProjectOption
    @Flag(help: "Throw the library away and build it anew.") var rebuild = false
    @Flag(help: "Go on, and read what changes as soon as it does, until Ctrl-C.") var watch = false
    @Flag(help: "With a remote embedding model: say what would be sent where, and send nothing.") var dryRun = false
    @Flag(help: "With a remote embedding model: agree to what is sent, without being asked.") var yes = false
    @Flag(help: "Print the report as JSON.") var json = false

    func validate() throws {
        if dryRun, watch { throw ValidationError("--watch sends what changes, which --dry-run must not.") }
        if dryRun, rebuild { throw ValidationError("--rebuild throws vectors away, which --dry-run must not.") }
    }

    func run() throws {
        let opened = try OpenedProject(project.path)
        let remote = try opened.remoteEmbedding(isRebuild: rebuild)
        try remote?.requirePermission()
        guard !dryRun || remote != nil else {
            throw CommandError.usage("--dry-run is for a remote embedding model, and none is configured: nothing is sent.")
        }
        if !dryRun { try IndexingConsent(project: opened.project, paths: opened.paths).give() }
        Interruption.watch()
        let consent = remote.map { SendingConsent($0, isDryRun: dryRun, saysYes: yes) }
        let encoder: (any PassageEncoder)? = try remote.map { $0.encoder } ?? opened.embedder()
        let report = try opened.renewing(encoder: encoder) { try index($0, consent, remote) }
        IndexCommand.remark(report)
        try show(report, consent)
        switch consent?.outcome {
        case .mustBeSaid:
            throw CommandError.usage("Nothing was sent: without a terminal to ask in, --yes says that those passages may be sent.")
        case .refused: Console.error("Nothing was sent; the notes are found by their words.")
        default: break
        }
        if watch { try LibraryWatch(opened: opened, encoder: encoder, remote: remote, isJSON: json).run() }
    }

    /// What was left out, and why.
    static func remark(_ report: IndexReport) {
        for problem in report.problems { Console.error(problem.sentence) }
        for missing in report.missing { Console.error(missing.sentence) }
    }

    private func index(_ library: Library, _ consent: SendingConsent?, _ remote: RemoteEmbeddingChoice?) throws -> IndexReport {
        let line = ProgressLine()
        defer {
            line.clear()
            // Though it was interrupted: what came so far has these dimensions.
            if let remote, consent?.outcome == .agreed, remote.encoder.dimension > 0 {
                try? remote.agreement.give(dimensions: remote.encoder.dimension)
            }
        }
        return try library.index(
            rebuild: rebuild,
            approve: { plan in
                guard let consent else { return true }
                line.clear()
                return consent.allows(plan)
            },
            progress: { progress in
                line.show(progress)
            },
            isCancelled: { Interruption.isRequested })
    }

    private func show(_ report: IndexReport, _ consent: SendingConsent?) throws {
        if json {
            var fields = report.fields
            if let consent { fields.append(("remote", consent.json)) }
            return try Console.print(JSON.document(fields).text)
        }
        try Console.print(
            "\(report.notes) notes, \(report.passages) passages: embedded \(report.embedded) passages, "
                + "\(report.reused) kept, \(report.removed) notes removed (\(report.tookMs) ms)")
    }
}

extension IndexReport {
    var fields: [(String, JSON)] {
        [
            ("notes", .integer(notes)), ("passages", .integer(passages)), ("embedded", .integer(embedded)),
            ("reused", .integer(reused)), ("changed", .integer(changed)), ("removed", .integer(removed)),
            ("staying", .integer(staying)), ("problems", .array(problems.map(\.json))),
            ("missing_programs", .array(missing.map(\.json))), ("took_ms", .integer(tookMs)),
        ]
    }
}

extension ProgressLine {
    func show(_ progress: IndexProgress) {
        if progress.phase == .waiting {
            let writer = progress.writer.map { " (process \($0))" } ?? ""
            // Said at once, and so that it stays.
            clear()
            Console.error("longhand: another Longhand\(writer) is writing this library; waiting until it is done.")
            return
        }
        guard progress.total > 0, progress.phase != .finished else { return }
        show("\(progress.phase.rawValue) \(progress.done)/\(progress.total)" + (progress.timeLeft.map { ", " + $0 } ?? ""))
    }
}

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What the library holds, what is stale, and why a note is missing.")
    @OptionGroup var project: ProjectOption
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let opened = try OpenedProject(project.path)
        let remote = try opened.remoteEmbedding()
        // To look at the state is to send nothing, agreed or not.
        let encoder: (any PassageEncoder)? = try remote.map { $0.encoder } ?? opened.embedder()
        let status = try opened.library(encoder: encoder).status()
        if json {
            try Console.print(
                JSON.document([
                    ("root", .string(status.root)), ("notes", .integer(status.notes)), ("passages", .integer(status.passages)),
                    ("embedded", .integer(status.embedded)), ("model", .optional(status.model)),
                    ("model_fingerprint", .optional(status.modelFingerprint)), ("stale", .integer(status.stale)),
                    ("problems", .array(status.problems.map(\.json))),
                    ("missing_programs", .array(status.missing.map(\.json))), ("hidden", status.hidden.json),
                    ("database", .string(status.databasePath)),
                    ("damaged", .bool(status.isDamaged)), ("damaged_copy", .optional(status.damagedCopy)),
                    ("remote", remote?.json ?? .null),
                ]).text)
            return
        }
        try Console.print("project   \(status.root)")
        try Console.print("notes     \(status.notes)")
        try Console.print("passages  \(status.passages), \(status.embedded) embedded")
        if let remote {
            try Console.print("model     \(remote.encoder.name), remote at \(remote.encoder.host): \(remote.state)")
        } else {
            try Console.print("model     \(status.model ?? "none: longhand model pull \(opened.settings.model)")")
        }
        try Console.print("stale     \(status.stale)" + (status.stale > 0 ? " (run longhand index)" : ""))
        try Console.print("library   \(status.databasePath)" + (status.isDamaged ? ", damaged (run longhand index)" : ""))
        if let copy = status.damagedCopy { try Console.print("damaged   \(copy) is an earlier library, kept aside") }
        for problem in status.problems { try Console.print("left out  \(problem.sentence)") }
        for missing in status.missing { try Console.print("left out  \(missing.sentence)") }
        if let sentence = status.hidden.sentence { try Console.print("hidden    \(sentence)") }
    }
}

extension MissingProgram {
    var sentence: String {
        "\(notes) \(notes == 1 ? "file needs" : "files need") \(program.rawValue), which isn't installed"
    }

    var json: JSON { .object([("program", .string(program.rawValue)), ("notes", .integer(notes))]) }
}

extension HiddenCount {
    /// `2 folders and 1 file are passed over; …`; nil when there are none.
    var sentence: String? {
        let parts = [(folders, "folder"), (files, "file")].filter { $0.0 > 0 }.map { "\($0) \($0 == 1 ? $1 : $1 + "s")" }
        if parts.isEmpty { return nil }
        let verb = folders + files == 1 ? "is" : "are"
        return parts.joined(separator: " and ") + " \(verb) passed over (notes.include reads those it names, as in \".journal/\")"
    }

    var json: JSON { .object([("folders", .integer(folders)), ("files", .integer(files))]) }
}

extension NoteProblem {
    var sentence: String { path + (line.map { ":\($0)" } ?? "") + ": " + reason }

    var json: JSON {
        .object([("path", .string(path)), ("line", .optional(line)), ("reason", .string(reason))])
    }
}
