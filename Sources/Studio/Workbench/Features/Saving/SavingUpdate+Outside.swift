import TextCore

/// Articles whose files other programs touch.
///
/// What changed is read off the main thread and waits in the file's state. Where nothing is unsaved, the text is shown as it now
/// is; where something is, the article is asked about once it is looked at and typing rests, so that no key that was meant for
/// the text answers.
extension SavingState {
    mutating func handleOutside(_ event: SavingEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .reread: return reread(&core)
        case .seen(let stamps): return stamps.sorted { $0.key < $1.key }.flatMap { seen($0.value, at: $0.key, core) }
        case .examined(let check, let finding): return receive(finding, of: check, &core)
        case .compared(let path, let pieces):
            guard case .confirm(let question) = core.modal, asked == path else { return [] }
            core.modal = .comparison(
                Comparison(title: "From the file on the disk to this text", pieces: pieces, question: question))
        case .pause: askAboutOutside(&core)
        case .reloadOutside(let path):
            guard let index = core.index(of: path), files[path]?.state.outside != nil else { return [] }
            return [.saving(.examine(check(core.editors[index], .rereading)))]
        case .keepMine(let path): return keepMine(path, &core)
        case .compareOutside(let path):
            guard let index = core.index(of: path), let outside = files[path]?.state.outside else { return [] }
            core.modal = .confirm(question(of: core.editors[index]))
            return [.saving(.compare(path: path, file: outside.file.text, text: core.editors[index].text))]
        case .decideLater(let path):
            core.say("Asked again when it is saved.")
            return take(.putOff, path, core)
        default: break
        }
        return []
    }

    private func reread(_ core: inout StudioCore) -> [Effect] {
        if let undecided = core.editor.undecided {
            ask(undecided, &core)
            return []
        }
        return [.saving(.examine(check(core.editor, .rereading)))]
    }

    private mutating func seen(_ stamp: FileStamp?, at path: String, _ core: StudioCore) -> [Effect] {
        guard let index = core.index(of: path), let state = files[path]?.state else { return [] }
        let editor = core.editors[index]
        let known = state.outside.map(\.file.stamp) ?? editor.stamp
        guard state.isBusy || (stamp != known && editor.undecided == nil) else { return [] }
        return take(.seen, path, core)
    }

    private mutating func receive(_ finding: FileFinding, of check: FileCheck, _ core: inout StudioCore) -> [Effect] {
        let path = check.path
        guard let index = core.index(of: path), let file = files[path] else { return [] }
        if file.state.isBusy { return take(.seen, path, core) }
        guard file.generation == check.generation else {
            return [.saving(.examine(self.check(core.editors[index], check.purpose)))]
        }
        switch finding {
        case .failed(let failure):
            isQuitting = false
            core.say(failure)
            return check.purpose == .saving ? take(.gone, path, core) : []
        case .same(let found):
            // One that was gone and is back as it was is saved again.
            if core.editors[index].stamp == nil, core.editors[index].text == found.text {
                core.editors[index].markSaved()
            }
            adopt(found, at: index, &core)
            if core.editors[index].lockOwner == nil { core.editors[index].isReadOnly = found.isReadOnly }
            // With what was written since it was refused.
            if case .looking(let save)? = files[path]?.state {
                return self.save(at: path, &core, closes: save.closes)
            }
            return take(.same, path, core)
        case .gone:
            core.editors[index].stamp = nil
            core.editors[index].forgetSaved()
            core.say("\(core.editors[index].displayName) is no longer on the disk; saving writes it anew.", .error)
            return take(.gone, path, core)
        case .changed(let found, let changes):
            // Typing went on: the change is worked out again.
            guard core.editors[index].document.version == check.version else {
                return [.saving(.examine(self.check(core.editors[index], check.purpose)))]
            }
            if check.purpose == .rereading { return reload(index, found, changes, &core) }
            let effects = take(
                .changed(ExternalChange(file: found, changes: changes, version: check.version)), path, core)
            // Where nothing is unsaved it is shown without asking.
            if check.purpose == .saving, core.editors[index].document.isModified {
                isQuitting = false
                if index != core.activeIndex, core.modal == nil { core.goToEditor(index) }
                askActive(&core)
            }
            return effects
        }
    }

    /// Takes down that the file now is what was read.
    private mutating func adopt(_ file: FileReading, at index: Int, _ core: inout StudioCore) {
        core.editors[index].stamp = file.stamp
        know(file.text, core.editors[index].path)
    }

    /// Behind each event: shows what can be shown without asking, and asks about the article on the screen once typing rests.
    mutating func settle(_ core: inout StudioCore) -> [Effect] {
        var effects = watchFiles(core)
        guard core.modal == nil else { return effects }
        var hasReloaded = false
        for index in core.editors.indices {
            let path = core.editors[index].path
            guard let outside = files[path]?.state.outside, !core.editors[index].document.isModified else { continue }
            if outside.version == core.editors[index].document.version {
                effects += reload(index, outside.file, outside.changes, &core)
                hasReloaded = true
            } else {
                _ = files[path]?.state.take(.gone)
                effects.append(.saving(.examine(check(core.editors[index], .noticed))))
            }
        }
        if let undecided = core.editor.undecided, files[core.editor.path]?.hasDeclined == false {
            ask(undecided, &core)
        }
        if let state = files[core.editor.path]?.state, state.outside != nil, !state.isPutOff, !isAboutToAsk {
            isAboutToAsk = true
            effects.append(pause)
        }
        // What follows from the new text is kept too.
        if hasReloaded { core.announce(.settled) }
        return effects
    }

    /// Typing goes on: what is to be asked waits.
    var pause: Effect { .wait("disk", milliseconds: 700, then: .saving(.pause)) }

    private mutating func askAboutOutside(_ core: inout StudioCore) {
        isAboutToAsk = false
        guard core.modal == nil, let state = files[core.editor.path]?.state, state.outside != nil, !state.isPutOff
        else { return }
        askActive(&core)
    }

    private mutating func askActive(_ core: inout StudioCore) {
        guard core.modal == nil else { return }
        core.modal = .confirm(question(of: core.editor))
        asked = core.editor.path
    }

    private func question(of editor: Editor) -> Confirmation {
        let path = editor.path
        var isSaving = false
        if case .changed(_, .saving)? = files[path]?.state { isSaving = true }
        return Confirmation(
            question: "\(editor.displayName) was changed by another program.",
            answers: [
                .init("r", "reload", .saving(.reloadOutside(path: path))),
                .init("k", isSaving ? "keep mine and save" : "keep mine", .saving(.keepMine(path: path))),
                .init("c", "compare", .saving(.compareOutside(path: path))),
            ],
            escape: "later", escaped: .saving(.decideLater(path: path)))
    }

    private mutating func keepMine(_ path: String, _ core: inout StudioCore) -> [Effect] {
        guard let index = core.index(of: path), let outside = files[path]?.state.outside else { return [] }
        // Who saves now replaces this file; one that changes yet again is asked about again.
        adopt(outside.file, at: index, &core)
        guard case .changed(_, .saving(let save))? = files[path]?.state else {
            core.say("Saving will replace what the other program wrote.")
            return take(.kept, path, core)
        }
        // With what was written since it was refused.
        _ = files[path]?.state.take(.kept)
        files[path]?.state = .idle
        return self.save(at: path, &core, closes: save.closes)
    }

    /// The file's text takes the place of the document's as one step of undo; caret, selection and scroll stay where they
    /// were in what stays.
    private mutating func reload(_ index: Int, _ file: FileReading, _ changes: ChangeSet, _ core: inout StudioCore)
        -> [Effect]
    {
        let encoding = core.editors[index].format.encoding
        let before = core.editors[index]
        do throws(ChangeError) { try core.editors[index].reload(file, by: changes) } catch {
            _ = files[before.path]?.state.take(.gone)
            return [.saving(.examine(check(core.editors[index], .noticed)))]
        }
        know(file.text, before.path)
        let editor = core.editors[index]
        if !reloaded.contains(editor.path) { reloaded.append(editor.path) }
        let back = editor.isReadOnly ? "." : "; \(core.undoHint) brings back what was here."
        if encoding != editor.format.encoding {
            core.say(
                "\(editor.displayName) was changed by another program and is \(editor.format.encoding.rawValue) now\(back)"
            )
        } else if reloaded.count > 1 {
            core.say("\(reloaded.count) articles were changed by other programs and are shown as they are now.")
        } else {
            core.say("\(editor.displayName) is shown as it is on the disk now\(back)")
        }
        let effects = take(.shown, editor.path, core)
        if !changes.isIdentity {
            core.didChange(
                index, changes, .command("reload"), from: before.text, before.document.history.stepCount)
        }
        // Its history ends with another text than the one that was kept, and nothing of it is for the journal.
        core.announce(.articleSaved(path: editor.path))
        core.post(.saving(.forgetChanges(path: editor.path)))
        return effects
    }
}

