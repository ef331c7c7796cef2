import Manuscript
import Retrieval
import Screen
import TextCore

/// The middle pane: the visible rows of the document, coloured, with selection and caret.
enum EditorView {
    /// - Parameter drawn: what `grid` already shows of the text.
    static func draw(_ workspace: Workspace, in rect: Rect, over cache: EditorRenderCache?, on grid: inout Grid) {
        let theme = workspace.theme
        let editor = workspace.editor
        let focused = workspace.focus == .editor
        Chrome.title(
            title(of: workspace),
            detail: workspace.editors.count > 1 ? "\(workspace.activeIndex + 1)/\(workspace.editors.count)" : "",
            focused: focused, in: rect, theme: theme, on: &grid)
        let area = workspace.textArea
        let selection = editor.document.selection
        let shown = workspace.shownSelection
        var painter = RowPainter(theme: theme, text: editor.text, area: area, selection: shown, caret: selection.head)
        painter.cache = cache
        painter.inFocus = workspace.focusRange
        painter.marksFocus = !workspace.environment.hasColour
        painter.layers = workspace.decorations { workspace.visibleBytes(area) }.map { $0[...] }
        let numberWidth = String(editor.text.lineCount).utf8.count
        workspace.forEachVisibleRow(area) { line, row, start, y in
            if workspace.view.lineNumbers, row == 0 {
                let number = String(editor.text.line(at: start) + 1)
                _ = grid.put(
                    number, x: area.x - 1 - number.utf8.count, y: y, style: theme[.lineNumber], maxWidth: numberWidth)
            }
            painter.draw(row, of: line, from: start, y: y, on: &grid)
        }
        if editor.undecided != nil {
            _ = grid.put(
                "This file isn't UTF-8 and isn't open yet.", x: area.x, y: area.y, style: theme[.dim],
                maxWidth: area.width)
        } else if editor.text.utf8Count == 0 {
            _ = grid.put(
                "Start writing. \(workspace.environment.keymap.hint(.help)) shows the keys.", x: area.x, y: area.y,
                style: theme[.dim], maxWidth: area.width)
        }
        if focused, workspace.modal == nil { grid.cursor = painter.cursor }
    }

    /// The cell of the caret; nil where it isn't on the screen.
    static func caretCell(_ workspace: Workspace) -> Position? {
        var bare = workspace
        bare.core.modal = nil
        bare.core.focus = .editor
        var grid = Grid(width: bare.width, height: bare.height)
        draw(bare, in: bare.plan.editor, over: nil, on: &grid)
        return grid.cursor
    }

    private static func title(of workspace: Workspace) -> String {
        let editor = workspace.editor
        if editor.undecided != nil { return editor.displayName + " (not open)" }
        return editor.displayName + (editor.document.isModified ? " ●" : "")
            + (editor.lockOwner != nil ? " (open elsewhere: read only)" : editor.isReadOnly ? " (read only)" : "")
    }
}

extension Workspace {
    /// The bytes that may stand on the screen.
    fileprivate func visibleBytes(_ area: Rect) -> Range<Int> {
        let text = editor.text
        let first = min(editor.scroll.line, text.lineCount - 1)
        // A line takes a row at least.
        let last = min(first + area.height, text.lineCount - 1)
        return text.lineStart(first)..<text.lineRange(last).upperBound
    }

    /// The bytes that focus mode leaves bright; nil for all of them.
    var focusRange: Range<Int>? {
        switch view.focus {
        case .off: return nil
        case .paragraph: return editor.text.paragraph(at: editor.caret)
        case .sentence:
            let paragraph = editor.paragraphUnderCaret()
            let caret = editor.caret - paragraph.range.lowerBound
            let sentences = Sentences.ranges(of: paragraph.text)
            // A caret between two sentences belongs to the one that was written last.
            let current = sentences.last { $0.lowerBound <= caret } ?? sentences.first
            guard let current else { return paragraph.range }
            return paragraph.range.lowerBound + current.lowerBound..<paragraph.range.lowerBound + current.upperBound
        }
    }
}
