import Screen
import TextCore

/// All state of the studio: a plain value that the main thread owns.
///
/// `handle(_:_:)` is the only way it changes while the program runs and `render(_:)` the only way
/// it becomes cells; both are pure, so that any state can be built, driven and drawn in a test.
///
/// Composed of what all features share, the core, and of each feature's own state, which nobody but this file hands out.
public struct Workspace: Sendable {
    /// What all features share.
    public internal(set) var core: StudioCore
    private(set) var editing = EditingState()
    private(set) var saving = SavingState()
    private(set) var articles = ArticlesState()
    private(set) var find = FindState()
    private(set) var outline = OutlineState()
    private(set) var research: ResearchState
    private(set) var drafting: DraftingState
    private(set) var exporting = ExportingState()
    private(set) var spelling = SpellingState()
    private(set) var versions = VersionsState()
    private(set) var progress = ProgressState()
    private(set) var appearance = AppearanceState()
    private(set) var shelf = ShelfState()
    /// The side panes as they were last drawn.
    var caches = RenderCaches()
    /// To be opened behind the first one when the studio starts, and how many of them stand before it.
    private var waiting: (articles: [ArticlePosition], before: Int) = ([], 0)

    /// A studio with one article, before its first event: `start` comes next. The window's size is in cells.
    public init(environment: StudioEnvironment, editor: Editor, width: Int, height: Int) {
        core = StudioCore(environment: environment, editor: editor, width: width, height: height)
        research = ResearchState(environment)
        drafting = DraftingState(environment)
    }

    /// - Parameter launch: what the studio begins with.
    public init(environment: StudioEnvironment, launch: LaunchState, width: Int, height: Int) {
        self.init(environment: environment, editor: launch.first.editor, width: width, height: height)
        for problem in launch.problems { core.say(problem) }
        core.post(.saving(.welcome(launch.first)))
        if let position = launch.position { core.withEditor(path: position.path) { $0.go(to: position) } }
        if let line = launch.line { core.goTo(line: line) }
        core.recent += launch.recent.filter { $0 != launch.first.editor.path }
        waiting = (launch.others, launch.before)
    }

    // MARK: Events

    /// What an event does, and all that is announced of it; then what is derived of it: where the focus and the caret are.
    mutating func take(_ event: Event) -> [Effect] {
        let before = core.moment
        var effects = update(event)
        effects += settleMessages()
        for announcement in before.announcements(since: core) { core.announce(announcement) }
        core.announce(.settled)
        return effects + settleMessages()
    }

    /// Empties the queue of what was announced and put off.
    mutating func settleMessages() -> [Effect] {
        var effects: [Effect] = []
        while true {
            let messages = core.nextMessages()
            guard !messages.isEmpty else { return effects }
            for message in messages {
                switch message {
                case .announcement(let announcement): effects += hear(announcement)
                case .event(let event): effects += pass(event)
                }
            }
        }
    }

    /// Does what an event means, by itself or within another one. What was announced before is heard first, so that no
    /// feature knows less of the text than the core.
    mutating func update(_ event: Event) -> [Effect] {
        var effects = settleMessages()
        effects += pass(event)
        return effects
    }

    /// Gives an event to the feature whose it is.
    private mutating func pass(_ event: Event) -> [Effect] {
        switch event {
        case .terminal(let event): handle(event)
        case .input(let event): handle(event)
        case .vim(let event): handle(event)
        case .editing(let event): editing.handle(event, &core)
        case .saving(let event): saving.handle(event, &core)
        case .articles(let event): articles.handle(event, &core)
        case .find(let event): find.handle(event, &core)
        case .outline(let event): outline.handle(event, &core)
        case .research(let event): research.handle(event, &core)
        case .drafting(let event): drafting.handle(event, &core)
        case .exporting(let event): exporting.handle(event, &core)
        case .spelling(let event): spelling.handle(event, &core)
        case .versions(let event): versions.handle(event, &core)
        case .progress(let event): progress.handle(event, &core)
        case .appearance(let event): appearance.handle(event, &core)
        case .shelf(let event): shelf.handle(event, &core)
        case .failed(let failure): say(failure)
        case .terminate: handle(.leave)
        }
    }

    /// The order in which the features hear what is announced.
    private mutating func hear(_ announcement: Announcement) -> [Effect] {
        var effects = outline.hear(announcement, &core)
        effects += research.hear(announcement, &core)
        effects += find.hear(announcement, &core)
        effects += spelling.hear(announcement, &core)
        effects += saving.hear(announcement, &core)
        effects += articles.hear(announcement, &core)
        effects += progress.hear(announcement, &core)
        effects += drafting.hear(announcement, &core)
        effects += appearance.hear(announcement, &core)
        return effects
    }

    /// The order in which Esc lets go of one thing: a preview, a side pane, the marks of a search, a selection, what is being
    /// gathered. It never quits.
    mutating func cancel() {
        if research.cancel(&core) || core.leavePane() || find.cancel(&core) || core.dropSelection() { return }
        _ = drafting.cancel(&core)
    }

    /// What the first event comes after: what is to be said or asked of the article is on the first screen.
    mutating func start() -> [Effect] {
        var effects = settleMessages()
        effects += outline.handle(.textRests, &core) + research.handle(.start, &core)
        if !waiting.articles.isEmpty {
            effects.append(.articles(.open(waiting.articles, before: waiting.before)))
        }
        return effects
    }

    // MARK: What is seen of the features

    /// What the bottom row says, the most needed first.
    var statusParts: [StatusPart] {
        (research.statusParts(core) + drafting.statusParts(core) + progress.statusParts(core))
            .enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
    }

    /// What features paint over the article's text between two of its bytes, each in order: of two that overlap the later list
    /// is seen.
    func decorations(_ visible: () -> Range<Int>) -> [[Decoration]] {
        [spelling.decorations(visible, core), find.decorations(visible, core)].filter { !$0.isEmpty }
    }

    /// A sentence on the proposals that wait; nil where none do.
    public var waitingProposals: String? { drafting.waiting(in: core) }
}

/// What the studio begins with.
public struct LaunchState: Sendable {
    /// Read already.
    public var first: OpenedFile
    /// Where the writer was in it; nil for its start.
    public var position: ArticlePosition?
    /// A line to go to, 1-based, which counts more than `position`; nil for none.
    public var line: Int?
    /// The other articles to open, in their order.
    public var others: [ArticlePosition] = []
    /// How many of `others`, the first of them, come before `first`.
    public var before = 0
    /// Articles of earlier sessions, the last used first.
    public var recent: [String] = []
    /// To be told, the most important last.
    public var problems: [Failure] = []

    /// That article alone, at its start.
    public init(first: OpenedFile) { self.first = first }
}

/// What an event may change without saying so.
private struct Moment {
    var width: Int
    var height: Int
    var path: String
    var caret: Int
    var version: Int

    func announcements(since core: StudioCore) -> [Announcement] {
        let now = core.moment
        var announcements: [Announcement] = []
        if (now.width, now.height) != (width, height) { announcements.append(.resized) }
        if now.path == path, now.version == version, now.caret != caret { announcements.append(.caretMoved) }
        return announcements
    }
}

extension StudioCore {
    fileprivate var moment: Moment {
        Moment(
            width: width, height: height, path: editor.path, caret: editor.caret, version: editor.document.version)
    }
}
