import Screen
import TextCore

/// Articles that another Longhand has: read only until that one has left.
extension Workspace {
    /// Says and asks what there is to say of a file that was just opened.
    public mutating func welcome(_ file: OpenedFile) {
        offerRecovery(of: file)
        if let remark = file.remark { tellOfLocks(remark) }
        greetArticle()
    }

    mutating func tellOfLocks(_ remark: Failure) {
        guard !articles.hasToldOfLocks else { return }
        articles.hasToldOfLocks = true
        say(remark)
    }

    /// The article on the screen is one that was just gone to.
    mutating func greetArticle() {
        withEditor { $0.disk.hasDeclined = false }
        // The title says it too, and what went wrong is said nowhere else.
        if let lockOwner = editor.disk.lockOwner, notice?.kind != .error {
            say(
                "\(editor.displayName) is open in another Longhand (\(lockOwner.words)): read only here until that ends."
            )
        }
    }

    /// Why the article can't be edited, and the attempt to change that.
    mutating func refuseEdit() -> [Effect] {
        if let undecided = editor.disk.undecided {
            ask(undecided)
            return []
        }
        guard let lockOwner = editor.disk.lockOwner else {
            say("\(editor.displayName) is open for reading only.", .error)
            return []
        }
        say(
            "\(editor.displayName) is still open in another Longhand (\(lockOwner.words)), so it is read only here.",
            .error)
        return [.disk(.takeOver(editor.fileCheck(.noticed)))]
    }

    /// The same for a save.
    mutating func refuseSave() -> [Effect] {
        isQuitting = false
        withEditor { $0.closesAfterSave = false }
        guard editor.disk.undecided == nil, let lockOwner = editor.disk.lockOwner else { return refuseEdit() }
        let copy = environment.keymap.base == .vim ? "; :w NAME writes a copy" : ""
        say("\(editor.displayName) belongs to another Longhand (\(lockOwner.words)), which saves it\(copy).", .error)
        return [.disk(.takeOver(editor.fileCheck(.noticed)))]
    }

    mutating func takeOver(_ path: String, _ lockOwner: LockOwner?, _ isReadOnly: Bool, _ journal: RecoveredText?)
        -> [Effect]
    {
        guard let index = editors.firstIndex(where: { $0.path == path }), editors[index].disk.lockOwner != nil else {
            return []
        }
        editors[index].disk.lockOwner = lockOwner
        guard lockOwner == nil else { return [] }
        editors[index].isReadOnly = isReadOnly
        // What the other could undo is what this one can now, unless it has steps of its own, to which those wouldn't lead.
        if editors[index].document.history.isEmpty { editors[index].hasRecalledUndo = false }
        articles.generation += 1
        guard index == activeIndex else { return [] }
        say(
            "The other Longhand has left \(editor.displayName)\(isReadOnly ? "." : ": it can be edited here now.")",
            .success)
        if let journal { offerRecovery(of: OpenedFile(editor: editor, journal: journal)) }
        return []
    }

    /// Tries whether those that other Longhands had are free now.
    mutating func tryHeld() -> [Effect] {
        editors.filter { $0.disk.lockOwner != nil }.map { .disk(.takeOver($0.fileCheck(.noticed))) }
    }

    /// What is watched is what is open; what is closed is others' again.
    mutating func watchFiles() -> [Effect] {
        let paths = editors.map(\.path)
        guard paths != articles.watched else { return [] }
        let left = articles.watched.filter { !paths.contains($0) }
        articles.watched = paths
        return left.map { .disk(.release(path: $0)) } + [.disk(.watch(paths))]
    }

    mutating func noteClosed(_ editor: Editor) {
        progress.borrowed[editor.path]?.forgetSteps()
        guard editor.disk.lockOwner == nil, editor.disk.undecided == nil else { return }
        articles.closed.append((editor.path, editor.document))
        leaveProposal(of: editor)
    }
}
