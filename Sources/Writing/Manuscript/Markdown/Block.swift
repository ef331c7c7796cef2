// This target reads an article: its Markdown, outline, front matter, citations, words and language; and it makes the
// edits that keep them whole.

/// What a block of Markdown is.
public enum BlockKind: Sendable, Hashable {
    case heading(level: Int)
    case paragraph
    /// A whole list with its items, nested ones included.
    case list
    case quotation
    /// Fenced or indented.
    case code
    case table
    case html
    case thematicBreak
    case footnoteDefinition(label: String)
    /// The YAML between `---` lines a file may begin with.
    case frontMatter
}

/// A block at the top level of a Markdown text.
///
/// `range` runs, in UTF-8 bytes, from the start of the block's first line to the end of its last,
/// without that line's end. Blocks do not overlap and what lies between two is blank.
public struct Block: Sendable, Hashable {
    /// What the block is; a heading has its level, a footnote its label.
    public var kind: BlockKind
    /// The block's UTF-8 bytes, up to its last line's end without it.
    public var range: Range<Int>
    /// The first line, counted from 1, as in all of Manuscript.
    public var line: Int
    /// The last line, counted from 1.
    public var endLine: Int
    /// What follows the opening fence of `code` (`swift`, …); empty for other blocks.
    public var info: String
    /// The text of a `heading`, without its markers; empty for other blocks.
    public var title: String
    /// What is missing at the text's end to close this block: a fence, `-->`, …; nil when nothing.
    var closer: String?

    init(
        kind: BlockKind, range: Range<Int>, line: Int, endLine: Int, info: String = "",
        title: String = "", closer: String? = nil
    ) {
        self.kind = kind
        self.range = range
        self.line = line
        self.endLine = endLine
        self.info = info
        self.title = title
        self.closer = closer
    }
}

/// Markdown cut into blocks: the part of CommonMark that prose uses, with GFM's tables, footnotes
/// and YAML front matter.
///
/// Limits: lists and quotations are one block each, however deep; link reference definitions are
/// paragraphs; an HTML tag alone on its line begins a block only if it is one of CommonMark's block tags.
public enum MarkdownBlocks {
    /// The top-level blocks of a text, in order. Any text can be read.
    public static func parse(_ s: String) -> [Block] {
        parse(bytes: Array(s.utf8))
    }

    /// The blocks of UTF-8 `bytes`. Any bytes are read; what is no UTF-8 is text.
    static func parse(bytes: [UInt8]) -> [Block] {
        var parser = BlockParser(bytes: bytes)
        return parser.parse()
    }
}
