import ArgumentParser
import Diagnostics
import Foundation

/// The program: a subcommand, or the studio where none is named.
@main
struct Longhand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "longhand",
        abstract: "A long-form writing studio for the terminal.",
        discussion: "longhand [PATH] [+LINE] opens a project folder or an article; PATH defaults to the folder you are in. Several articles may be named.",
        version: "0.1.0",
        subcommands: [
            OpenCommand.self, InitCommand.self, IndexCommand.self, StatusCommand.self, SearchCommand.self,
            RelatedCommand.self, SimilarityCommand.self, EmbedCommand.self, OutlineCommand.self, DraftCommand.self,
            RefineCommand.self, AskCommand.self, ExportCommand.self, StatsCommand.self, VersionsCommand.self, ModelCommand.self, KeysCommand.self,
            ConfigCommand.self, DoctorCommand.self, CompletionsCommand.self,
        ])

    static func main() {
        // A reader that closes the pipe early is no error of ours, and must not kill a half-done write.
        signal(SIGPIPE, SIG_IGN)
        // A file that may not grow further is a failed write like another.
        signal(SIGXFSZ, SIG_IGN)
        let arguments = expanded(Array(CommandLine.arguments.dropFirst()))
        do {
            // Opening articles needs no parser, and making one costs a third of the start.
            if arguments.first == "open", !arguments.contains(where: { $0.hasPrefix("-") }) {
                try OpenCommand.open(Array(arguments.dropFirst()))
            }
            var command = try parseAsRoot(arguments)
            try command.run()
        } catch let error as any SpokenError {
            Console.complain(error)
            Foundation.exit(error.status.rawValue)
        } catch is BrokenPipe {
            Foundation.exit(ExitStatus.done.rawValue)
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch {
            let code = exitCode(for: error)
            guard code != .success else { exit(withError: error) }
            Console.error(text: fullMessage(for: error))
            Foundation.exit(ExitStatus.usage.rawValue)
        }
    }

    /// `longhand FOLDER +12` means the studio: where the first word is no subcommand, `open` is put
    /// before it.
    static func expanded(_ arguments: [String]) -> [String] {
        guard let first = arguments.first else { return ["open"] }
        if first == "--help" || first == "-h" || first == "--version" || first == "help" { return arguments }
        let names = configuration.subcommands.compactMap { $0.configuration.commandName }
        return names.contains(first) ? arguments : ["open"] + arguments
    }
}
