import Manuscript
import Screen
import TextCore

extension CommandTable {
    /// Paragraphs and sections carried past their neighbours.
    static let moveCommands: [Command] = [
        Command(
            "move-paragraph-up", "Move the paragraph up",
            "Past the one above; with a selection, the paragraphs it touches.", in: .editor, [.altArrow(.pageUp)]
        ) {
            $0.moveParagraph(up: true)
        },
        Command(
            "move-paragraph-down", "Move the paragraph down",
            "Past the one below; with a selection, the paragraphs it touches.", in: .editor, [.altArrow(.pageDown)]
        ) {
            $0.moveParagraph(up: false)
        },
        Command(
            "move-section-up", "Move the section up",
            "With all below its heading, past the one of its level before it.", in: .editor, []
        ) {
            $0.moveSection(up: true)
        },
        Command(
            "move-section-down", "Move the section down", "With all below its heading, past the next one of its level.",
            in: .editor, []
        ) {
            $0.moveSection(up: false)
        },
        Command(
            "outline.move-up", "Move the heading up", "With its whole section, past the one of its level before it.",
            in: .outline, [.altArrow(.up), .character("K")]
        ) {
            $0.moveSelectedSection(up: true)
        },
        Command(
            "outline.move-down", "Move the heading down", "With its whole section, past the next one of its level.",
            in: .outline, [.altArrow(.down), .character("J")]
        ) {
            $0.moveSelectedSection(up: false)
        },
    ]
}

extension Workspace {
    mutating func moveParagraph(up: Bool) -> [Effect] {
        guard let edit = MoveEdits.moveParagraph(editor.text, editor.document.selection, up: up) else {
            say("There is no paragraph \(up ? "above" : "below") to move past.")
            return []
        }
        return apply(ListEdits.keepingNumbers(edit, in: editor.text))
    }

    mutating func moveSection(up: Bool) -> [Effect] {
        let (text, selection) = (editor.text, editor.document.selection)
        guard let edit = MoveEdits.moveSection(text, selection, up: up),
            let (first, second) = MoveEdits.sections(text, at: selection.head, up: up)
        else {
            say("There is no section of this level \(up ? "before" : "behind") it below the same heading.")
            return []
        }
        let known = outline.sections
        let effects = apply(edit)
        guard !effects.isEmpty else { return [] }
        // The outline shows the new order at once; the next one that is read has the rest.
        for index in outline.sections.indices {
            let old = known[index].range
            let distance: Int
            if first.contains(old.lowerBound) {
                distance = second.upperBound - first.upperBound
            } else if second.contains(old.lowerBound) {
                distance = first.lowerBound - second.lowerBound
            } else {
                continue
            }
            outline.sections[index].range = old.lowerBound + distance..<old.upperBound + distance
        }
        outline.sections.sort { $0.range.lowerBound < $1.range.lowerBound }
        return effects
    }

    /// Moves the section that is selected in the outline, which stays selected.
    mutating func moveSelectedSection(up: Bool) -> [Effect] {
        guard outline.sections.indices.contains(outline.selected) else { return [] }
        let start = min(outline.sections[outline.selected].range.lowerBound, editor.text.utf8Count)
        withEditor { $0.select(Selection(start)) }
        let effects = moveSection(up: up)
        outline.selected = outline.index(at: editor.caret) ?? outline.selected
        return effects
    }
}
