import ArgumentParser
import ArticleFiles
import Embedding
import Foundation
import ModelInstall

struct ModelImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Copy a model from a local folder in the Hugging Face layout.")
    @Argument(help: "The folder.") var folder: String
    @Option(help: "What to call it; the folder's name by default.") var name: String?

    func run() throws {
        var folder = folder
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
            throw CommandError.noSuchFile(folder)
        }
        guard isFolder.boolValue else { throw ModelInstallError.notAFolder(path: folder) }
        let name = name ?? URL(filePath: folder).standardizedFileURL.lastPathComponent
        let store = try ModelStore()
        _ = try store.path(of: name)
        Interruption.watch()
        let lock = try store.lock(name)
        defer { withExtendedLifetime(lock) {} }
        let partial = store.partialPath(of: name)
        guard OutputDestination.real(folder) != OutputDestination.real(partial) else {
            throw CommandError.usage(
                "\(folder) is where a model called \(name) is put together; give it another name with --name.")
        }
        try store.discard(partial)
        try ModelStore.makeFolder(partial)
        let line = ProgressLine()
        do {
            try ModelCopy(source: folder, name: name, progress: line.installProgress).run(into: partial)
            try store.install(partial, as: name)
        } catch {
            line.clear()
            // The error that ended the import is the one to tell; the next import deletes the folder.
            try? store.discard(partial)
            guard let error = error as? ModelError else { throw error }
            switch error.moved(from: partial, to: folder) {
            case .missing(let path): throw ModelInstallError.incomplete(path: path)
            case .cancelled: throw ModelInstallError.importInterrupted
            case let error: throw error
            }
        }
        line.clear()
        Console.error("Installed \(name) in \(try store.path(of: name)).")
    }
}
