import Screen
import TextCore

extension Workspace {
    /// A click gives a pane the focus and puts the caret or the choice there; two select a word, three a
    /// line; the wheel scrolls.
    mutating func handle(_ event: MouseEvent) -> [Effect] {
        guard modal == nil else {
            switch event.kind {
            case .scrollUp: return takeInModal(.up)
            case .scrollDown: return takeInModal(.down)
            default: return []
            }
        }
        let plan = plan
        if let rect = plan.research, rect.contains(x: event.x, y: event.y) { return mouseInResearch(event, rect) }
        if let rect = plan.outline, rect.contains(x: event.x, y: event.y) { return mouseInOutline(event, rect) }
        guard plan.editor.contains(x: event.x, y: event.y) else { return [] }
        if assistant.isReviewing {
            if event.kind == .scrollUp { assistant.scroll = max(0, assistant.scroll - 3) }
            if event.kind == .scrollDown { assistant.scroll += 3 }
            return []
        }
        switch event.kind {
        case .press where event.button == .left:
            focus = .editor
            let offset = offset(x: event.x, y: event.y)
            return move(to: offset, extending: event.shift, keepingColumn: true)
        case .doublePress where event.button == .left:
            let offset = offset(x: event.x, y: event.y)
            return select(word(at: offset) ?? offset..<offset)
        case .triplePress where event.button == .left:
            return select(editor.text.lineRange(editor.text.line(at: offset(x: event.x, y: event.y))))
        case .drag where event.button == .left:
            let offset = offset(x: event.x, y: event.y)
            return move(to: offset, extending: true, keepingColumn: true)
        case .scrollUp:
            return move(to: caretMovedByRows(-3), extending: false, keepingColumn: true)
        case .scrollDown:
            return move(to: caretMovedByRows(3), extending: false, keepingColumn: true)
        default:
            return []
        }
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
        case .press, .doublePress, .triplePress:
            let index = outline.top + event.y - rect.y - 1
            guard event.y > rect.y, outline.sections.indices.contains(index) else {
                focusOutline()
                return []
            }
            outline.selected = index
            return jumpToSelectedSection()
        case .scrollUp: outline.selected = max(0, outline.selected - 1)
        case .scrollDown: outline.selected = min(max(0, outline.sections.count - 1), outline.selected + 1)
        default: break
        }
        return []
    }

    private mutating func mouseInResearch(_ event: MouseEvent, _ rect: Rect) -> [Effect] {
        switch event.kind {
        case .press, .doublePress, .triplePress:
            focus = .research
            if let index = ResearchView.index(atRow: event.y - rect.y, in: self, rect: rect) {
                research.selected = index
                if event.kind == .doublePress { research.isPreviewing = true }
            }
            return []
        case .scrollUp: return moveResearch(by: -1)
        case .scrollDown: return moveResearch(by: 1)
        default: return []
        }
    }
}
