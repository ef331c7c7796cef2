import Foundation
import Manuscript

/// The export as the studio and the command line both do it.
enum ArticleExport {
    /// Beside the article, under a name that is not a source: `article.export.md`.
    static func defaultTarget(for path: String) -> String {
        let base = path.hasSuffix(".md") ? String(path.dropLast(3)) : path
        return base + ".export.md"
    }

    /// The same, where it may be written unasked: a project that was cloned could bring along a link by which the
    /// export replaces a file elsewhere.
    ///
    /// - Throws: `FileError.isLink`.
    static func safeTarget(for path: String) throws(FileError) -> String {
        let target = defaultTarget(for: path)
        var info = stat()
        guard lstat(target, &info) == 0, info.st_mode & S_IFMT == S_IFLNK else { return target }
        throw .isLink(path: target)
    }

    /// `article` with its citations resolved against the notes below `root`.
    static func markdown(_ article: String, root: String) -> (markdown: String, problems: [String]) {
        MarkdownExporter.export(article) { path in reference(to: path, root: root) }
    }

    /// What the front matter of a note says of its source; nil where the note cannot be read.
    private static func reference(to path: String, root: String) -> NoteReference? {
        // A footnote is text from anywhere: it must not make the exporter read outside the project.
        let full = (root as NSString).appendingPathComponent(path) as NSString
        let standard = full.standardizingPath
        guard standard.hasPrefix((root as NSString).standardizingPath + "/"),
            let bytes = try? AtomicFile.read(standard)
        else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        let front = FrontMatter.parse(text).0
        let heading = text.split(separator: "\n").first { $0.hasPrefix("# ") }.map { String($0.dropFirst(2)) }
        let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
        return NoteReference(
            title: front.title ?? heading ?? name, author: front.fields["author"], date: front.date, path: path,
            url: front.fields["url"])
    }
}
