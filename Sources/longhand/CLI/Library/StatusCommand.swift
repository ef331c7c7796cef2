import ArgumentParser
import Embedding
import JSON
import Retrieval

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
                OrderedJSON.document([
                    ("root", .string(status.root)), ("notes", .integer(status.notes)),
                    ("passages", .integer(status.passages)),
                    ("embedded", .integer(status.embedded)), ("model", .optional(status.model)),
                    ("model_fingerprint", .optional(status.modelFingerprint)), ("stale", .integer(status.stale)),
                    ("problems", .array(status.problems.map(\.json))),
                    ("missing_programs", .array(status.missing.map(\.json))), ("hidden", status.hidden.json),
                    ("database", .string(status.databasePath)),
                    ("damaged", .boolean(status.isDamaged)), ("damaged_copy", .optional(status.damagedCopy)),
                    ("remote", remote?.json ?? .null),
                ]).compact)
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
        try Console.print(
            "library   \(status.databasePath)" + (status.isDamaged ? ", damaged (run longhand index)" : ""))
        if let copy = status.damagedCopy { try Console.print("damaged   \(copy) is an earlier library, kept aside") }
        for problem in status.problems { try Console.print("left out  \(problem.sentence)") }
        for missing in status.missing { try Console.print("left out  \(missing.sentence)") }
        if let sentence = status.hidden.sentence { try Console.print("hidden    \(sentence)") }
    }
}
