import ArgumentParser
import Embedding
import Foundation
import JSON
import Notes
import Retrieval
import Watching

struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Read new and changed notes into the library.")
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
            throw CommandError.usage(
                "--dry-run is for a remote embedding model, and none is configured: nothing is sent.")
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
            throw CommandError.usage(
                "Nothing was sent: without a terminal to ask in, --yes says that those passages may be sent.")
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

    private func index(_ library: Library, _ consent: SendingConsent?, _ remote: RemoteEmbeddingChoice?) throws
        -> IndexReport
    {
        let line = ProgressLine()
        defer {
            line.clear()
            // Though it was interrupted: what came so far has these dimensions.
            if let remote, consent?.outcome == .agreed, remote.encoder.dimension > 0 {
                // Where the agreement can't be kept, the writer is asked again at the next run.
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
            return try Console.print(OrderedJSON.document(fields).compact)
        }
        try Console.print(
            "\(report.notes) notes, \(report.passages) passages: embedded \(report.embedded) passages, "
                + "\(report.reused) kept, \(report.removed) notes removed (\(report.tookMs) ms)")
    }
}
