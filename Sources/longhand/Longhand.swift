import ArgumentParser
import Diagnostics
import Foundation

/// The program: a subcommand, or the studio where none is named.
@main
struct Longhand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "longhand",
        abstract: "A long-form writing studio for the terminal.",
        discussion:
            "longhand [PATH] [+LINE] opens a project folder or an article; PATH defaults to the folder you are in. Several articles may be named.\n\n"
            + "Exit statuses: "
            + ExitStatus.allCases.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: "; ") + ".",
        version: "0.1.0",
        subcommands: [
            OpenCommand.self, InitCommand.self, IndexCommand.self, StatusCommand.self, SearchCommand.self,
            RelatedCommand.self, SimilarityCommand.self, EmbedCommand.self, OutlineCommand.self, DraftCommand.self,
            RefineCommand.self, AskCommand.self, ExportCommand.self, StatsCommand.self, VersionsCommand.self,
            ModelCommand.self, KeysCommand.self,
            ConfigCommand.self, DoctorCommand.self, CompletionsCommand.self,
        ])

    static func main() {
        Streams.keepPlaces()
        // A reader that closes the pipe early is no error of ours, and must not kill a half-done write.
        signal(SIGPIPE, SIG_IGN)
        // A file that may not grow further is a failed write like another.
        signal(SIGXFSZ, SIG_IGN)
        var status = self.status(of: { try perform(expanded(Array(CommandLine.arguments.dropFirst()))) })
        // A command that went wrong has told why; otherwise all of its output must have arrived.
        if status == ExitStatus.done.rawValue || status == ExitStatus.nothingFound.rawValue {
            let end = self.status(of: { try Console.output.finish() })
            if end != ExitStatus.done.rawValue { status = end }
        }
        Foundation.exit(status)
    }

    private static func perform(_ arguments: [String]) throws {
        // Opening articles needs no parser, and making one costs a third of the start.
        if arguments.first == "open", !arguments.contains(where: { $0.hasPrefix("-") }) {
            try OpenCommand.open(Array(arguments.dropFirst()))
        }
        var command = try parseAsRoot(arguments)
        try command.run()
    }

    /// What the process is to end with after `body`, whose error is told.
    private static func status(of body: () throws -> Void) -> Int32 {
        do {
            try body()
        } catch let error as any UserFacingError {
            Console.complain(error)
            return error.status.rawValue
        } catch is BrokenPipe {
            return ExitStatus.done.rawValue
        } catch let code as ExitCode {
            return code.rawValue
        } catch  where exitCode(for: error) == .success {
            // Help and the version are output like another.
            let message = fullMessage(for: error)
            return status(of: { try Console.write(document: (message.hasSuffix("\n") ? message : message + "\n").utf8) }
            )
        } catch {
            Console.error(text: fullMessage(for: error))
            return ExitStatus.usage.rawValue
        }
        return ExitStatus.done.rawValue
    }

    /// `longhand FOLDER +12` means the studio: where the first word is no subcommand, `open` is put
    /// before it.
    ///
    /// - Throws: `CommandError` where a word rather is a mistyped command.
    static func expanded(_ arguments: [String]) throws(CommandError) -> [String] {
        guard let first = arguments.first else { return ["open"] }
        if ["--help", "-h", "--version"].contains(first) { return arguments }
        if first == "help" {
            try CommandSuggestion.check(Array(arguments.dropFirst()), below: Longhand.self)
            return arguments
        }
        let names = configuration.subcommands.compactMap { $0.configuration.commandName }
        if names.contains(first) {
            try CommandSuggestion.check(arguments, below: Longhand.self)
            return arguments
        }
        try CommandSuggestion.check(opening: arguments, commands: names + ["help"])
        return ["open"] + arguments
    }
}
