import Screen
import TextCore

/// Keeping what isn't saved: the journal while one writes, and what it brought back after a crash.
extension Workspace {
    /// How long a change waits for its journal, in milliseconds; those that come meanwhile are written with it.
    static let journalPause = 400

    /// Asks for the journal to be written soon after the first change that isn't in it, however long typing goes on.
    mutating func writeJournalSoon() -> [Effect] {
        guard !isJournalAwaited, editors.contains(where: { !$0.journal.changes.isEmpty }) else { return [] }
        isJournalAwaited = true
        return [.wait(.journal, milliseconds: Self.journalPause)]
    }

    mutating func writeJournals() -> [Effect] {
        isJournalAwaited = false
        return editors.map(\.path).flatMap { writeJournal(of: $0) }
    }

    /// Gives the journal what it hasn't got. Where that led back to what the file holds there is nothing to keep.
    mutating func writeJournal(of path: String) -> [Effect] {
        withEditor(path: path) { editor -> [Effect] in
            guard !editor.journal.changes.isEmpty else { return [] }
            guard editor.document.isModified || editor.savingVersion != nil else { return editor.endJournal() }
            let base = editor.journal.base
            return [
                .journal(
                    path: path,
                    JournalPart(
                        base: base, format: editor.format,
                        stamp: editor.stamp, changes: editor.journal.settle(), version: editor.document.version,
                        text: editor.text))
            ]
        } ?? []
    }

    /// The article's changes are saved, or given up.
    mutating func endJournal(of path: String) -> [Effect] {
        withEditor(path: path) { $0.endJournal() } ?? [.removeJournal(path: path)]
    }

    mutating func endJournals() -> [Effect] { editors.map(\.path).flatMap { endJournal(of: $0) } }

    // MARK: After a crash

    /// Asks whether unsaved text of an earlier run should come back.
    public mutating func offerRecovery(of file: OpenedFile) {
        if let remark = file.remark { say(remark) }
        guard let recovered = file.journal, recovered.text != file.editor.text else { return }
        offer(recovered)
    }

    mutating func offer(_ recovered: RecoveredText) {
        var question = "\(editor.displayName) has unsaved changes from an earlier run"
        if recovered.isCut { question += ", up to where their journal is damaged" }
        if recovered.isFileChanged { question += "; the file was changed since" }
        if let dates = recovered.dates {
            question += ": they are of \(dates.text), the file of \(dates.file)\(dates.isFileNewer ? " is newer" : "")"
        }
        modal = .confirm(
            Confirmation(
                subject: .recover(path: editor.path, recovered), question: question + ".",
                answers: [
                    ("r", recovered.dates?.isFileNewer == true ? "recover the older text" : "recover"),
                    ("c", "compare"), ("d", "discard"),
                ],
                escape: "later"))
    }

    mutating func answerRecovery(
        _ recovered: RecoveredText, of path: String, _ answer: Character, _ question: Confirmation
    ) -> [Effect] {
        switch answer {
        case "r": return recover(recovered, into: path)
        case "c":
            let older = recovered.dates?.isFileNewer == true
            modal = .comparison(
                Comparison(
                    title: older
                        ? "From the file, newer, to the unsaved text, older" : "From the file to the unsaved text",
                    question: question))
            return [.recovery(.compare(recovered))]
        default:
            // One who opens an article and writes at once may not have read the question.
            modal = .confirm(
                Confirmation(
                    subject: .discard(path: path, recovered),
                    question: "What \(editor.displayName) lacks will be gone for good.",
                    answers: [("y", "discard it")], escape: "back"))
            return []
        }
    }

    mutating func receive(recoveryDifference difference: [DiffPiece], id: String) {
        guard case .comparison(var comparison) = modal, case .recover(_, let recovered) = comparison.question.subject,
            recovered.id == id
        else { return }
        comparison.pieces = difference
        modal = .comparison(comparison)
    }

    /// Brings the journal's text back as one edit, so that undo shows what the file holds.
    private mutating func recover(_ recovered: RecoveredText, into path: String) -> [Effect] {
        guard editor.path == path, !editor.isReadOnly else {
            say("\(editor.displayName) is open for reading only; what was recovered is kept for later.", .error)
            return []
        }
        var changes = recovered.changes
        if editor.text != recovered.file { changes = ChangeSet.turning(editor.text, into: recovered.text) }
        let length = recovered.text.utf8Count
        var end = length
        if changes.operations.count > 1, case .retain(let count)? = changes.operations.last { end = length - count }
        var effects = apply(Edit(changes: changes, selection: Selection(end), origin: .command("recover")))
        effects += writeJournal(of: path) + [.recovery(.taken(id: recovered.id, path: path))]
        let undo = environment.keymap.base == .vim ? "u" : environment.keymap.hint("undo")
        say("Recovered. \(undo) shows what the file holds; \(environment.keymap.hint("save")) saves.", .success)
        return effects
    }
}

extension Editor {
    mutating func endJournal() -> [Effect] {
        journal.begin(with: text)
        return [.removeJournal(path: path)]
    }
}
