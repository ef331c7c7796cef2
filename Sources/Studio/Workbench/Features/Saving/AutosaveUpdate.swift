import Screen
import TextCore

/// Saving without being asked, where the settings want it: when typing rests, and when the writer turns to something else.
///
/// What another program wrote is never replaced that way. Where it can't be saved, that is said once, and then only the writer
/// saves the article.
extension Workspace {
    /// Where the writer is and how often the open articles have changed, to see what an event did.
    struct Moment {
        var path: String
        var changes: Int
    }

    var moment: Moment { Moment(path: editor.path, changes: editors.reduce(0) { $0 + $1.document.version }) }

    /// What is saved, or will be, after what happened since `before`.
    mutating func autosave(since before: Moment) -> [Effect] {
        guard let seconds = environment.autosave else { return [] }
        var effects: [Effect] = []
        if editor.path != before.path { effects += autosave(before.path) }
        if moment.changes != before.changes { effects.append(.wait(.autosave, milliseconds: seconds * 1_000)) }
        return effects
    }

    /// Saves what isn't.
    mutating func autosaveAll() -> [Effect] { editors.map(\.path).flatMap { autosave($0) } }

    private mutating func autosave(_ path: String) -> [Effect] {
        guard let seconds = environment.autosave else { return [] }
        let isFree = withEditor(path: path) { editor -> Bool? in
            guard editor.document.isModified, !editor.isReadOnly, !editor.isAutosaveHeld, editor.disk.outside == nil,
                editor.disk.undecided == nil
            else { return nil }
            return editor.savingVersion == nil
        }
        guard let isFree = isFree.flatMap({ $0 }) else { return [] }
        // What is being saved isn't the newest; and who is asked whether to save or to discard must find that open.
        if case .confirm = modal { return [.wait(.autosave, milliseconds: seconds * 1_000)] }
        return isFree ? save(at: path, asked: false) : [.wait(.autosave, milliseconds: seconds * 1_000)]
    }

    /// Whether a save that failed was nobody's wish: then nothing is asked, and the article waits for the writer.
    mutating func holdAutosave(_ failure: SaveFailure, of path: String) -> Bool {
        let name = withEditor(path: path) { editor -> String? in
            guard !editor.isSaveAsked, editor.nextSave == nil else { return nil }
            (editor.savingVersion, editor.isAutosaveHeld) = (nil, true)
            return editor.displayName
        }
        guard let name = name.flatMap({ $0 }) else { return false }
        let key = environment.keymap.base == .vim ? ":w" : environment.keymap.hint("save")
        switch failure {
        case .changedOnDisk:
            say(
                Failure(
                    message: "Autosave is off for \(name): another program changed it.", hint: "\(key) asks what to do."
                ))
        case .failed(let failure):
            say(Failure(message: failure.sentence, hint: "Autosave is off for \(name) until \(key) has saved it."))
        }
        return true
    }
}
