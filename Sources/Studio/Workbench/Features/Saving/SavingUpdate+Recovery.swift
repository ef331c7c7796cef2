import TextCore

/// What a journal brought back after a crash.
extension SavingState {
    mutating func handleRecovery(_ event: SavingEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .recover(let recovered, let path): return recover(recovered, into: path, &core)
        case .recovered(let id, let path): return [.saving(.takeRecovered(id: id, path: path))]
        case .compareRecovered(let recovered, let path):
            offer(&core, recovered, of: path)
            guard case .confirm(let question) = core.modal else { return [] }
            asked = recovered.id
            let isOlder = recovered.dates?.isFileNewer == true
            core.modal = .comparison(
                Comparison(
                    title: isOlder
                        ? "From the file, newer, to the unsaved text, older" : "From the file to the unsaved text",
                    question: question))
            return [.saving(.compareRecovered(recovered))]
        case .recoveryDifference(let id, let difference):
            guard case .comparison(var comparison) = core.modal, asked == id else { return [] }
            comparison.pieces = difference
            core.modal = .comparison(comparison)
        case .leaveRecovered: core.say("Kept for later: it is offered again when the file is opened.")
        case .askDiscard(let recovered, let path):
            // One who opens an article and writes at once may not have read the question.
            core.modal = .confirm(
                Confirmation(
                    question: "The unsaved changes of \(name(of: path, core)) will be gone for good.",
                    answers: [.init("y", "discard it", .saving(.discard(recovered)))], escape: "back",
                    escaped: .saving(.offerAgain(recovered, path: path))))
        case .discard(let recovered):
            core.say("Discarded.")
            return [.saving(.discardRecovered(id: recovered.id))]
        case .offerAgain(let recovered, let path): offer(&core, recovered, of: path)
        default: break
        }
        return []
    }

    /// Asks whether unsaved text of an earlier run should come back.
    func offerRecovery(of file: OpenedFile, _ core: inout StudioCore) {
        if let remark = file.remark { core.say(remark) }
        guard let recovered = file.journal, recovered.text != file.editor.text else { return }
        offer(&core, recovered, of: core.editor.path)
    }

    /// - Parameter path: the article's, which needn't be on the screen any more when its question comes back.
    private func offer(_ core: inout StudioCore, _ recovered: RecoveredText, of path: String) {
        var question = "\(name(of: path, core)) has unsaved changes from an earlier run"
        if recovered.isCut { question += ", up to where their journal is damaged" }
        if recovered.isFileChanged { question += "; the file was changed since" }
        if let dates = recovered.dates {
            question += ": they are of \(dates.text), the file of \(dates.file)\(dates.isFileNewer ? " is newer" : "")"
        }
        core.modal = .confirm(
            Confirmation(
                question: question + ".",
                answers: [
                    .init(
                        "r", recovered.dates?.isFileNewer == true ? "recover the older text" : "recover",
                        .saving(.recover(recovered, path: path))),
                    .init("c", "compare", .saving(.compareRecovered(recovered, path: path))),
                    .init("d", "discard", .saving(.askDiscard(recovered, path: path))),
                ],
                escape: "later", escaped: .saving(.leaveRecovered)))
    }

    private func name(of path: String, _ core: StudioCore) -> String {
        core.index(of: path).map { core.editors[$0].displayName } ?? core.paths.shown(path)
    }

    /// Brings the journal's text back as one edit, so that undo shows what the file holds.
    private func recover(_ recovered: RecoveredText, into path: String, _ core: inout StudioCore) -> [Effect] {
        guard core.editor.path == path, !core.editor.isReadOnly else {
            core.say(
                "\(core.editor.displayName) is open for reading only; what was recovered is kept for later.", .error)
            return []
        }
        var changes = recovered.changes
        if core.editor.text != recovered.file { changes = ChangeSet.turning(core.editor.text, into: recovered.text) }
        let length = recovered.text.utf8Count
        var end = length
        if changes.operations.count > 1, case .retain(let count)? = changes.operations.last { end = length - count }
        let effects = core.apply(Edit(changes: changes, selection: Selection(end), origin: .command("recover")))
        core.announce(.textMustLast(path: path))
        core.post(.saving(.recovered(id: recovered.id, path: path)))
        core.say("Recovered. \(core.undoHint) shows what the file holds; \(core.hint("save")) saves.", .success)
        return effects
    }
}
