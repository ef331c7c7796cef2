import Assistant
import Manuscript
import Retrieval
import Screen
import TextCore

/// Everything that can happen to the studio, from the keyboard or from the world.
public enum Event: Sendable {
    case terminal(TerminalEvent)
    /// A wait asked for with `.wait` is over.
    case due(Timer)
    case hits(Ticket, Result<[Hit], Failure>)
    /// Better sentences for the hits of the same ticket, in their order.
    case sentences(Ticket, [String])
    case outline(Ticket, Outline, words: Int)
    case indexing(IndexProgress)
    /// The library is up to date, or can't be brought there. `isAsked`: the writer, or the start, wanted to hear of it.
    case indexed(Result<IndexSummary, Failure>, isAsked: Bool)
    case indexingPaused
    /// A look at the folder came to that it isn't to be read unasked.
    case indexingWithheld(AutomaticIndexing.Refusal)
    /// Something to know of the library that needs nothing done.
    case libraryRemark(String)
    case opened(Result<OpenedFile, Failure>, line: Int?)
    case saved(path: String, version: Int, Result<FileStamp, SaveFailure>)
    /// The passages for a draft.
    case sources(Ticket, Result<[Passage], Failure>)
    case proposalText(Ticket, String)
    case proposalEnded(Ticket, Result<String?, Failure>)
    case exported(Result<String, Failure>)
    case journalFailed(Failure)
    /// How recovered text differs from the file.
    case recoveryDifference(id: String, [DiffPiece])
    /// The model is installed and cannot be used.
    case modelUnusable(Failure)
    case themes([Theme], problem: Failure?)
    case counted(Ticket, ArticleCounts)
    case spelling(SpellingAnswer)
    case history(Result<WritingHistory, Failure>)
    case found(FindAnswer)
    case articles(ArticleAnswer)
    case versions(VersionAnswer)
    /// What the system's clipboard holds; nil where no program says so.
    case clipboard(Ticket, String?)
    case disk(DiskAnswer)
    case proposals(ProposalAnswer)
    /// The machine asks the studio to end (a hang-up or a termination): nothing may be asked.
    case terminate
}

/// What the studio wants done outside itself. The runner does it off the main thread and answers
/// with an `Event`. A newer effect of the same kind replaces the older.
public enum Effect: Sendable {
    case wait(Timer, milliseconds: Int)
    case research(Ticket, Query)
    case outline(Ticket, Text)
    /// `isAsked`: the writer wants it, so that there is a version of it.
    case save(path: String, Text, version: Int, format: FileFormat, expecting: FileExpectation, isAsked: Bool)
    /// Write changes to the article's journal, which is begun where there is none.
    case journal(path: String, JournalPart)
    /// Remove the journal that this session wrote.
    case removeJournal(path: String)
    case recovery(RecoveryRequest)
    case open(path: String, line: Int?)
    /// Look at all notes now. `isAsked`: the writer wants it, which is remembered for the folder.
    case index(isAsked: Bool)
    /// One file was written: look at it, where nothing else tells of it.
    case indexFile(path: String)
    case pauseIndexing(Bool)
    /// The writer agrees to the provider that the project names.
    case agreeToProvider
    /// Look for the passages that a draft may draw on.
    case gatherSources(Ticket, Query)
    case send(Ticket, ChatRequest)
    case cancelSend
    case export(path: String, Text)
    case copy(String)
    /// Ask what the system's clipboard holds.
    case readClipboard(Ticket)
    /// Read every theme there is, to choose one.
    case loadThemes
    /// The next session begins with this look.
    case rememberView(ViewOptions)
    case spelling(SpellingRequest)
    /// So many words more, or fewer, than when this was last said of the file.
    case recordWords(path: String, change: Int)
    case loadHistory
    case find(FindRequest)
    case articles(ArticleRequest)
    case versions(VersionRequest)
    case disk(DiskRequest)
    case proposals(ProposalRequest)
    case suspend
    case redraw
    case quit
}

/// The pauses the studio takes; asking for one again starts it anew.
public enum Timer: Sendable, Hashable, CaseIterable {
    case research, outline, journal, spelling, autosave
    /// Some more of a draft has arrived: it is kept.
    case proposal
    /// Typing has rested: what follows is a step of undo of its own.
    case undoStep
    /// Long enough for a program to say what was copied.
    case clipboard
    /// The writer pauses: a file that changed on the disk can be asked about.
    case disk
    /// The screen was drawn while a macro of vim's is played, which goes on.
    case macro
}

/// A file that was read.
public struct OpenedFile: Sendable {
    public var editor: Editor
    /// Text from a journal that isn't in the file, offered for recovery.
    public var journal: RecoveredText?
    /// What is to be said of it, though it was opened.
    public var remark: Failure?
    public init(editor: Editor, journal: RecoveredText? = nil, remark: Failure? = nil) {
        self.editor = editor
        self.journal = journal
        self.remark = remark
    }
}

/// Why a file was not written.
public enum SaveFailure: Error, Sendable, Equatable {
    /// Another program wrote the file since it was read.
    case changedOnDisk
    case failed(Failure)
}

/// What an indexing run came to.
public struct IndexSummary: Sendable, Equatable {
    public var notes: Int
    public var passages: Int
    public var embedded: Int
    public var problems: [String]
    public init(notes: Int, passages: Int, embedded: Int, problems: [String]) {
        self.notes = notes
        self.passages = passages
        self.embedded = embedded
        self.problems = problems
    }
}
