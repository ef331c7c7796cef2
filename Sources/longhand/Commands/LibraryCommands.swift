import ArgumentParser
import Diagnostics
import Foundation
import Retrieval

struct ProjectOption: ParsableArguments {
    @Option(name: [.customShort("p"), .customLong("project")], help: "The project's folder.")
    var path = "."
}

struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "index", abstract: "Read new and changed notes into the library.")
    @OptionGroup var project: ProjectOption
    @Flag(help: "Throw the library away and build it anew.") var rebuild = false
    @Flag(help: "With a remote embedding model: say what would be sent where, and send nothing.") var dryRun = false
    @Flag(help: "With a remote embedding model: agree to what is sent, without being asked.") var yes = false
    @Flag(help: "Print the report as JSON.") var json = false

    func validate() throws {
        if dryRun, rebuild { throw ValidationError("--rebuild throws vectors away, which --dry-run must not.") }
    }

    func run() throws {
        let opened = try OpenedProject(project.path)
        let remote = try opened.remoteEmbedding(isRebuild: rebuild)
        try remote?.requirePermission()
        guard !dryRun || remote != nil else {
            throw CommandError.usage("--dry-run is for a remote embedding model, and none is configured: nothing is sent.")
        }
        Interruption.watch()
        let consent = remote.map { SendingConsent($0, isDryRun: dryRun, saysYes: yes) }
        let library = try opened.library(encoder: remote.map { $0.encoder } ?? opened.embedder())
        let report = try index(library, consent, remote)
        for problem in report.problems { Console.error(problem.sentence) }
        for missing in report.missing { Console.error(missing.sentence) }
        try show(report, consent)
        switch consent?.outcome {
        case .mustBeSaid:
            throw CommandError.usage("Nothing was sent: without a terminal to ask in, --yes says that those passages may be sent.")
        case .refused: Console.error("Nothing was sent; the notes are found by their words.")
        default: break
        }
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
                guard progress.total > 0 else { return }
                let left = progress.secondsRemaining.map { $0 >= 1 ? ", about \(Int($0.rounded())) s left" : "" } ?? ""
                line.show("\(progress.phase.rawValue) \(progress.done)/\(progress.total)\(left)")
            },
            isCancelled: { Interruption.isRequested })
    }

    private func show(_ report: IndexReport, _ consent: SendingConsent?) throws {
        if json {
            var fields: [(String, JSON)] = [
                ("notes", .integer(report.notes)), ("passages", .integer(report.passages)),
                ("embedded", .integer(report.embedded)), ("reused", .integer(report.reused)),
                ("removed", .integer(report.removed)), ("staying", .integer(report.staying)),
                ("problems", .array(report.problems.map(\.json))),
                ("missing_programs", .array(report.missing.map(\.json))), ("took_ms", .integer(report.tookMs)),
            ]
            if let consent { fields.append(("remote", consent.json)) }
            return try Console.print(JSON.document(fields).text)
        }
        try Console.print(
            "\(report.notes) notes, \(report.passages) passages: embedded \(report.embedded) passages, "
                + "\(report.reused) kept, \(report.removed) notes removed (\(report.tookMs) ms)")
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
                    ("missing_programs", .array(status.missing.map(\.json))), ("database", .string(status.databasePath)),
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
        try Console.print("library   \(status.databasePath)")
        for problem in status.problems { try Console.print("left out  \(problem.sentence)") }
        for missing in status.missing { try Console.print("left out  \(missing.sentence)") }
    }
}

extension MissingProgram {
    var sentence: String {
        "\(notes) \(notes == 1 ? "file needs" : "files need") \(program.rawValue), which isn't installed"
    }

    var json: JSON { .object([("program", .string(program.rawValue)), ("notes", .integer(notes))]) }
}

extension NoteProblem {
    var sentence: String { path + (line.map { ":\($0)" } ?? "") + ": " + reason }

    var json: JSON {
        .object([("path", .string(path)), ("line", .optional(line)), ("reason", .string(reason))])
    }
}
