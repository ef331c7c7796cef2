import Screen
import TextCore

extension Workspace {
    /// A click gives a pane the focus and puts the caret or the choice there; two select a word, three a
    /// line; the wheel scrolls.
    mutating func handle(_ event: MouseEvent) -> [Effect] {
        guard modal == nil else {
            switch event.kind {
            case .scrollUp: return pressInModal(.up)
            case .scrollDown: return pressInModal(.down)
            default: return []
            }
        }
        let plan = plan
        if let rect = plan.research, rect.contains(x: event.x, y: event.y) { return mouseInResearch(event, rect) }
        if let rect = plan.outline, rect.contains(x: event.x, y: event.y) { return mouseInOutline(event, rect) }
        guard plan.editor.contains(x: event.x, y: event.y) else { return [] }
        if isReviewing {
            if event.kind == .scrollUp { return update(.drafting(.scroll(by: -3))) }
            return event.kind == .scrollDown ? update(.drafting(.scroll(by: 3))) : []
        }
        switch event.kind {
        case .press where event.button == .left:
            focus = .editor
            let offset = offset(x: event.x, y: event.y)
            core.move(to: offset, extending: event.shift, keepingColumn: true)
        case .doublePress where event.button == .left:
            let offset = offset(x: event.x, y: event.y)
            return select(word(at: offset) ?? offset..<offset)
        case .triplePress where event.button == .left:
            return select(editor.text.lineRange(editor.text.line(at: offset(x: event.x, y: event.y))))
        case .drag where event.button == .left:
            let offset = offset(x: event.x, y: event.y)
            core.move(to: offset, extending: true, keepingColumn: true)
        case .scrollUp:
            core.move(to: caretMovedByRows(-3), extending: false, keepingColumn: true)
        case .scrollDown:
            core.move(to: caretMovedByRows(3), extending: false, keepingColumn: true)
        default: break
        }
        return []
    }

    private mutating func select(_ range: Range<Int>) -> [Effect] {
        withEditor { $0.select(Selection(anchor: range.lowerBound, head: range.upperBound)) }
        return []
    }

    /// The word whose grapheme is at `offset`, or which ends there; nil between words.
    private func word(at offset: Int) -> Range<Int>? {
        for inside in [offset, editor.text.previousGrapheme(before: offset)] {
            if let span = editor.text.wordSpan(at: inside), span.kind == .word { return span.range }
        }
        return nil
    }

    /// The byte offset under a cell of the editor.
    private func offset(x: Int, y: Int) -> Int {
        let area = textArea
        let layout = EditorLayout(width: area.width, tabWidth: environment.tabWidth)
        let top = EditorLayout.Row(line: editor.scroll.line, index: editor.scroll.row)
        let delta = max(0, y - area.y - editor.scroll.blankRows)
        guard let row = delta == 0 ? top : layout.row(top, movedBy: delta, in: editor.text) else {
            return editor.text.utf8Count
        }
        return layout.offset(at: max(0, x - area.x), of: row, in: editor.text)
    }

    private mutating func mouseInOutline(_ event: MouseEvent, _ rect: Rect) -> [Effect] {
        switch event.kind {
        case .press, .doublePress, .triplePress: update(.outline(.click(row: event.y - rect.y - 1)))
        case .scrollUp: update(.outline(.select(by: -1)))
        case .scrollDown: update(.outline(.select(by: 1)))
        default: []
        }
    }

    private mutating func mouseInResearch(_ event: MouseEvent, _ rect: Rect) -> [Effect] {
        switch event.kind {
        case .press, .doublePress, .triplePress:
            update(.research(.click(row: event.y - rect.y, isDouble: event.kind == .doublePress)))
        case .scrollUp: update(.research(.move(by: -1)))
        case .scrollDown: update(.research(.move(by: 1)))
        default: []
        }
    }
}
