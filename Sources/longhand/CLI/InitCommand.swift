import ArgumentParser
import ArticleFiles
import Configuration
import Foundation

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Begin a project: a commented longhand.toml, a notes folder, an article.")
    @Argument(help: "The folder; made where it is missing.") var folder = "."

    func run() throws {
        let settings = folder + "/longhand.toml"
        // A link to nothing is taken too: what is written would come to stand where it leads.
        guard !AtomicFile.isThere(settings) else { throw CommandError.exists(settings) }
        do {
            try FileManager.default.createDirectory(atPath: folder + "/notes", withIntermediateDirectories: true)
        } catch {
            throw FileError.cannotWrite(path: folder + "/notes", reason: "the folder cannot be made")
        }
        try AtomicFile.write(Array(ProjectTemplate.settings.utf8), to: settings)
        let article = folder + "/article.md"
        if !AtomicFile.isThere(article) {
            try AtomicFile.write(Array(ProjectTemplate.article.utf8), to: article)
        }
        let paths = try Paths.ofUser(environment: ProcessInfo.processInfo.environment)
        try IndexingConsent(project: try Project.locate(folder), paths: paths).give()
        Console.error("Begun in \(folder): put your notes into \(folder)/notes, then run longhand \(folder).")
    }
}
