import Review
import TextCore

/// What is asked, answered and found of the articles' files: to open, save, name and close them.
public enum SavingEvent: Sendable {
    // What the writer asks.
    case save
    case saveAsUTF8
    case saveAll
    /// Save, and close the article, or the studio with the last one.
    case saveAndClose
    case saveAllAndQuit
    case quit, quitSavingAll, quitDiscarding
    /// Close the active article; asks where it isn't saved.
    case close
    case closeSaving, closeDiscarding
    /// vim's `:q`, which asks nothing.
    case closeOrQuit(isDiscarding: Bool)
    /// vim's `:e`: the text on the disk.
    case reread
    case askName(ArticleNaming.Kind)
    case name(ArticleNaming.Kind, String, isOverwriting: Bool)
    case completeName
    case replaceFile(ArticleNaming)
    case leaveFile
    /// Write the text to another file, and stay in this one.
    case writeCopy(path: String, isOverwriting: Bool)
    // What the world answers.
    case opened(Result<OpenedFile, Failure>, line: Int?)
    case saved(path: String, version: Int, Result<FileStamp, SaveFailure>)
    case copied(Result<String, Failure>)
    case named(ArticleNaming, NamingOutcome)
    /// The file at `path` is open as `other`.
    case isOpenAs(path: String, other: String)
    /// What the files look like; nil for those that aren't there.
    case seen([String: FileStamp?])
    case examined(FileCheck, FileFinding)
    case compared(path: String, [DiffPiece])
    /// Nil for `lockOwner`: the file is this Longhand's now. `journal`: what the other left unsaved.
    case takenOver(path: String, lockOwner: LockOwner?, isReadOnly: Bool, journal: RecoveredText?)
    /// How recovered text differs from the file.
    case recoveryDifference(id: String, [DiffPiece])
    // What was put off.
    case journalRests, typingRests
    /// The text is the file's: nothing that led to it is for the journal.
    case forgetChanges(path: String)
    /// The writer pauses: a file that changed on the disk can be asked about.
    case pause
    case focusIn, focusOut
    /// A file was read before the studio began.
    case welcome(OpenedFile)
    // What the writer answers.
    case reloadOutside(path: String), keepMine(path: String), compareOutside(path: String), decideLater(path: String)
    case choose(UndecidedEncoding, EncodingChoice)
    case decline(UndecidedEncoding)
    case recover(RecoveredText, path: String), recovered(id: String, path: String)
    case compareRecovered(RecoveredText, path: String), leaveRecovered
    case askDiscard(RecoveredText, path: String), discard(RecoveredText), offerAgain(RecoveredText, path: String)
}

/// What is to be done with files, journals and locks.
public enum SavingEffect: Sendable {
    /// `isAsked`: the writer wants it, so that there is a version of it.
    case save(path: String, Text, version: Int, format: FileFormat, expecting: FileExpectation, isAsked: Bool)
    case open(path: String, line: Int?)
    /// Write the text to another file.
    case writeCopy(path: String, Text, FileFormat, overwriting: Bool)
    /// Write changes to the article's journal, which is begun where there is none.
    case journal(path: String, JournalPart)
    /// Remove the journal that this session wrote.
    case removeJournal(path: String)
    /// Show how recovered text differs from the file.
    case compareRecovered(RecoveredText)
    /// It is not wanted: its journal can go.
    case discardRecovered(id: String)
    /// It is in the article now: its journal can go once the article's own has it.
    case takeRecovered(id: String, path: String)
    /// Tell when one of these changes; others no more.
    case watch([String])
    /// See now whether any of those watched has changed.
    case look
    case examine(FileCheck)
    /// Compare the file's text with the document's.
    case compare(path: String, file: Text, text: Text)
    /// Open a file that isn't UTF-8 as the writer said.
    case openAs(UndecidedEncoding, EncodingChoice)
    /// Give the article another name, or begin one.
    case name(ArticleNaming)
    /// Others may have the file now.
    case release(path: String)
    /// Try whether the other Longhand has left.
    case takeOver(FileCheck)
}

/// Why a file was not written.
public enum SaveFailure: Error, Sendable, Equatable {
    /// Another program wrote the file since it was read.
    case changedOnDisk
    case failed(Failure)
}
