import Screen
import TextCore

/// Articles whose files other programs touch.
///
/// What changed is read off the main thread and waits in the editor's `disk.outside`. Where nothing is unsaved, the text is shown as it now is;
/// where something is, the article is asked about once it is looked at and typing rests, so that no key that was meant for the text answers.
extension Workspace {
    mutating func receive(_ answer: DiskAnswer) -> [Effect] {
        switch answer {
        case .seen(let stamps): return stamps.flatMap { seen($0.value, at: $0.key) }
        case .examined(let check, let finding): return receive(finding, of: check)
        case .compared(let path, let pieces):
            guard case .confirm(let question) = modal, case .outside(path, _) = question.subject else { return [] }
            modal = .comparison(
                Comparison(title: "From the file on the disk to this text", pieces: pieces, question: question))
            return []
        case .takenOver(let path, let lockOwner, let isReadOnly, let journal):
            return takeOver(path, lockOwner, isReadOnly, journal)
        case .named(let naming, let outcome): return receive(naming, outcome)
        case .isOpenAs(let path, let other):
            // What was asked about and never opened is let go of.
            guard let index = editors.firstIndex(where: { $0.path == other }) else {
                return [.disk(.release(path: other)), .open(path: path, line: nil)]
            }
            say("\(paths.shown(path)) is the same file as \(editors[index].displayName), which is open.")
            goToEditor(index)
            return afterFileChange()
        }
    }

    private mutating func seen(_ stamp: FileStamp?, at path: String) -> [Effect] {
        withEditor(path: path) { editor -> [Effect] in
            if editor.savingVersion != nil {
                editor.disk.mustLook = true
                return []
            }
            let known = editor.disk.outside.map(\.file.stamp) ?? editor.stamp
            guard stamp != known, editor.disk.undecided == nil else { return [] }
            return [.disk(.examine(editor.fileCheck(.noticed)))]
        } ?? []
    }

    private mutating func receive(_ finding: FileFinding, of check: FileCheck) -> [Effect] {
        guard let index = editors.firstIndex(where: { $0.path == check.path }) else { return [] }
        if editors[index].savingVersion != nil {
            editors[index].disk.mustLook = true
            return []
        }
        guard editors[index].disk.generation == check.generation else {
            return [.disk(.examine(editors[index].fileCheck(check.purpose)))]
        }
        switch finding {
        case .failed(let failure):
            isQuitting = false
            say(failure)
            return []
        case .same(let file):
            // One that was gone and is back as it was is saved again.
            if editors[index].stamp == nil, editors[index].text == file.text { editors[index].markSaved() }
            editors[index].adopt(file)
            if editors[index].disk.lockOwner == nil { editors[index].isReadOnly = file.isReadOnly }
            return check.purpose == .saving ? save(at: check.path) : []
        case .gone:
            editors[index].stamp = nil
            editors[index].disk.outside = nil
            editors[index].forgetSaved()
            say("\(editors[index].displayName) is no longer on the disk; saving writes it anew.", .error)
            return []
        case .changed(let file, let changes):
            // Typing went on: the change is worked out again.
            guard editors[index].document.version == check.version else {
                return [.disk(.examine(editors[index].fileCheck(check.purpose)))]
            }
            if check.purpose == .rereading { return reload(index, file, changes) }
            editors[index].disk.outside = ExternalChange(file: file, changes: changes, version: check.version)
            // Where nothing is unsaved it is shown without asking.
            if check.purpose == .saving, editors[index].document.isModified {
                isQuitting = false
                if index != activeIndex, modal == nil { goToEditor(index) }
                ask(isSaving: true)
            }
            return []
        }
    }

    /// Looks at a file that was seen to change while it was being saved.
    mutating func lookAgain(at path: String) -> [Effect] {
        withEditor(path: path) { editor -> [Effect] in
            defer { editor.disk.mustLook = false }
            return editor.disk.mustLook ? [.disk(.look)] : []
        } ?? []
    }

    /// After each event: shows what can be shown without asking, and asks about the article on the screen once typing rests.
    mutating func settleDisk() -> [Effect] {
        guard modal == nil else { return [] }
        var effects: [Effect] = []
        for index in editors.indices where editors[index].savingVersion == nil {
            guard let outside = editors[index].disk.outside, !editors[index].document.isModified else { continue }
            if outside.version == editors[index].document.version {
                effects += reload(index, outside.file, outside.changes)
            } else {
                editors[index].disk.outside = nil
                effects.append(.disk(.examine(editors[index].fileCheck(.noticed))))
            }
        }
        if let undecided = editor.disk.undecided, !editor.disk.hasDeclined { ask(undecided) }
        if let outside = editor.disk.outside, !outside.isPutOff, editor.savingVersion == nil, !articles.isAboutToAsk {
            articles.isAboutToAsk = true
            effects.append(.wait(.disk, milliseconds: 700))
        }
        return effects
    }

