import Diagnostics

/// What a reference says of a note.
public struct NoteReference: Sendable, Hashable {
    public var title: String
    public var author: String?
    public var date: String?
    /// Relative to the project.
    public var path: String
    public var url: String?

    public init(
        title: String, author: String? = nil, date: String? = nil, path: String, url: String? = nil
    ) {
        // It is a note's, and goes into text of the writer's.
        self.title = plainText(title)
        self.author = author.map(plainText)
        self.date = date.map(plainText)
        self.path = path
        self.url = url.map(plainText)
    }
}

/// Something in an article a reader of the export would stumble over.
public struct ExportProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The article's line, counted from 1.
    public var line: Int
    public var reason: String

    public init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }

    public var description: String { "line \(line): \(reason)" }
}

/// Makes an article ready to publish as plain Markdown.
///
/// Footnotes that cite notes become `[1]`, `[2]`, … into a list of references at the end, one entry a
/// note, in the order of first use. Other footnotes stay footnotes, numbered in the order of first
/// use. Front matter is dropped; its title becomes the first heading when the article has none of
/// level 1. What stands in code, comments and HTML blocks is left as it is.
///
/// A reference to a footnote that is nowhere defined is escaped, so that it keeps showing as it
/// did and cannot be taken for another; of a label defined twice the first definition counts. Both are
/// problems, as are citations of notes that cannot be found, which are listed by what the footnote says.
public enum MarkdownExporter {
    /// - Parameter resolve: the note at a project-relative path; nil when there is none.
    /// - Returns: the text, which ends with one line end, and the problems with their lines, sorted.
    public static func export(
        _ article: String, resolve: (String) -> NoteReference?
    ) -> (markdown: String, problems: [String]) {
        var plan = ExportPlan(bytes: Array(article.utf8))
        plan.resolve(resolve)
        let front = FrontMatter.parse(article)
        let markdown = plan.render(title: front.0.title)
        return (markdown, sorted(plan.problems, front.problem).map(\.description))
    }

    /// The problems `export` would tell of, without the export.
    public static func check(
        _ article: String, resolve: (String) -> NoteReference?
    ) -> [ExportProblem] {
        var plan = ExportPlan(bytes: Array(article.utf8))
        plan.resolve(resolve)
        return sorted(plan.problems, FrontMatter.parse(article).problem)
    }

    private static func sorted(
        _ problems: [ExportProblem], _ front: FrontMatterProblem?
    ) -> [ExportProblem] {
        var all = problems
        if let front { all.append(ExportProblem(line: front.line, reason: front.reason)) }
        return all.sorted { ($0.line, $0.reason) < ($1.line, $1.reason) }
    }
}
