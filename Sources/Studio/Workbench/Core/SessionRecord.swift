import TextCore

/// Where the writer is in an article.
public struct ArticlePosition: Sendable, Equatable {
    /// Absolute.
    public var path: String
    /// UTF-8 bytes from the text's start.
    public var selection: Selection
    /// What the first row of the pane shows.
    public var scroll: ScrollPosition
    /// Counts more than the selection: a line to go to, 1-based.
    var line: Int?
    /// What the writer said the file is, where it isn't UTF-8.
    public var encoding: FileEncoding?

    /// The start of the article, as far as nothing else is given.
    public init(
        path: String, selection: Selection = Selection(0), scroll: ScrollPosition = ScrollPosition(), line: Int? = nil,
        encoding: FileEncoding? = nil
    ) {
        self.encoding = encoding
        self.path = path
        self.selection = selection
        self.scroll = scroll
        self.line = line
    }
}

/// What was open: the next session of the project begins with it.
public struct SessionRecord: Sendable, Equatable {
    /// The open articles, in their order.
    public var articles: [ArticlePosition]
    /// The index in `articles` of the one in the middle pane.
    public var active: Int
    /// The absolute paths of articles, open or not, the last used first.
    public var recent: [String]

    /// - Parameter active: an index in `articles`. It may be too large, as in a damaged file.
    public init(articles: [ArticlePosition], active: Int, recent: [String]) {
        self.articles = articles
        self.active = active
        self.recent = recent
    }
}

extension Editor {
    /// The encoding to open the file in the next time without asking; nil for UTF-8, or where it isn't saved as it was read.
    var keptEncoding: FileEncoding? {
        format.encoding == encodingOnDisk && encodingOnDisk != .utf8 ? encodingOnDisk : nil
    }

    mutating func go(to position: ArticlePosition) {
        if let line = position.line { return go(toLine: line) }
        select(position.selection)
        guard (0..<text.lineCount).contains(position.scroll.line) else { return }
        // No line takes more rows than it has bytes; how many it does take is known once the window is.
        scroll = ScrollPosition(
            line: position.scroll.line,
            row: min(max(0, position.scroll.row), text.lineRange(position.scroll.line).count))
    }
}

extension StudioCore {
    var session: SessionRecord {
        SessionRecord(
            articles: editors.map {
                ArticlePosition(
                    path: $0.path, selection: $0.document.selection, scroll: $0.scroll, encoding: $0.keptEncoding)
            }, active: activeIndex, recent: recent)
    }
}
