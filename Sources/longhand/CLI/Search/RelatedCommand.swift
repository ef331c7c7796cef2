import ArgumentParser
import ArticleFiles
import Foundation
import Retrieval
import TextCore

struct RelatedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "related", abstract: "Find passages similar to the paragraph at a line of a file.")
    @Argument(help: "FILE, or FILE:LINE.") var location: String
    @Option(
        name: [.customShort("p"), .customLong("project")],
        help: "The project's folder; the one that FILE is in by default.")
    var project: String?
    @OptionGroup var options: SearchOptions

    func run() throws {
        let location = FileLocation(location)
        let opened = try OpenedProject(project ?? location.path)
        guard let bytes = try AtomicFile.read(location.path) else { throw CommandError.noSuchFile(location.path) }
        let text = Text(String(decoding: bytes, as: UTF8.self))
        let line = min(max(0, (location.line ?? 1) - 1), text.lineCount - 1)
        let paragraph = text.slice(text.paragraph(at: text.lineStart(line)))
        var query = try options.query(paragraph)
        query.article = text
        query.excludingPath = opened.libraryPath(of: location.path)
        try options.show(query, in: opened.indexedLibrary())
    }
}
