import ArgumentParser
import Diagnostics

struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Print the completion script for a shell.")
    @Argument(help: "bash, zsh or fish.") var shell: String

    func run() throws {
        guard let shell = CompletionShell(rawValue: shell) else {
            throw CommandError.usage("There are completions for bash, zsh and fish, not for “\(terminalSafe(shell))”.")
        }
        try Console.print(text: Longhand.completionScript(for: shell))
    }
}
