import Screen
import TextCore

extension CommandTable {
    static let versionCommands: [Command] = [
        Command(
            "article-versions", "Versions of this article",
            "What each save kept: compare one with the text as it is, or bring it back.", in: .everywhere, [.alt("V")]
        ) {
            [.versions(.list(path: $0.editor.path, $0.editor.text))]
        }
    ]
}

extension Workspace {
    mutating func receive(_ answer: VersionAnswer) -> [Effect] {
        switch answer {
        case .listed(let path, .success(let rows)):
            guard path == editor.path, modal == nil else { return [] }
            modal = .versions(VersionList(path: path, rows: rows))
        case .compared(_, let id, .success(let difference)):
            guard case .versions(var list) = modal, list.rows.indices.contains(list.selected),
                list.rows[list.selected].id == id
            else { return [] }
            list.difference = difference
            list.scroll = 0
            modal = .versions(list)
        case .fetched(let path, _, .success(let text)): return restore(text, in: path)
        case .listed(_, .failure(let failure)), .compared(_, _, .failure(let failure)),
            .fetched(_, _, .failure(let failure)):
            say(failure)
        }
        return []
    }

    /// Keys in the list of versions, and in a comparison.
    mutating func press(_ key: Key, in list: VersionList) -> [Effect] {
        var list = list
        let row = list.rows.indices.contains(list.selected) ? list.rows[list.selected] : nil
        if key == .character("r"), let row {
            modal = nil
            return [.versions(.fetch(path: list.path, id: row.id, editor.disk.encoding))]
        }
        if list.difference != nil {
            guard let scroll = scrolled(list.scroll, by: key == .enter ? .escape : key) else {
                list.difference = nil
                modal = .versions(list)
                return []
            }
            list.scroll = scroll
            modal = .versions(list)
            return []
        }
        switch key {
        case .escape, .character("q"), .control("q"):
            modal = nil
            return []
        case .up, .character("k"), .control("p"): list.selected = max(0, list.selected - 1)
        case .down, .character("j"), .control("n"): list.selected = min(max(0, list.rows.count - 1), list.selected + 1)
        case .pageUp: list.selected = max(0, list.selected - 10)
        case .pageDown: list.selected = min(max(0, list.rows.count - 1), list.selected + 10)
        case .enter, .character("d"):
            guard let row else { return [] }
            return [.versions(.compare(path: list.path, id: row.id, editor.text, editor.disk.encoding))]
        default: return []
        }
        modal = .versions(list)
        return []
    }

    /// A version takes the place of the text, as one step of undo.
    private mutating func restore(_ text: Text, in path: String) -> [Effect] {
        guard editor.path == path, !editor.isReadOnly else { return [] }
        let (old, new) = (editor.text.string, text.string)
        guard old != new else {
            say("The text is that version already.")
            return []
        }
        // The caret stays in the part that is the same.
        let same = zip(old.utf8, new.utf8).prefix { $0 == $1 }.count
        let caret = text.scalarBoundary(atOrBefore: min(editor.caret, max(same, 0), new.utf8.count))
        let changes = ChangeSet(length: old.utf8.count, replacing: [(range: 0..<old.utf8.count, with: new)])
        let effects = apply(Edit(changes: changes, selection: Selection(caret), origin: .command("restore-version")))
        say(
            "The version is back; \(environment.keymap.base == .vim ? "u" : environment.keymap.hint("undo")) takes it away again, saving keeps it.",
            .success)
        return effects
    }
}
