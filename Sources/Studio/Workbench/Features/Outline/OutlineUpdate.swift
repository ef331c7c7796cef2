import Manuscript
import Screen
import TextCore

/// What is done with headings and sections, and what was found and counted of them.
public enum OutlineEvent: Sendable {
    /// Typing has rested: the headings are looked for again.
    case textRests
    case found(Ticket, Outline, words: Int)
    case counted(Ticket, ArticleCounts)
    case select(by: Int)
    /// The heading in a row of the pane, 0 the first one that is seen, is clicked.
    case click(row: Int)
    case jump
    case moveSection(up: Bool)
    case moveSelected(up: Bool)
    case chooseHeading
    /// A key, or a text, while a heading is chosen.
    case pressed(Key)
    case pasted(String)
}

/// What takes too long to be done between two keys.
public enum OutlineEffect: Sendable {
    /// Find the headings, and count.
    case read(Ticket, Text)
}

extension OutlineState {
    mutating func handle(_ event: OutlineEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .textRests: return read(&core)
        case .found(let ticket, let found, let words):
            guard ticket == self.ticket else { return [] }
            core.headings = Headings(found, words: words, selected: core.headings.selected)
            refreshHeadings(&core)
            core.announce(.outlineRead)
        case .counted(let ticket, let counts):
            guard ticket == self.ticket else { return [] }
            core.counts = counts
            core.announce(.articleCounted(ticket))
        case .select(let step):
            let last = max(0, core.headings.sections.count - 1)
            core.headings.selected = min(max(0, core.headings.selected + step), last)
        case .click(let row):
            let index = visible(core, height: core.plan.outline.map { $0.height - 1 } ?? 0).lowerBound + row
            core.focus = .outline
            guard row >= 0, core.headings.sections.indices.contains(index) else {
                selectCurrent(&core)
                return []
            }
            core.headings.selected = index
            return jumpToSelectedSection(&core)
        case .jump: return jumpToSelectedSection(&core)
        case .moveSection(let up): return moveSection(&core, up: up)
        case .moveSelected(let up): return moveSelectedSection(&core, up: up)
        case .chooseHeading: return pickHeading(&core)
        case .pressed(let key):
            if let picker = core.panel(HeadingPicker.self) { return press(&core, key, in: picker) }
        case .pasted(let text):
            if let picker = core.panel(HeadingPicker.self) { paste(&core, text, into: picker) }
        }
        return []
    }

    mutating func hear(_ announcement: Announcement, _ core: inout StudioCore) -> [Effect] {
        switch announcement {
        case .textChanged(let change) where change.path == core.editor.path:
            return [.wait("outline", milliseconds: 200, then: .outline(.textRests))]
        case .articleShown:
            self = OutlineState()
            return read(&core)
        case .focusChanged where core.focus == .outline: selectCurrent(&core)
        default: break
        }
        return []
    }

    /// The heading that the caret is below is the selected one when one comes to the pane.
    private func selectCurrent(_ core: inout StudioCore) {
        core.headings.selected = core.headings.index(at: core.editor.caret) ?? 0
    }

    private mutating func read(_ core: inout StudioCore) -> [Effect] {
        let ticket = core.ticket()
        self.ticket = ticket
        core.announce(.outlineAsked(ticket))
        return [.outline(.read(ticket, core.editor.text))]
    }

    mutating func jumpToSelectedSection(_ core: inout StudioCore) -> [Effect] {
        guard let offset = core.headings.chosenStart(in: core.editor.text) else { return [] }
        let line = core.editor.text.line(at: offset)
        core.withEditor {
            $0.isMarking = false
            $0.moveCaret(to: offset)
            $0.scroll = ScrollPosition(line: line, row: 0)
        }
        core.focus = .editor
        return []
    }

    mutating func moveSection(_ core: inout StudioCore, up: Bool) -> [Effect] {
        let (text, selection) = (core.editor.text, core.editor.document.selection)
        guard let edit = MoveEdits.moveSection(text, selection, up: up),
            let (first, second) = MoveEdits.sections(text, at: selection.head, up: up)
        else {
            core.say("No section of the same level stands \(up ? "before" : "behind") this one below the same heading.")
            return []
        }
        let known = core.headings.sections
        let effects = core.apply(edit)
        guard !effects.isEmpty else { return [] }
        // The outline shows the new order at once; the next one that is read has the rest.
        for index in core.headings.sections.indices {
            let old = known[index].range
            let distance: Int
            if first.contains(old.lowerBound) {
                distance = second.upperBound - first.upperBound
            } else if second.contains(old.lowerBound) {
                distance = first.lowerBound - second.lowerBound
            } else {
                continue
            }
            core.headings.sections[index].range = old.lowerBound + distance..<old.upperBound + distance
        }
        core.headings.sections.sort { $0.range.lowerBound < $1.range.lowerBound }
        return effects
    }

    /// Moves the section that is selected in the outline, which stays selected.
    mutating func moveSelectedSection(_ core: inout StudioCore, up: Bool) -> [Effect] {
        guard let start = core.headings.chosenStart(in: core.editor.text) else { return [] }
        core.withEditor { $0.select(Selection(start)) }
        let effects = moveSection(&core, up: up)
        core.headings.selected = core.headings.index(at: core.editor.caret) ?? core.headings.selected
        return effects
    }

    // MARK: Choosing a heading

    mutating func pickHeading(_ core: inout StudioCore) -> [Effect] {
        guard !core.headings.sections.isEmpty else {
            core.say("There is no heading yet.")
            return read(&core)
        }
        core.modal = .panel(
            HeadingPicker(core.headings.sections, origin: (core.editor.document.selection, core.editor.scroll)))
        // What was typed just now may be a heading.
        return read(&core)
    }

    /// Keys while headings are chosen: what is typed narrows them, the text goes along, Enter stays, Esc goes back.
    mutating func press(_ core: inout StudioCore, _ key: Key, in picker: HeadingPicker) -> [Effect] {
        var picker = picker
        switch key {
        case .escape:
            core.modal = nil
            core.withEditor {
                $0.select(picker.origin.selection)
                $0.scroll = picker.origin.scroll
            }
            return []
        case .enter: return choose(&core, in: picker)
        default:
            if let selected = key.choice(from: picker.selected, of: picker.matches.count) {
                picker.selected = selected
            } else {
                guard picker.field.press(key) else { return [] }
                picker.match()
            }
        }
        show(&core, picker)
        return []
    }

    mutating func paste(_ core: inout StudioCore, _ text: String, into picker: HeadingPicker) {
        var picker = picker
        picker.field.insert(text)
        picker.match()
        show(&core, picker)
    }

    /// A newer outline has come while headings are chosen.
    mutating func refreshHeadings(_ core: inout StudioCore) {
        guard var picker = core.panel(HeadingPicker.self) else { return }
        picker.replace(core.headings.sections)
        core.modal = .panel(picker)
    }

    /// Shows the list, and the text at the chosen heading.
    private mutating func show(_ core: inout StudioCore, _ picker: HeadingPicker) {
        core.modal = .panel(picker)
        guard let item = picker.chosen else { return }
        lookAt(&core, min(item.offset, core.editor.text.utf8Count))
    }

    /// Puts the caret at a heading and its line near the top.
    private mutating func lookAt(_ core: inout StudioCore, _ offset: Int) {
        let line = core.editor.text.line(at: offset)
        core.withEditor {
            $0.select(Selection(offset))
            $0.scroll = ScrollPosition(line: max(0, line - 2), row: 0)
        }
    }

    private mutating func choose(_ core: inout StudioCore, in picker: HeadingPicker) -> [Effect] {
        guard let item = picker.chosen else { return [] }
        core.modal = nil
        core.focus = .editor
        let offset = min(item.offset, core.editor.text.utf8Count)
        lookAt(&core, offset)
        // A set mark selects from where the caret was.
        core.withEditor {
            $0.select(picker.origin.selection)
            $0.moveCaret(to: offset)
            $0.sealHistory()
        }
        core.noteJump(from: picker.origin.selection.head)
        return []
    }
}
