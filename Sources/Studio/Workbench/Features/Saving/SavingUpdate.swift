import TextCore

extension SavingState {
    mutating func handle(_ event: SavingEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .save: return saveActive(&core)
        case .saveAsUTF8: return saveAsUTF8(&core)
        case .saveAll: return saveModified(&core)
        case .saveAndClose: return saveAndClose(&core)
        case .saveAllAndQuit, .quitSavingAll:
            guard core.hasUnsavedChanges else {
                core.post(.input(.leave))
                return []
            }
            isQuitting = true
            return saveModified(&core)
        case .quit: quitOrAsk(&core)
        case .quitDiscarding:
            let effects = core.editors.flatMap { endJournal(of: $0.path, core) }
            core.post(.input(.leave))
            return effects
        case .close: return closeOrAsk(&core)
        case .closeSaving: return save(at: core.editor.path, &core, closes: true)
        case .closeDiscarding:
            let effects = endJournal(of: core.editor.path, core)
            core.close(path: core.editor.path)
            return effects
        case .closeOrQuit(let isDiscarding):
            let effects = isDiscarding ? endJournal(of: core.editor.path, core) : []
            if core.close(path: core.editor.path) { return effects }
            core.post(.input(.leave))
            return effects
        case .journalRests: return writeJournals(core)
        case .forgetChanges(let path): return endJournal(of: path, core)
        case .typingRests: return autosaveAll(&core)
        case .saved(let path, _, .success(let stamp)): return didSave(path, stamp, &core)
        case .saved(let path, _, .failure(let failure)): return didNotSave(path, failure, &core)
        case .copied(.success(let path)):
            core.say("Wrote \(core.paths.shown(path)).", .success)
            core.announce(.fileWritten(path: path))
        case .copied(.failure(let failure)): core.say(failure)
        case .focusIn:
            return [.saving(.look)]
                + core.editors.filter { $0.lockOwner != nil }.map { .saving(.takeOver(check($0, .noticed))) }
        case .focusOut: return autosaveAll(&core)
        case .askName, .name, .completeName, .replaceFile, .leaveFile, .named, .writeCopy:
            return handleNaming(event, &core)
        case .recoveryDifference, .recover, .recovered, .compareRecovered, .leaveRecovered, .askDiscard, .discard,
            .offerAgain:
            return handleRecovery(event, &core)
        case .opened, .isOpenAs, .takenOver, .welcome, .choose, .decline: return handleOpening(event, &core)
        case .reread, .seen, .examined, .compared, .pause, .reloadOutside, .keepMine, .compareOutside, .decideLater:
            return handleOutside(event, &core)
        }
        return []
    }

    mutating func hear(_ announcement: Announcement, _ core: inout StudioCore) -> [Effect] {
        switch announcement {
        case .articleOpened(let path):
            if let index = core.index(of: path) { files[path] = File(core.editors[index].text) }
        case .articleRead(let file): didRead(file, &core)
        case .articleClosed(let editor): files[editor.path] = nil
        case .articleWanted(let path, let line): return [.saving(.open(path: path, line: line))]
        case .articleShown:
            greetArticle(&core)
            if let file = unclaimed.removeValue(forKey: core.editor.path), !core.editor.document.isModified {
                offerRecovery(of: file, &core)
            }
        case .articleLeft(let path): return autosave(path, &core)
        case .textChanged(let change): return note(change, core)
        case .editRefused: return refuseEdit(&core)
        case .textMustLast(let path): return writeJournal(of: path, core)
        case .leaving: return writeJournals(core)
        case .keyPressed:
            reloaded = []
            // What is to be asked waits.
            return isAboutToAsk ? [pause] : []
        case .settled: return settle(&core)
        default: break
        }
        return []
    }

    // MARK: Saving

    private mutating func saveActive(_ core: inout StudioCore, closes: Bool = false) -> [Effect] {
        guard !core.editor.isReadOnly else { return refuseSave(&core) }
        // A long one takes a while, in which nothing else is seen of it.
        if core.editor.text.utf8Count > 4 << 20 { core.say("Saving \(core.editor.displayName)…") }
        return save(at: core.editor.path, &core, closes: closes)
    }

    private mutating func saveModified(_ core: inout StudioCore) -> [Effect] {
        core.editors.filter(\.document.isModified).map(\.path).flatMap { save(at: $0, &core) }
    }

    /// Asks for the open file at `path` to be written.
    ///
    /// - Parameter isAsked: the writer wants it saved.
    mutating func save(at path: String, _ core: inout StudioCore, isAsked: Bool = true, closes: Bool = false)
        -> [Effect]
    {
        guard let index = core.index(of: path) else { return [] }
        // The journal has what is saved first: a crash in between finds the one or the other whole.
        let journal = writeJournal(of: path, core)
        core.editors[index].sealHistory()
        let editor = core.editors[index]
        let save = Save(text: editor.text, version: editor.document.version, isAsked: isAsked, closes: closes)
        return journal + take(.wanted(save), path, core)
    }

    private mutating func didSave(_ path: String, _ stamp: FileStamp, _ core: inout StudioCore) -> [Effect] {
        guard let index = core.index(of: path), case .writing(let save, let next, _)? = files[path]?.state else {
            return []
        }
        core.editors[index].stamp = stamp
        core.editors[index].encodingOnDisk = core.editors[index].format.encoding
        know(save.text, path)
        if core.editors[index].document.version == save.version { core.editors[index].markSaved() }
        let editor = core.editors[index]
        // Undone meanwhile to what the file held before: that isn't what it holds now.
        if next == nil, editor.document.version != save.version, !editor.document.isModified {
            _ = files[path]?.state.take(
                .wanted(Save(text: editor.text, version: editor.document.version, isAsked: save.isAsked)))
        }
        var effects = take(.written, path, core)
        if case .writing? = files[path]?.state { return effects }
        if save.isAsked { core.say("Saved \(editor.displayName).", .success) }
        if !editor.document.isModified { effects = endJournal(of: path, core) + effects }
        core.announce(.articleSaved(path: path))
        core.announce(.fileWritten(path: path))
        if save.closes, !editor.document.isModified { core.close(path: path) }
        if isQuitting, !core.hasUnsavedChanges { core.post(.input(.leave)) }
        return effects
    }

    private mutating func didNotSave(_ path: String, _ failure: SaveFailure, _ core: inout StudioCore) -> [Effect] {
        guard let index = core.index(of: path) else {
            if case .failed(let reason) = failure { core.say(reason) }
            return []
        }
        guard case .writing? = files[path]?.state else { return [] }
        let (editor, happening): (Editor, SaveState.Happening) =
            failure == .changedOnDisk ? (core.editors[index], .refused) : (core.editors[index], .failed)
        let effects = take(happening, path, core)
        if case .held? = files[path]?.state {
            tellOfHeldAutosave(failure, editor, &core)
            return effects
        }
        guard case .failed(let reason) = failure else { return effects }
        isQuitting = false
        core.say(reason)
        return effects
    }

    // MARK: Leaving

    private func quitOrAsk(_ core: inout StudioCore) {
        guard core.hasUnsavedChanges else { return core.post(.input(.leave)) }
        let all = core.editors.filter(\.document.isModified).count > 1 ? " all" : ""
        core.modal = .confirm(
            Confirmation(
                question: [unsavedNames(core), core.proposalsLeft].compactMap { $0 }.joined(separator: " "),
                answers: [
                    .init("s", "save\(all) and quit", .saving(.quitSavingAll)),
                    .init("d", "discard\(all) and quit", .saving(.quitDiscarding)),
                ]))
    }

    private mutating func closeOrAsk(_ core: inout StudioCore) -> [Effect] {
        guard core.editors.count > 1 else {
            core.say("This is the only open article; \(core.hint("quit")) quits.")
            return []
        }
        guard core.editor.document.isModified else {
            core.close(path: core.editor.path)
            return []
        }
        core.modal = .confirm(
            Confirmation(
                question: "\(core.editor.displayName) is not saved.",
                answers: [
                    .init("s", "save and close", .saving(.closeSaving)),
                    .init("d", "discard and close", .saving(.closeDiscarding)),
                ]))
        return []
    }

    private mutating func saveAndClose(_ core: inout StudioCore) -> [Effect] {
        if core.editors.count == 1 { isQuitting = true }
        return saveActive(&core, closes: core.editors.count > 1)
    }

    /// A sentence's subject: the articles that aren't saved. At most three are named.
    private func unsavedNames(_ core: StudioCore) -> String {
        let names = core.editors.filter(\.document.isModified).map(\.displayName)
        guard names.count > 1 else { return (names.first ?? core.editor.displayName) + " is not saved." }
        if names.count > 3 { return "\(names[0]), \(names[1]) and \(names.count - 2) more are not saved." }
        return names.dropLast().joined(separator: ", ") + " and \(names[names.count - 1]) are not saved."
    }
}
