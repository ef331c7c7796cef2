import Review
import Screen
import TextCore

/// What is asked of the versions on the disk. An `id` is the one of a `VersionRow`.
public enum VersionsEffect: Sendable {
    case list(path: String, Text)
    case compare(path: String, id: String, Text, FileEncoding)
    case fetch(path: String, id: String, FileEncoding)
}

/// What the writer asks of an article's versions, and what was read of them.
public enum VersionsEvent: Sendable {
    /// The writer wants to see them.
    case show
    /// A key while the list has the keys.
    case pressed(Key)
    case listed(path: String, Result<[VersionRow], Failure>)
    case compared(path: String, id: String, Result<[DiffPiece], Failure>)
    case fetched(path: String, id: String, Result<Text, Failure>)
}

/// What each save kept of the article. It has nothing to remember but what lies over the panes.
struct VersionsState: Feature {
    init() {}

    mutating func handle(_ event: VersionsEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .show: return [.versions(.list(path: core.editor.path, core.editor.text))]
        case .pressed(let key):
            guard let list = core.panel(VersionList.self) else { return [] }
            return press(&core, key, in: list)
        case .listed(let path, .success(let rows)):
            guard path == core.editor.path, core.modal == nil else { return [] }
            core.modal = .panel(VersionList(path: path, rows: rows))
        case .compared(_, let id, .success(let difference)):
            guard var list = core.panel(VersionList.self), list.rows.indices.contains(list.selected),
                list.rows[list.selected].id == id
            else { return [] }
            list.difference = difference
            list.scroll = 0
            core.modal = .panel(list)
        case .fetched(let path, _, .success(let text)): return restore(&core, text, in: path)
        case .listed(_, .failure(let failure)), .compared(_, _, .failure(let failure)),
            .fetched(_, _, .failure(let failure)):
            core.say(failure)
        }
        return []
    }

    /// Keys in the list of versions, and in a comparison.
    private func press(_ core: inout StudioCore, _ key: Key, in list: VersionList) -> [Effect] {
        var list = list
        let row = list.rows.indices.contains(list.selected) ? list.rows[list.selected] : nil
        if key == .character("r"), let row {
            core.modal = nil
            return [.versions(.fetch(path: list.path, id: row.id, core.editor.encodingOnDisk))]
        }
        if list.difference != nil {
            guard let scroll = core.scrolled(list.scroll, by: key == .enter ? .escape : key) else {
                list.difference = nil
                core.modal = .panel(list)
                return []
            }
            list.scroll = scroll
            core.modal = .panel(list)
            return []
        }
        switch key {
        case .escape, .character("q"), .control("q"):
            core.modal = nil
            return []
        case .up, .character("k"), .control("p"): list.selected = max(0, list.selected - 1)
        case .down, .character("j"), .control("n"): list.selected = min(max(0, list.rows.count - 1), list.selected + 1)
        case .pageUp: list.selected = max(0, list.selected - 10)
        case .pageDown: list.selected = min(max(0, list.rows.count - 1), list.selected + 10)
        case .enter, .character("d"):
            guard let row else { return [] }
            return [.versions(.compare(path: list.path, id: row.id, core.editor.text, core.editor.encodingOnDisk))]
        default: return []
        }
        core.modal = .panel(list)
        return []
    }

    /// A version takes the place of the text, as one step of undo.
    private func restore(_ core: inout StudioCore, _ text: Text, in path: String) -> [Effect] {
        guard core.editor.path == path, !core.editor.isReadOnly else { return [] }
        let (old, new) = (core.editor.text.string, text.string)
        guard old != new else {
            core.say("The text is that version already.")
            return []
        }
        // The caret stays in the part that is the same.
        let same = zip(old.utf8, new.utf8).prefix { $0 == $1 }.count
        let caret = text.scalarBoundary(atOrBefore: min(core.editor.caret, max(same, 0), new.utf8.count))
        let changes = ChangeSet(length: old.utf8.count, replacing: [(range: 0..<old.utf8.count, with: new)])
        let effects = core.apply(
            Edit(changes: changes, selection: Selection(caret), origin: .command("restore-version")))
        core.say(
            "The version is back; \(core.undoHint) takes it away again, saving keeps it.",
            .success)
        return effects
    }
}
