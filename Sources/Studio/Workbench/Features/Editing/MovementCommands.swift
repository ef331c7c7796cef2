import Manuscript
import Screen
import TextCore

extension CommandTable {
    /// One move, and the same move extending the selection where a terminal can send that key.
    private static func move(
        _ name: String, _ title: String, _ keys: [Key], extending shifted: [Key] = [],
        keepsColumn: Bool = false, to target: @escaping @Sendable (inout Workspace) -> Int
    ) -> [Command] {
        let plain = Command(name, title, "Move; selects while the mark is set.", in: .editor, keys) {
            $0.move(to: target(&$0), extending: false, keepingColumn: keepsColumn)
        }
        guard !shifted.isEmpty else { return [plain] }
        let extended = Command(
            "select." + name, "Select: " + title.lowercased(), "Move and extend the selection.", in: .editor, shifted
        ) {
            $0.move(to: target(&$0), extending: true, keepingColumn: keepsColumn)
        }
        return [plain, extended]
    }

    static let movementCommands: [Command] = [
        move("left", "Left", [.left, .control("b")], extending: [.shift(.left)]) { workspace in
            let selection = workspace.editor.document.selection
            return workspace.editor.text.previousGrapheme(before: selection.head)
        },
        move("right", "Right", [.right], extending: [.shift(.right)]) { workspace in
            workspace.editor.text.nextGrapheme(after: workspace.editor.caret)
        },
        move("up", "Up a screen line", [.up], extending: [.shift(.up)], keepsColumn: true) {
            $0.caretMovedByRows(-1)
        },
        move("down", "Down a screen line", [.down, .control("n")], extending: [.shift(.down)], keepsColumn: true) {
            $0.caretMovedByRows(1)
        },
        move("page-up", "Page up", [.pageUp, .alt("v")], extending: [.shift(.pageUp)], keepsColumn: true) {
            $0.caretMovedByRows(-max(1, $0.textAreaHeight - 2))
        },
        move("page-down", "Page down", [.pageDown], extending: [.shift(.pageDown)], keepsColumn: true) {
            $0.caretMovedByRows(max(1, $0.textAreaHeight - 2))
        },
        move("line-start", "Start of the screen line, then of the line", [.home], extending: [.shift(.home)]) {
            let start = $0.rowBounds().lowerBound
            return start == $0.editor.caret
                ? $0.editor.text.lineRange($0.editor.text.line(at: start)).lowerBound : start
        },
        move("line-end", "End of the screen line, then of the line", [.end, .control("e")], extending: [.shift(.end)]) {
            let end = $0.rowBounds().upperBound
            return end == $0.editor.caret ? $0.editor.text.lineRange($0.editor.text.line(at: end)).upperBound : end
        },
        move(
            "word-left", "Word left", [.controlArrow(.left), .altArrow(.left), .alt("b")],
            extending: [.controlShift(.left)]
        ) { workspace in
            workspace.editor.text.previousWord(before: workspace.editor.caret)
        },
        move(
            "word-right", "Word right", [.controlArrow(.right), .altArrow(.right), .alt("f")],
            extending: [.controlShift(.right)]
        ) { workspace in
            workspace.editor.text.nextWord(after: workspace.editor.caret)
        },
        move("paragraph-up", "Paragraph up", [.controlArrow(.up), .alt("{")], extending: [.controlShift(.up)]) {
            workspace in
            workspace.editor.text.previousParagraph(before: workspace.editor.caret)
        },
        move("paragraph-down", "Paragraph down", [.controlArrow(.down), .alt("}")], extending: [.controlShift(.down)]) {
            workspace in
            workspace.editor.text.nextParagraph(after: workspace.editor.caret)
        },
        move("sentence-left", "Sentence back", [.alt("(")]) { workspace in
            workspace.editor.text.previousSentence(before: workspace.editor.caret)
        },
        move("sentence-right", "Sentence forward", [.alt(")")]) { workspace in
            workspace.editor.text.nextSentence(after: workspace.editor.caret)
        },
        move("section-up", "Section up", [.controlArrow(.pageUp), .alt(",")], extending: [.controlShift(.pageUp)]) {
            workspace in
            workspace.editor.text.previousSection(before: workspace.editor.caret)
        },
        move(
            "section-down", "Section down", [.controlArrow(.pageDown), .alt(".")], extending: [.controlShift(.pageDown)]
        ) { workspace in
            workspace.editor.text.nextSection(after: workspace.editor.caret)
        },
        move("text-start", "Start of the text", [.controlArrow(.home), .alt("<")], extending: [.controlShift(.home)]) {
            _ in 0
        },
        move("text-end", "End of the text", [.controlArrow(.end), .alt(">")], extending: [.controlShift(.end)]) {
            $0.editor.text.utf8Count
        },
    ].flatMap { $0 }
}

extension Workspace {
    mutating func move(to offset: Int, extending: Bool, keepingColumn: Bool) -> [Effect] {
        withEditor { editor in
            let selection = editor.document.selection
            // An arrow out of a selection made with shift lands at the selection's edge.
            if !extending, !editor.isMarking, !selection.isEmpty, abs(offset - selection.head) <= 4, !keepingColumn {
                let edge = offset < selection.head ? selection.range.lowerBound : selection.range.upperBound
                editor.moveCaret(to: edge)
            } else {
                editor.moveCaret(to: offset, extending: extending, keepingColumn: keepingColumn)
            }
            editor.sealHistory()
        }
        return requestResearchSoon()
    }

    /// The caret moved by screen rows, keeping the column it set out from.
    mutating func caretMovedByRows(_ delta: Int) -> Int {
        let layout = EditorLayout(width: textAreaWidth, tabWidth: environment.tabWidth)
        return withEditor { editor in
            let position = layout.position(of: editor.caret, in: editor.text)
            let column = editor.preferredColumn ?? position.column
            editor.preferredColumn = column
            let row = layout.row(position.row, movedBy: delta, in: editor.text)
            guard let row else { return delta < 0 ? 0 : editor.text.utf8Count }
            return layout.offset(at: column, of: row, in: editor.text)
        }
    }

    /// The bytes of the screen row that the caret is in.
    func rowBounds() -> Range<Int> {
        let layout = EditorLayout(width: textAreaWidth, tabWidth: environment.tabWidth)
        let position = layout.position(of: editor.caret, in: editor.text)
        return layout.bounds(of: position.row, in: editor.text)
    }
}
