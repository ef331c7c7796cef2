import ArgumentParser

struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "List, fetch, import, verify and remove local embedding models.",
        subcommands: [
            ModelListCommand.self, ModelPullCommand.self, ModelImportCommand.self, ModelVerifyCommand.self,
            ModelRemoveCommand.self, ModelPathCommand.self,
        ])
}
