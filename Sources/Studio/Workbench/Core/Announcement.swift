import Retrieval
import TextCore

/// What happened to what all features share. Features never call each other: they hear of it, in the order in which
/// `Workspace` names them.
enum Announcement: Sendable {
    /// The text of an open article is another one.
    indirect case textChanged(TextChange)
    /// The writer tried to change an article that can't be edited.
    case editRefused
    /// The caret of the article on the screen is somewhere else.
    case caretMoved
    /// An article was opened, shown or not.
    case articleOpened(path: String)
    /// An article was read from its file, to be open behind the others.
    indirect case articleRead(OpenedFile)
    /// An article was taken to the middle pane.
    case articleShown
    /// Another article takes the place of this one in the middle pane.
    case articleLeft(path: String)
    /// An article is open no more. It comes as it was.
    indirect case articleClosed(Editor)
    /// The file of an article holds its text, or a text that the writer will want to come back to.
    case articleSaved(path: String)
    /// The Longhand that had the article has left it.
    case articleUnlocked(path: String)
    /// A file was written, or is gone.
    case fileWritten(path: String)
    /// An article's file is called otherwise from now on.
    case articleMoved(from: String, to: String)
    /// Its text, or a part of it, isn't the writer's: what the next count finds more or less isn't their work.
    case articleReplaced(path: String)
    /// So many steps of an earlier session can be undone in it, before those of this one.
    case historyRecalled(path: String, steps: Int)
    /// The article is wanted in the middle pane, at a line, 1-based.
    case articleWanted(path: String, line: Int?)
    /// The names in a folder are wanted, which the writer typed so, to complete what is typed in a prompt.
    case folderWanted(typed: String)
    /// What isn't saved of an article must outlast a crash from now on.
    case textMustLast(path: String)
    /// The headings of the article on the screen are looked for, with its lengths.
    case outlineAsked(Ticket)
    /// They are known.
    case outlineRead
    /// Its lengths are known.
    case articleCounted(Ticket)
    /// Notes were read anew, or none may be read any more.
    case libraryChanged(isWithheld: Bool)
    /// The passages that the writer chose as sources.
    case sourcesPinned([Passage])
    /// The writer went to a pane.
    case focusChanged
    /// The writer goes on: what is said is read, what is to be asked waits.
    case keyPressed
    case resized
    /// What a session keeps of the page's look was changed.
    case viewChanged
    /// All that an event led to is done: what was put off can be done.
    case settled
    /// The page shows other text, or the same elsewhere.
    case pageChanged
    /// The studio is about to stop, for a while or for good: what must not be lost is kept.
    case leaving(forGood: Bool)
}

/// One change of an article's text.
struct TextChange: Sendable {
    var path: String
    var changes: ChangeSet
    /// Who wrote it.
    var origin: Origin
    var before: Text
    var after: Text
    /// The steps of the article's history before and after.
    var stepsBefore: Int
    var stepsAfter: Int
}

/// What waits for its turn behind the event that is being handled.
enum Message: Sendable {
    case announcement(Announcement)
    indirect case event(Event)
}
