/// What a piece of a line of Markdown is. The raw values are the names of a theme's roles.
public enum MarkdownRole: String, Sendable, CaseIterable {
    case text, heading, emphasis, strong, code, link, quote, listMarker, footnote, comment, rule
    case frontMatter, table
}

/// What a line inherits from those above it. Where two states are equal, everything below
/// highlights alike, so an editor may stop there.
public struct LineState: Sendable, Hashable {
    enum DocumentPart: Hashable {
        /// Nothing has been read: a front matter may begin.
        case start
        /// Behind the first line, `---`: a front matter, unless a blank line follows.
        case frontMatterOpened
        case frontMatter
        case body
    }

    var part = DocumentPart.start
    /// The code fence that is open.
    var fence: LineScan.Fence?
    /// Whether the open fence stands in a quotation, and ends with it.
    var fenceQuoted = false
    var inComment = false
    /// Whether an indented line is code here: behind a blank line or more code, outside of lists.
    var afterBlank = true
    var inList = false

    /// The state of the first line of a text.
    public static let start = LineState()

    /// The state of the first line of a piece of text that has no front matter.
    public static let body = LineState(part: .body)

    init(part: DocumentPart = .start) {
        self.part = part
    }
}

/// Colours Markdown line by line, carrying what lines inherit in a `LineState`.
///
/// Limits: emphasis, code spans and links end with their line, as a carried state has no way to
/// know that they are closed below; a link's text is not highlighted on its own.
public enum MarkdownHighlighter {
    /// The pieces of `line`, which has no line end, that are more than plain text.
    ///
    /// - Parameter state: the state after the line above; left as the state after this one.
    /// - Returns: ranges in UTF-8 bytes of the line, sorted and apart; what lies between is `.text`.
    public static func highlight(
        _ line: String, state: inout LineState
    ) -> [(range: Range<Int>, role: MarkdownRole)] {
        var painter = LinePainter(bytes: Array(line.utf8))
        painter.paint(&state)
        return painter.runs()
    }
}
