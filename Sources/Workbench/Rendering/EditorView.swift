import Manuscript
import Retrieval
import Screen
import TextCore

/// The middle pane: the visible rows of the document, coloured, with selection and caret.
enum EditorView {
    static func draw(_ workspace: Workspace, in rect: Rect, on grid: inout Grid) {
        let theme = workspace.environment.theme
        let editor = workspace.editor
        let focused = workspace.focus == .editor
        Chrome.title(
            title(of: workspace), detail: workspace.editors.count > 1 ? "\(workspace.activeIndex + 1)/\(workspace.editors.count)" : "",
            focused: focused, in: rect, theme: theme, on: &grid)
        let area = workspace.textArea
        let layout = EditorLayout(width: area.width, tabWidth: workspace.environment.tabWidth)
        let selection = editor.document.selection
        let shown = workspace.shownSelection
        var painter = Painter(theme: theme, area: area, layout: layout, selection: shown, caret: selection.head)
        painter.inFocus = workspace.focusRange
        painter.marksFocus = !workspace.environment.hasColour
        painter.misspelt = editor.misspellings.ranges[...]
        painter.matches = workspace.shownMatches(from: editor.text.lineStart(min(editor.scroll.line, editor.text.lineCount - 1)))
        var line = editor.scroll.line
        var skip = editor.scroll.row
        var y = area.y + editor.scroll.blankRows
        let numberWidth = String(editor.text.lineCount).utf8.count
        while y < area.maxY, line < editor.text.lineCount {
            var state = editor.highlighting.state(of: line)
            let wrapped = layout.wrap(line, of: editor.text)
            let spans = MarkdownHighlighter.highlight(wrapped.text, state: &state)
            if workspace.view.lineNumbers, skip == 0 {
                let number = String(line + 1)
                _ = grid.put(number, x: area.x - 1 - number.utf8.count, y: y, style: theme[.lineNumber], maxWidth: numberWidth)
            }
            for row in wrapped.rows.dropFirst(skip) {
                guard y < area.maxY else { break }
                painter.draw(row, of: wrapped, spans: spans, isLast: row.range.upperBound == wrapped.text.utf8.count, y: y, on: &grid)
                y += 1
            }
            skip = 0
            line += 1
        }
        if editor.disk.undecided != nil {
            _ = grid.put("This file isn't UTF-8 and isn't open yet.", x: area.x, y: area.y, style: theme[.dim], maxWidth: area.width)
        } else if editor.text.utf8Count == 0 {
            _ = grid.put("Start writing. \(workspace.environment.keymap.hint("help")) shows the keys.", x: area.x, y: area.y, style: theme[.dim], maxWidth: area.width)
        }
        if focused, workspace.modal == nil { grid.cursor = painter.cursor }
    }

    /// The cell of the caret; nil where it isn't on the screen.
    static func caretCell(_ workspace: Workspace) -> Position? {
        var bare = workspace
        bare.modal = nil
        bare.focus = .editor
        var grid = Grid(width: bare.width, height: bare.height)
        draw(bare, in: bare.plan.editor, on: &grid)
        return grid.cursor
    }

    private static func title(of workspace: Workspace) -> String {
        let editor = workspace.editor
        if editor.disk.undecided != nil { return editor.displayName + " (not open)" }
        return editor.displayName + (editor.document.isModified ? " ●" : "") + (editor.disk.holder != nil ? " (open elsewhere: read only)" : editor.isReadOnly ? " (read only)" : "")
    }
}

/// Puts wrapped rows into cells.
private struct Painter {
    let theme: Theme
    let area: Rect
    let layout: EditorLayout
    let selection: Range<Int>
    let caret: Int
    /// What stays bright; nil for all.
    var inFocus: Range<Int>?
    /// Whether a bar in the margin says so, for want of colours.
    var marksFocus = false
    /// The misspelt words from the last row drawn on, in order.
    var misspelt: ArraySlice<Range<Int>> = []
    /// What a search has found, from the last row drawn on, in order.
    var matches: ArraySlice<Range<Int>> = []
    var cursor: Position?