extension Editor {
    /// The file's text takes the place of the document's.
    fileprivate mutating func reload(_ file: FileReading, by changes: ChangeSet) throws(ChangeError) {
        let selection = document.selection
        let top = min(scroll.line, text.lineCount - 1)
        let wasGrouped = document.isGrouped
        if wasGrouped { endUndoGroup() }
        sealHistory()
        let start = text.lineStart(top)
        let mapped = Selection(
            anchor: changes.map(selection.anchor, bias: .before), head: changes.map(selection.head, bias: .before))
        let column = preferredColumn
        try apply(Edit(changes: changes, selection: mapped, origin: .command("reload")))
        preferredColumn = column
        if scroll.line > 0 { scroll.line = text.line(at: changes.map(start, bias: .after)) }
        scroll.row = min(scroll.row, scroll.line == top ? scroll.row : 0)
        if wasGrouped { beginUndoGroup() }
        stamp = file.stamp
        // What is to be converted when it is saved still is.
        let isConverting = format.encoding != encodingOnDisk && file.format.encoding == encodingOnDisk
        format = isConverting ? FileFormat(usesCRLF: file.format.usesCRLF, encoding: format.encoding) : file.format
        encodingOnDisk = file.format.encoding
        if lockOwner == nil { isReadOnly = file.isReadOnly }
        markSaved()
    }
}
