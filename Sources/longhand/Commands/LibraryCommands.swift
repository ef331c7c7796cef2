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
    @Flag(help: "Print the report as JSON.") var json = false

    func run() throws {
        let opened = try OpenedProject(project.path)
        Interruption.watch()
        let line = ProgressLine()
        let library = try opened.library()
        let report: IndexReport
        do {
            report = try library.index(
                rebuild: rebuild,
                progress: { progress in
                    guard progress.total > 0 else { return }
                    let left = progress.secondsRemaining.map { $0 >= 1 ? ", about \(Int($0.rounded())) s left" : "" } ?? ""
                    line.show("\(progress.phase.rawValue) \(progress.done)/\(progress.total)\(left)")
                },
                isCancelled: { Interruption.isRequested })
        } catch {
            line.clear()
            throw error
        }
        line.clear()
        for problem in report.problems { Console.error(problem.sentence) }
        if json {
            try Console.print(
                JSON.document([
                    ("notes", .integer(report.notes)), ("passages", .integer(report.passages)),
                    ("embedded", .integer(report.embedded)), ("reused", .integer(report.reused)),
                    ("removed", .integer(report.removed)), ("problems", .array(report.problems.map(\.json))),
                    ("took_ms", .integer(report.tookMs)),
                ]).text)
        } else {
            try Console.print(
                "\(report.notes) notes, \(report.passages) passages: embedded \(report.embedded) passages, "
                    + "\(report.reused) kept, \(report.removed) notes removed (\(report.tookMs) ms)")
        }
    }
}

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What the library holds, what is stale, and why a note is missing.")
    @OptionGroup var project: ProjectOption
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let opened = try OpenedProject(project.path)
        let status = try opened.library().status()
        if json {
            try Console.print(
                JSON.document([
                    ("root", .string(status.root)), ("notes", .integer(status.notes)), ("passages", .integer(status.passages)),
                    ("embedded", .integer(status.embedded)), ("model", .optional(status.model)),
                    ("model_fingerprint", .optional(status.modelFingerprint)), ("stale", .integer(status.stale)),
                    ("problems", .array(status.problems.map(\.json))), ("database", .string(status.databasePath)),
                ]).text)
            return
        }
        try Console.print("project   \(status.root)")
        try Console.print("notes     \(status.notes)")
        try Console.print("passages  \(status.passages), \(status.embedded) embedded")
        try Console.print("model     \(status.model ?? "none: longhand model pull \(opened.settings.model)")")
        try Console.print("stale     \(status.stale)" + (status.stale > 0 ? " (run longhand index)" : ""))
        try Console.print("library   \(status.databasePath)")
        for problem in status.problems { try Console.print("left out  \(problem.sentence)") }
    }
}

extension NoteProblem {
    var sentence: String { path + (line.map { ":\($0)" } ?? "") + ": " + reason }

    var json: JSON {
        .object([("path", .string(path)), ("line", .optional(line)), ("reason", .string(reason))])
    }
}
