import Screen

/// Everything that can happen to the studio, from the keyboard or from the world: one case for each feature, whose own
/// events stand beside what they do.
public enum Event: Sendable {
    case terminal(TerminalEvent)
    /// What has to do with keys themselves, panes and what lies over them.
    case input(InputEvent)
    case vim(VimEvent)
    case editing(EditingEvent)
    indirect case saving(SavingEvent)
    case articles(ArticlesEvent)
    case find(FindEvent)
    case outline(OutlineEvent)
    case research(ResearchEvent)
    indirect case drafting(DraftingEvent)
    case exporting(ExportingEvent)
    case spelling(SpellingEvent)
    case versions(VersionsEvent)
    case progress(ProgressEvent)
    case appearance(AppearanceEvent)
    case shelf(ShelfEvent)
    /// Something went wrong that the writer should know of and that nothing waits for.
    case failed(Failure)
    /// The machine asks the studio to end (a hang-up or a termination): nothing may be asked.
    case terminate
}

/// What the studio wants done outside itself. The services do it off the main thread and answer
/// with an `Event`. A newer effect of the same kind replaces the older.
public enum Effect: Sendable {
    /// Have `then` happen after a pause; asking again with the same id starts it anew.
    indirect case wait(TimerID, milliseconds: Int, then: Event)
    /// What the terminal and the process do themselves.
    case terminal(TerminalEffect)
    indirect case vim(VimEffect)
    indirect case saving(SavingEffect)
    case articles(ArticlesEffect)
    indirect case find(FindEffect)
    case outline(OutlineEffect)
    indirect case research(ResearchEffect)
    indirect case drafting(DraftingEffect)
    case exporting(ExportingEffect)
    case spelling(SpellingEffect)
    case versions(VersionsEffect)
    case progress(ProgressEffect)
    case appearance(AppearanceEffect)
    case shelf(ShelfEffect)
}

/// What is asked of the terminal and of the process.
public enum TerminalEffect: Sendable {
    /// Give a text to the system's clipboard.
    case copy(String)
    /// Ask what the system's clipboard holds.
    case readClipboard(Ticket)
    case suspend
    case redraw
    case quit
}

/// Tells one pause from another.
public struct TimerID: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name that tells it from other pauses.
    public let description: String
    /// Two with the same name are the same pause.
    public init(stringLiteral name: String) { description = name }
}
