import Manuscript

// This target makes a finished document of an article: what cites notes becomes references, and what is only for
// the writer goes.

/// Something in an article a reader of the export would stumble over.
public struct ExportProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The article's line, counted from 1.
    public var line: Int
    /// What is wrong, without the line.
    public var reason: String

    /// A problem in a line of the article, counted from 1.
    public init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }

    /// The line and the reason, as in “line 3: …”.
    public var description: String { "line \(line): \(reason)" }
}

/// Makes an article ready to publish as plain Markdown.
///
/// Footnotes that cite notes become `[1]`, `[2]`, … into a list of references, one entry a note, in the order of first use: below the
/// article's own heading for them, or at its end below one in its language. Since other footnotes are shown as 1, 2, …, the
/// references go on behind those, with numbers that nothing else in the article has.
///
/// Front matter is dropped; its title becomes the first heading, unless a heading of level 1 says the same. All else is passed on byte
/// for byte but for the end of the text, which has one line end: what stands in code, formulas, comments and HTML, other
/// footnotes with their labels and places.
///
/// References to footnotes that are nowhere defined, and definitions of a label that is defined before, are problems, as are citations of notes
/// that cannot be found, which are listed by what the footnote says.
public enum MarkdownExporter {
    /// - Parameters:
    ///   - resolve: the note at a project-relative path; nil when there is none.
    ///   - link: how the file that is written links to a project-relative path.
    /// - Returns: the text, which ends with one line end, and the problems with their lines, sorted.
    public static func export(
        _ article: String, resolve: (String) -> NoteReference?, link: (String) -> String = { $0 }
    ) -> (markdown: String, problems: [String]) {
        var plan = ExportPlan(bytes: Array(article.utf8))
        plan.resolve(resolve, link: link)
        let front = FrontMatter.parse(article)
        let named = front.0.fields["lang"] ?? front.0.fields["language"]
        let language = named.flatMap { ReferencesHeading.knows($0) ? $0 : nil } ?? plan.detectedLanguage
        let markdown = plan.render(title: front.0.title, language: language)
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
