import Foundation
import Manuscript
import Notes
import Publishing
import Retrieval

/// The export as the studio and the command line both do it: the article with its citations resolved against the notes of the
/// project, and where it may be written.
package struct ArticleExport {
    package let markdown: String
    package let problems: [String]
    /// The article's path; `-` for standard input.
    private let article: String
    private let root: String
    /// What was read for it, so that it isn't written over.
    private let inputs: [OutputDestination.Input]

    /// - Parameters:
    ///   - text: the article.
    ///   - root: the project's folder.
    ///   - target: where it is to be written, which the links to notes start from; `-` for standard output.
    package init(_ text: String, article: String, root: String, target: String) {
        self.article = article
        self.root = root
        let links = NoteLinks(root: root, folder: Self.folder(of: target, article: article, root: root))
        var inputs = [OutputDestination.Input(article), OutputDestination.Input(root + "/longhand.toml")]
        (markdown, problems) = MarkdownExporter.export(
            text,
            resolve: { path in
                guard let file = Self.file(of: path, root: root), let found = Self.reference(to: path, at: file) else {
                    return nil
                }
                inputs.append(OutputDestination.Input(file))
                return found
            }, link: links.link)
        self.inputs = inputs
    }

    /// Beside the article, under a name that is not a source: `article.export.md`.
    package static func defaultTarget(for path: String) -> String {
        let base = path.hasSuffix(".md") ? String(path.dropLast(3)) : path
        return base + ".export.md"
    }

    /// Writes it to a path that the writer gave, or else to `defaultTarget`.
    ///
    /// - Parameters:
    ///   - isChosen: whether somebody named the path; what nobody did must be in the project.
    ///   - saves: how a file that must stay the same file is written.
    ///   - waits: whether a pipe that nobody reads yet is waited for.
    /// - Throws: `FileError.isInput` where the path is the article, a cited note or the project's settings.
    package func write(to target: String, isChosen: Bool, keeping saves: InPlaceSaves?, waits: Bool) throws(FileError) {
        try OutputDestination.check(target, against: inputs)
        if !isChosen, OutputDestination.isLink(target) {
            guard case .file(let file) = OutputDestination(target), file.hasPrefix(OutputDestination.real(root) + "/")
            else {
                throw .leadsOutside(path: target)
            }
        }
        try AtomicFile.write(Array(markdown.utf8), toOutput: target, keeping: saves, waits: waits)
    }

    /// The folder that links in the export start from: the one it is in; the article's, where it goes into a pipe.
    private static func folder(of target: String, article: String, root: String) -> String {
        if target != "-", case .file(let file) = OutputDestination(target) {
            return (file as NSString).deletingLastPathComponent
        }
        guard article != "-", case .file(let file) = OutputDestination(article) else { return root }
        return (file as NSString).deletingLastPathComponent
    }

    /// Where a note is. A footnote is text from anywhere: it must not make the exporter read outside the project.
    private static func file(of path: String, root: String) -> String? {
        let standard = ((root as NSString).appendingPathComponent(path) as NSString).standardizingPath
        return standard.hasPrefix((root as NSString).standardizingPath + "/") ? standard : nil
    }

    /// What the front matter of a note says of its source; nil where the note cannot be read.
    private static func reference(to path: String, at file: String) -> NoteReference? {
        // Why it can't be read doesn't matter here: the problem names the note either way.
        guard let bytes = (try? AtomicFile.read(file)) ?? nil else { return nil }
        let note = NoteDescription(bytes, path: path)
        return NoteReference(
            title: note.title, author: note.fields["author"], date: note.date, path: path, url: note.fields["url"])
    }
}
