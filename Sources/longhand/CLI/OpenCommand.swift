import ArgumentParser
import Configuration
import Foundation

struct OpenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open a project folder or articles in the studio (the default).")
    @Argument(help: "A folder, or articles, each with a +LINE behind it. A folder opens what was open last.") var words:
        [String] = []
    @Option(help: "The theme to use.") var theme: String?
    @Option(help: "The installed model to use.") var model: String?

    func run() throws { try Self.open(words, overrides: SettingsOverrides(model: model, theme: theme)) }

    /// Opens the studio and ends the process with it.
    static func open(_ words: [String], overrides: SettingsOverrides = SettingsOverrides()) throws -> Never {
        let status = try Studio.run(try LaunchArguments(words), overrides: overrides)
        // Not exit(): a worker may be in the middle of a matrix product, and the libraries' own
        // destructors would take its buffers away. What must be written is on the disk by now, and
        // SQLite rolls back what is not.
        Foundation._exit(status.rawValue)
    }
}
