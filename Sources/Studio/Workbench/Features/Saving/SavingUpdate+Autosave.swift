import TextCore

/// Saving without being asked, where the settings want it: when typing rests, and when the writer turns to something else.
///
/// What another program wrote is never replaced that way. Where it can't be saved, that is said once, and then only the writer
/// saves the article.
///
/// Such a save expects the file to be as it was, or not to be there.
extension SavingState {
    /// How long a change waits for its journal, in milliseconds; those that come meanwhile are written with it.
    static let journalPause = 400

    /// A change goes to the journal soon, however long typing goes on, and into the file once typing rests.
    mutating func note(_ change: TextChange, _ core: StudioCore) -> [Effect] {
        files[change.path]?.journal.note(change.changes)
        var effects: [Effect] = []
        if !isJournalAwaited {
            isJournalAwaited = true
            effects.append(.wait("journal", milliseconds: Self.journalPause, then: .saving(.journalRests)))
        }
        if let seconds = core.environment.autosave { effects.append(rest(seconds)) }
        return effects
    }

    private func rest(_ seconds: Int) -> Effect {
        .wait("autosave", milliseconds: seconds * 1_000, then: .saving(.typingRests))
    }

    /// Saves what isn't.
    mutating func autosaveAll(_ core: inout StudioCore) -> [Effect] {
        core.editors.map(\.path).flatMap { autosave($0, &core) }
    }

    mutating func autosave(_ path: String, _ core: inout StudioCore) -> [Effect] {
        guard let seconds = core.environment.autosave, let index = core.index(of: path), let file = files[path],
            core.editors[index].document.isModified, !core.editors[index].isReadOnly,
            core.editors[index].undecided == nil
        else { return [] }
        switch file.state {
        case .held, .changed: return []
        // What is being saved isn't the newest.
        case .writing, .naming: return [rest(seconds)]
        case .idle, .looking:
            // Who is asked whether to save or to discard must find that open.
            if case .confirm = core.modal { return [rest(seconds)] }
            return save(at: path, &core, isAsked: false)
        }
    }

    func tellOfHeldAutosave(_ failure: SaveFailure, _ editor: Editor, _ core: inout StudioCore) {
        let key = core.environment.keymap.base == .vim ? ":w" : core.hint("save")
        let name = editor.displayName
        switch failure {
        case .changedOnDisk:
            core.say(
                Failure(
                    message: "Autosave is off for \(name): another program changed it.", hint: "\(key) asks what to do."
                ))
        case .failed(let failure):
            core.say(Failure(message: failure.sentence, hint: "Autosave is off for \(name) until \(key) has saved it."))
        }
    }

    // MARK: The journal

    /// Gives the journals what they haven't got.
    mutating func writeJournals(_ core: StudioCore) -> [Effect] {
        isJournalAwaited = false
        return core.editors.flatMap { writeJournal(of: $0.path, core) }
    }

    /// Gives the journal what it hasn't got. Where that led back to what the file holds there is nothing to keep.
    mutating func writeJournal(of path: String, _ core: StudioCore) -> [Effect] {
        guard let index = core.index(of: path), let file = files[path], !file.journal.changes.isEmpty else { return [] }
        let editor = core.editors[index]
        guard editor.document.isModified || file.state.isBusy else { return endJournal(of: path, core) }
        let changes = files[path]?.journal.settle() ?? []
        return [
            .saving(
                .journal(
                    path: path,
                    JournalPart(
                        base: file.journal.base, format: editor.format, stamp: editor.stamp, changes: changes,
                        version: editor.document.version, text: editor.text)))
        ]
    }

    /// The article's changes are saved, or given up.
    mutating func endJournal(of path: String, _ core: StudioCore) -> [Effect] {
        if let index = core.index(of: path) { files[path]?.journal.begin(with: core.editors[index].text) }
        return [.saving(.removeJournal(path: path))]
    }
}
