import ArgumentParser
import Foundation
import ModelInstall

struct ModelRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove an installed model, or what an interrupted pull left of one.")
    @Argument(help: "The model.") var name: String

    func run() throws {
        let store = try ModelStore()
        let path = try store.path(of: name)
        let partial = store.partialPath(of: name)
        let files = FileManager.default
        guard files.fileExists(atPath: path) || files.fileExists(atPath: partial) else {
            throw ModelInstallError.notInstalled(name, installed: store.installed)
        }
        Interruption.watch()
        let lock = try store.lock(name)
        defer { withExtendedLifetime(lock) {} }
        try store.discard(partial)
        try store.discard(path)
        Console.error("Removed \(name).")
    }
}
