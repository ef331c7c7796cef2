import Screen
import TextCore

extension Workspace {
    mutating func pickHeading() -> [Effect] {
        guard !outline.sections.isEmpty else {
            say("There is no heading yet.")
            return requestOutline()
        }
        modal = .headings(HeadingPicker(outline.sections, origin: (editor.document.selection, editor.scroll)))
        // What was typed just now may be a heading.
        return requestOutline()
    }

    /// Keys while headings are chosen: what is typed narrows them, the text goes along, Enter stays, Esc goes back.
    mutating func press(_ key: Key, in picker: HeadingPicker) -> [Effect] {
        var picker = picker
        let last = max(0, picker.matches.count - 1)
        switch key {
        case .escape:
            modal = nil
            withEditor {
                $0.select(picker.origin.selection)
                $0.scroll = picker.origin.scroll
            }
            return []
        case .up, .control("p"), .backTab: picker.selected = picker.selected > 0 ? picker.selected - 1 : last
        case .down, .control("n"), .tab: picker.selected = picker.selected < last ? picker.selected + 1 : 0
        case .pageUp: picker.selected = max(0, picker.selected - 10)
        case .pageDown: picker.selected = min(last, picker.selected + 10)
        case .enter: return choose(in: picker)
        default:
            guard picker.field.press(key) else { return [] }
            picker.match()
        }
        show(picker)
        return []
    }

    mutating func paste(_ text: String, into picker: HeadingPicker) {
        var picker = picker
        picker.field.insert(text)
        picker.match()
        show(picker)
    }

    /// A newer outline has come while headings are chosen.
    mutating func refreshHeadings() {
        guard case .headings(var picker) = modal else { return }
        picker.replace(outline.sections)
        modal = .headings(picker)
    }

    /// Shows the list, and the text at the chosen heading.
    private mutating func show(_ picker: HeadingPicker) {
        modal = .headings(picker)
        guard let item = picker.chosen else { return }
        lookAt(min(item.offset, editor.text.utf8Count))
    }

    /// Puts the caret at a heading and its line near the top.
    private mutating func lookAt(_ offset: Int) {
        let line = editor.text.line(at: offset)
        withEditor {
            $0.select(Selection(offset))
            $0.scroll = ScrollPosition(line: max(0, line - 2), row: 0)
        }
    }

    private mutating func choose(in picker: HeadingPicker) -> [Effect] {
        guard let item = picker.chosen else { return [] }
        modal = nil
        focus = .editor
        let offset = min(item.offset, editor.text.utf8Count)
        lookAt(offset)
        // A set mark selects from where the caret was.
        withEditor {
            $0.select(picker.origin.selection)
            $0.moveCaret(to: offset)
            $0.sealHistory()
        }
        if environment.keymap.base == .vim { vimSetMark("'", at: picker.origin.selection.head) }
        return requestResearchSoon()
    }
}
