import Screen

/// One line of text under edit, in grapheme steps.
struct TextField: Sendable, Equatable {
    private(set) var text: String
    /// The caret, in Characters from the start: a field is short.
    private(set) var caret: Int

    init(_ text: String) {
        self.text = text
        self.caret = text.count
    }

    mutating func insert(_ new: String) {
        let index = text.index(text.startIndex, offsetBy: caret)
        let line = new.replacing("\n", with: " ")
        let before = text.count
        text.insert(contentsOf: line, at: index)
        caret += text.count - before
    }
    mutating func deleteBackward() {
        guard caret > 0 else { return }
        text.remove(at: text.index(text.startIndex, offsetBy: caret - 1))
        caret = min(caret - 1, text.count)
    }
    mutating func deleteForward() {
        guard caret < text.count else { return }
        text.remove(at: text.index(text.startIndex, offsetBy: caret))
    }
    mutating func move(by delta: Int) { caret = min(max(0, caret + delta), text.count) }
    mutating func moveToStart() { caret = 0 }
    mutating func moveToEnd() { caret = text.count }
    mutating func clear() { self = TextField("") }
    /// The text before the caret, for placing the cursor.
    var beforeCaret: String { String(text.prefix(caret)) }
}

extension TextField {
    /// Takes an editing key; false where the key is not one.
    mutating func press(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .backspace: deleteBackward()
        case .delete: deleteForward()
        case .left: move(by: -1)
        case .right: move(by: 1)
        case .home, .control("a"): moveToStart()
        case .end, .control("e"): moveToEnd()
        case .control("u"): clear()
        default: return false
        }
        return true
    }
}
