import TextCore

/// What the studio knows of articles beyond the open ones.
public struct OpenArticles: Sendable {
    /// The project's text files, relative to it, as they were last listed.
    var files: [String] = []
    /// The absolute paths of articles in the order in which the writer was in them, the latest first.
    public var recent: [String] = []
    /// To be opened behind the first one when the studio starts, and how many of them stand before it.
    public var waiting: [ArticlePosition] = []
    public var waitingBefore = 0
    /// Unsaved text of an earlier run that is offered when its article is looked at.
    var unclaimed: [String: OpenedFile] = [:]
    /// Raised when articles are opened, closed or gone to; what was last remembered of them.
    var generation = 1
    var remembered = 0
    /// Articles that were closed, whose history is to be kept.
    var closed: [(path: String, document: Document)] = []
    /// Articles that were saved just now.
    var saved: [String] = []
    /// The folder that was asked for.
    var listing: Ticket?
    /// The files that are watched.
    var watched: [String] = []
    /// Those read again since the last key, and whether a pause in typing is waited for to ask about one.
    var reloaded: [String] = []
    var isAboutToAsk = false
    /// What keeps files from being locked was told.
    var hasToldOfLocks = false

    static let recentLimit = 100

    public init() {}

    mutating func visit(_ path: String) {
        if recent.first == path { return }
        recent.removeAll { $0 == path }
        recent.insert(path, at: 0)
        if recent.count > Self.recentLimit { recent.removeLast() }
    }
}

/// Where the writer is in an article.
public struct ArticlePosition: Sendable, Equatable {
    /// Absolute.
    public var path: String
    /// UTF-8 bytes from the text's start.
    public var selection: Selection
    public var scroll: ScrollPosition
    /// Counts more than the selection: a line to go to, 1-based.
    public var line: Int?
    /// What the writer said the file is, where it isn't UTF-8.
    public var encoding: FileEncoding?

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
    public var articles: [ArticlePosition]
    public var active: Int
    public var recent: [String]

    public init(articles: [ArticlePosition], active: Int, recent: [String]) {
        self.articles = articles
        self.active = active
        self.recent = recent
    }
}

/// What the articles want done outside the studio.
public enum ArticleRequest: Sendable {
    /// List the project's text files.
    case listProject
    /// List a folder: `typed` is what the writer wrote for it.
    case listFolder(Ticket, typed: String, path: String)
    /// Open these without going to them, the first `before` of them in front of the one that is open.
    case open([ArticlePosition], before: Int)
    /// Write the text to another file, and stay in this one.
    case writeCopy(path: String, Text, FileFormat, overwriting: Bool)
    case remember(SessionRecord)
    /// Keep the undo and redo of what is saved, for the next time the article is opened.
    case keepUndo(path: String, Document)
    /// Read what was kept of it.
    case recallUndo(path: String, Text)
}

public enum ArticleAnswer: Sendable {
    case project([String])
    case folder(Ticket, typed: String, entries: [String], problem: FolderProblem? = nil)
    /// Those that could be read; a sentence about one that couldn't.
    case opened([(file: OpenedFile, position: ArticlePosition, isBefore: Bool)], problem: Failure?)
    case copied(Result<String, Failure>)
    case undo(path: String, History)
}

extension Workspace {
    public var session: SessionRecord {
        SessionRecord(
            articles: editors.map {
                ArticlePosition(
                    path: $0.path, selection: $0.document.selection, scroll: $0.scroll, encoding: $0.keptEncoding)
            }, active: activeIndex,
            recent: articles.recent)
    }

    /// Goes back to where the writer was; places that are gone mean the nearest there are.
    public mutating func go(to position: ArticlePosition) {
        withEditor(path: position.path) { $0.go(to: position) }
    }

    /// Remembers what is open once that has changed, and what can be undone in what was saved or closed.
    mutating func rememberSession() -> [Effect] {
        guard articles.generation != articles.remembered else { return [] }
        articles.remembered = articles.generation
        var effects = articles.closed.map { Effect.articles(.keepUndo(path: $0.path, $0.document)) } + watchFiles()
        let saved = articles.saved
        (articles.closed, articles.saved) = ([], [])
        for path in saved { effects += keepUndo(of: path) }
        for index in editors.indices where !editors[index].hasRecalledUndo {
            editors[index].hasRecalledUndo = true
            effects.append(.articles(.recallUndo(path: editors[index].path, editors[index].text)))
        }
        for index in editors.indices
        where !editors[index].hasRecalledProposal && editors[index].disk.undecided == nil
            && editors[index].disk.lockOwner == nil
        {
            editors[index].hasRecalledProposal = true
            effects.append(
                .proposals(
                    .recall(
                        path: editors[index].path, text: editors[index].text, version: editors[index].document.version))
            )
        }
        return effects + [.articles(.remember(session))]
    }

    /// Keeps the history of an open article, unless it is kept as it is.
    public mutating func keepUndo(of path: String) -> [Effect] {
        withEditor(path: path) { editor -> [Effect] in
            // Where another Longhand has the article, what can be undone is its.
            guard editor.document.version != editor.keptUndoVersion, editor.hasRecalledUndo,
                editor.disk.lockOwner == nil
            else { return [] }
            editor.keptUndoVersion = editor.document.version
            return [.articles(.keepUndo(path: path, editor.document))]
        } ?? []
    }

    /// What must be kept when the studio is left.
    public mutating func farewell() -> [Effect] {
        editors.map(\.path).flatMap { writeJournal(of: $0) + keepUndo(of: $0) } + keepProposals() + [
            .articles(.remember(session))
        ]
    }
}

extension Editor {
    /// The encoding to open the file in the next time without asking; nil for UTF-8, or where it isn't saved as it was read.
    var keptEncoding: FileEncoding? { format.encoding == disk.encoding && disk.encoding != .utf8 ? disk.encoding : nil }

    mutating func go(to position: ArticlePosition) {
        if let line = position.line { return go(toLine: line) }
        select(position.selection)
        guard (0..<text.lineCount).contains(position.scroll.line) else { return }
        // No line takes more rows than it has bytes; how many it does take is known once the window is.
        scroll = ScrollPosition(
            line: position.scroll.line,
            row: min(max(0, position.scroll.row), text.lineRange(position.scroll.line).count))
    }

    /// Puts the caret at the start of a line, 1-based; past the end means the last line.
    mutating func go(toLine line: Int) {
        let target = min(max(1, line), text.lineCount) - 1
        moveCaret(to: text.lineStart(target))
        scroll = ScrollPosition(line: max(0, target - 2), row: 0)
    }
}

/// Why the files of a folder aren't known.
public struct FolderProblem: Error, Sendable, Equatable {
    /// A clause, as the system says it: `Permission denied`.
    public var reason: String
    /// There is no such folder, so nothing in it can be opened either.
    public var isMissing: Bool

    public init(reason: String, isMissing: Bool) {
        self.reason = reason
        self.isMissing = isMissing
    }
}