    /// The writer pauses.
    mutating func askAboutDisk() -> [Effect] {
        articles.isAboutToAsk = false
        guard modal == nil, let outside = editor.disk.outside, !outside.isPutOff, editor.savingVersion == nil else {
            return []
        }
        ask(isSaving: false)
        return []
    }

    private mutating func ask(isSaving: Bool) {
        guard modal == nil else { return }
        modal = .confirm(
            Confirmation(
                subject: .outside(path: editor.path, isSaving: isSaving),
                question: "\(editor.displayName) was changed by another program.",
                answers: [("r", "reload"), ("k", isSaving ? "keep mine and save" : "keep mine"), ("c", "compare")],
                escape: "later"))
    }

    mutating func answer(outside path: String, isSaving: Bool, _ key: Character, _ question: Confirmation) -> [Effect] {
        guard let index = editors.firstIndex(where: { $0.path == path }), let outside = editors[index].disk.outside
        else { return [] }
        switch key {
        case "r":
            editors[index].closesAfterSave = false
            return [.disk(.examine(editors[index].fileCheck(.rereading)))]
        case "c":
            modal = .confirm(question)
            return [.disk(.compare(path: path, file: outside.file.text, text: editors[index].text))]
        default:
            // Who saves now replaces this file; one that changes yet again is asked about again.
            editors[index].adopt(outside.file)
            if isSaving { return save(at: path) }
            say("Saving will replace what the other program wrote.")
            return []
        }
    }

    /// Esc: it is asked again when the article is saved.
    mutating func putOffOutside(_ path: String) {
        _ = withEditor(path: path) {
            $0.disk.outside?.isPutOff = true
            $0.closesAfterSave = false
        }
        say("Asked again when it is saved.")
    }

    private mutating func reload(_ index: Int, _ file: FileReading, _ changes: ChangeSet) -> [Effect] {
        let encoding = editors[index].format.encoding
        let before = (text: editors[index].text, steps: editors[index].document.history.stepCount)
        do throws(ChangeError) { try editors[index].reload(file, by: changes) } catch {
            editors[index].disk.outside = nil
            return [.disk(.examine(editors[index].fileCheck(.noticed)))]
        }
        let editor = editors[index]
        if !articles.reloaded.contains(editor.path) { articles.reloaded.append(editor.path) }
        let undo = environment.keymap.base == .vim ? "u" : environment.keymap.hint("undo")
        let back = editor.isReadOnly ? "." : "; \(undo) brings back what was here."
        if encoding != editor.format.encoding {
            say(
                "\(editor.displayName) was changed by another program and is \(editor.format.encoding.rawValue) now\(back)"
            )
        } else if articles.reloaded.count > 1 {
            say("\(articles.reloaded.count) articles were changed by other programs and are shown as they are now.")
        } else {
            say("\(editor.displayName) is shown as it is on the disk now\(back)")
        }
        if !changes.isIdentity {
            noteWords(
                of: Edit(changes: changes, selection: editor.document.selection, origin: .command("reload")),
                index: index, before: before)
        }
        // Its history ends with another text than the one that was kept.
        articles.saved.append(editor.path)
        articles.generation += 1
        editors[index].isAutosaveHeld = false
        var effects = endJournal(of: editor.path)
        if index == activeIndex {
            outline.map(through: changes)
            vim.map(through: changes)
            effects += effectsOfChange()
        }
        return effects
    }

    // MARK: Comparing

    /// Keys in a comparison: those of its question come before those that scroll.
    mutating func press(_ key: Key, in comparison: Comparison) -> [Effect] {
        if case .character(let character) = key, character != "c",
            comparison.question.answers.contains(where: { $0.key == character })
        {
            return press(key, in: comparison.question)
        }
        guard let scroll = scrolled(comparison.scroll, by: key == .enter ? .escape : key) else {
            modal = .confirm(comparison.question)
            return []
        }
        var comparison = comparison
        comparison.scroll = scroll
        modal = .comparison(comparison)
        return []
    }
}
