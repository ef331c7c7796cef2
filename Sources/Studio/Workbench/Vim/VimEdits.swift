import TextCore

extension VimCommand {
    /// Whether the command is one that an article for reading only refuses.
    var changesText: Bool {
        switch action {
        case .simple(let name, _): Self.changing.contains(name)
        default: operation.map { $0 != "y" && $0 != "Y" } ?? false
        }
    }

    /// Commands that are no operators, in normal and visual mode.
    private static let changing: Set<String> = [
        "i", "a", "I", "A", "o", "O", "gi", "<Insert>", "R", "p", "P", "J", "gJ", "~", "r", "u", "U", "<C-r>", ".", "&",
    ]
}

extension Workspace {
    /// How much a command with a count may insert, in bytes: beyond that it would fill the memory.
    static var largestInsertion: Int { 1 << 24 }

    /// One edit of the vim keymap, of ranges in order, and what follows from it where it was made: an edit that was refused
    /// leaves the text, the caret and what would be computed from them as they were.
    mutating func vimChange(
        _ edits: [(range: Range<Int>, with: String)], caret: Int, origin: String = "vim",
        then follow: (inout Editor) -> Void = { _ in }
    ) -> [Effect] {
        let inserted = edits.reduce(0) { $0 + $1.with.utf8.count }
        guard inserted <= Self.largestInsertion else { return vimRefuse(bytes: inserted) }
        let version = editor.document.version
        let changes = ChangeSet(length: editor.text.utf8Count, replacing: edits)
        let effects = apply(Edit(changes: changes, selection: Selection(caret), origin: .command(origin)))
        guard editor.document.version != version || (changes.isIdentity && !editor.isReadOnly) else {
            return effects + vimFail()
        }
        withEditor(follow)
        return effects
    }

    /// One edit of one range.
    mutating func vimReplace(
        _ range: Range<Int>, with string: String, caret: Int, then follow: (inout Editor) -> Void = { _ in }
    ) -> [Effect] {
        guard !range.isEmpty || !string.isEmpty else {
            withEditor { $0.select(Selection(caret)) }
            withEditor(follow)
            return []
        }
        return vimChange([(range, string)], caret: caret, then: follow)
    }

    /// `text` as often as a count says; nil, and said, where that is more than fits.
    mutating func vimRepeated(_ text: String, _ times: Int) -> String? {
        let (bytes, isTooLarge) = text.utf8.count.multipliedReportingOverflow(by: times)
        guard !isTooLarge, bytes <= Self.largestInsertion else {
            _ = vimRefuse(bytes: isTooLarge ? .max : bytes)
            return nil
        }
        return String(repeating: text, count: times)
    }

    /// The article can't be edited.
    mutating func vimRefuse() -> [Effect] {
        core.announce(.editRefused)
        vim.hasFailed = true
        return []
    }

    private mutating func vimRefuse(bytes: Int) -> [Effect] {
        say(
            "That would insert \(bytes >> 20) MB; \(Self.largestInsertion >> 20) MB is the most that one command inserts.",
            .error)
        return vimFail()
    }
}
