import ArgumentParser
import ModelInstall

struct ModelPathCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "path", abstract: "Print the folder of an installed model.")
    @Argument(help: "The model.") var name: String

    func run() throws {
        try Console.print(try ModelStore().installedPath(of: name))
    }
}