    mutating func draw(
        _ row: WrappedRow, of line: EditorLayout.WrappedLine, spans: [(range: Range<Int>, role: MarkdownRole)],
        isLast: Bool, y: Int, on grid: inout Grid
    ) {
        var x = row.indent
        var offset = row.range.lowerBound
        var span = spans.firstIndex { $0.range.upperBound > offset } ?? spans.count
        let plain = theme[.text]
        let unfocused = theme[.unfocused]
        var style = plain
        var styleEnd = -1
        if marksFocus, let inFocus, inFocus.overlaps(line.start + row.range.lowerBound..<line.start + row.range.upperBound + (isLast ? 1 : 0)) {
            _ = grid.put("▎", x: area.x - 1, y: y, style: theme[.strong], maxWidth: 1)
        }
        for character in layout.bytes(row.range, of: line.text) {
            if offset >= styleEnd {
                while span < spans.count, spans[span].range.upperBound <= offset { span += 1 }
                if span < spans.count, spans[span].range.lowerBound <= offset {
                    style = theme[spans[span].role.themeRole]
                    styleEnd = spans[span].range.upperBound
                } else {
                    style = plain
                    styleEnd = span < spans.count ? spans[span].range.lowerBound : Int.max
                }
            }
            if line.start + offset == caret { place(x, y) }
            let width = layout.cellWidth(character, at: x)
            let isSelected = selection.contains(line.start + offset)
            var shown = style
            if let inFocus, !inFocus.contains(line.start + offset) { shown = unfocused }
            if isMisspelt(line.start + offset) { shown = shown.overlaid(with: theme[.misspelt]) }
            if isMatch(line.start + offset) { shown = shown.overlaid(with: theme[.match]) }
            if isSelected { shown = shown.overlaid(with: theme[.selection]) }
            if character == "\t" {
                if isSelected {
                    grid.fill(Rect(x: area.x + x, y: y, width: min(width, area.width - x), height: 1), style: shown)
                }
            } else if x + width <= area.width {
                let sign = Self.sign(for: character)
                if sign != nil { shown = shown.overlaid(with: theme[.error]) }
                _ = grid.put(sign ?? String(character), x: area.x + x, y: y, style: shown, maxWidth: width)
            }
            x += width
            offset += character.utf8.count
        }
        if isLast {
            if line.start + offset == caret { place(x, y) }
            // A selected line break shows as one cell, so that a selected blank line is seen.
            if selection.contains(line.start + offset), x < area.width {
                grid.fill(Rect(x: area.x + x, y: y, width: 1, height: 1), style: theme[.selection])
            }
        }
    }

    /// What stands for a character that has no form of its own: a byte that is no UTF-8, a control character. Nil for all others.
    private static func sign(for character: Character) -> String? {
        if let ascii = character.asciiValue { return ascii < 0x20 ? String(UnicodeScalar(0x2400 + UInt32(ascii)) ?? "�") : ascii == 0x7F ? "␡" : nil }
        return RawBytes.byte(of: character) == nil ? nil : "�"
    }

    /// The word that is being written isn't marked yet.
    private mutating func isMisspelt(_ offset: Int) -> Bool {
        while let next = misspelt.first, next.upperBound <= offset { misspelt.removeFirst() }
        guard let next = misspelt.first else { return false }
        return next.lowerBound <= offset && next.upperBound != caret
    }

    private mutating func isMatch(_ offset: Int) -> Bool {
        while let next = matches.first, next.upperBound <= offset { matches.removeFirst() }
        guard let next = matches.first else { return false }
        return next.lowerBound <= offset
    }

    private mutating func place(_ x: Int, _ y: Int) {
        cursor = Position(x: area.x + min(x, area.width), y: y)
    }
}

extension Workspace {
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

extension MarkdownRole {
    /// The role of the same name in a theme.
    var themeRole: ThemeRole { ThemeRole(rawValue: rawValue) ?? .text }
}
