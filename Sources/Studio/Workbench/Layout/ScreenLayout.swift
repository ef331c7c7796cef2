import Screen

/// Which rectangle each part of the screen has.
///
/// Wide enough, the three panes stand side by side. Below that the editor has the screen and a
/// side pane lies over it while it has the focus, so that 80x24 is comfortable and 40x12 works.
struct ScreenLayout: Sendable, Equatable {
    static let sideBySideWidth = 100

    var outline: Rect?
    var editor: Rect
    var research: Rect?
    var status: Rect
    var message: Rect
    /// The side panes lie over the editor.
    var overlays: Bool

    /// - Parameter messageRows: rows that what is said or asked takes; the panes make room for it.
    init(width: Int, height: Int, focus: Pane, messageRows: Int = 1) {
        let rows = max(1, min(messageRows, height - 2))
        let body = max(1, height - 1 - rows)
        status = Rect(x: 0, y: body, width: width, height: 1)
        message = Rect(x: 0, y: body + 1, width: width, height: rows)
        overlays = width < Self.sideBySideWidth
        if overlays {
            editor = Rect(x: 0, y: 0, width: width, height: body)
            let side = min(width, max(36, width * 6 / 10))
            switch focus {
            case .editor: break
            case .outline: outline = Rect(x: 0, y: 0, width: min(side, 44), height: body)
            case .research: research = Rect(x: width - side, y: 0, width: side, height: body)
            }
        } else {
            let left = min(32, max(22, width / 6))
            let right = min(64, max(34, width * 3 / 10))
            outline = Rect(x: 0, y: 0, width: left, height: body)
            research = Rect(x: width - right, y: 0, width: right, height: body)
            editor = Rect(x: left, y: 0, width: width - left - right, height: body)
        }
    }
}

extension StudioCore {
    var plan: ScreenLayout {
        ScreenLayout(width: width, height: height, focus: focus, messageRows: StatusView.messageRows(self).count)
    }

    /// The rectangle of the prose itself: the editor's pane less its title and margins, and no wider
    /// than the configured column, which is centred.
    var textArea: Rect {
        let pane = plan.editor
        let margin = pane.width >= 40 ? 2 : 1
        // The line numbers and a blank on both sides of them stand in the margin.
        let left = view.lineNumbers ? max(margin, String(editor.text.lineCount).utf8.count + 2) : margin
        let width = min(view.textWidth, max(4, pane.width - left - margin))
        let x = pane.x + max(left, (pane.width - width) / 2)
        // In a window of a row or two there is no room for text.
        return Rect(x: x, y: pane.y + 1, width: width, height: min(pane.height, height) - 1)
    }

    var textAreaWidth: Int { textArea.width }
    /// The rows that moves and scrolling go by: at least the caret's own.
    var textAreaHeight: Int { max(1, textArea.height) }
}

extension Workspace {
    /// Scrolls so that the caret is seen, and makes the visible lines' highlighting known. Called
    /// once after every event, before drawing.
    mutating func prepareForDisplay() {
        let layout = EditorLayout(width: textAreaWidth, tabWidth: environment.tabWidth)
        let height = textAreaHeight
        let isTypewriter = view.typewriter
        core.withEditor { editor in
            editor.fillPage(layout: layout, height: height)
            // First where the screen is: what is known of its lines tells where the caret is, and how far to scroll.
            editor.prepare(layout: layout, height: height)
            let before = editor.scroll
            if isTypewriter {
                editor.centreCaret(layout: layout, height: height)
            } else {
                editor.revealCaret(layout: layout, height: height)
            }
            if editor.scroll != before { editor.prepare(layout: layout, height: height) }
        }
        prepareText()
        prepareSidePanes()
        prepareProposal()
    }
}

extension Editor {
    /// Brings a page back that begins below the text's last row. Where text went or the window grew, a page that is mostly
    /// empty is filled with the text above.
    fileprivate mutating func fillPage(layout: EditorLayout, height: Int) {
        let hasLess = text.lineCount < revealed.lines || height > revealed.height
        revealed = (text.lineCount, height)
        let last = EditorLayout.Row(line: text.lineCount - 1, index: rowCount(of: text.lineCount - 1, layout) - 1)
        var isBelow = scroll.line > last.line
        if !isBelow, scroll.row > 0 {
            // The line has become shorter, or the window wider.
            let rows = rowCount(of: scroll.line, layout)
            isBelow = scroll.row >= rows
            scroll.row = min(scroll.row, rows - 1)
        }
        guard isBelow || hasLess else { return }
        var rows = -scroll.row
        var line = scroll.line
        while line <= last.line, rows < height / 2 {
            rows += rowCount(of: line, layout)
            line += 1
        }
        guard isBelow || rows < height / 2 else { return }
        let top = layout.row(last, movedBy: 1 - height, in: text) ?? EditorLayout.Row(line: 0, index: 0)
        // Nothing is scrolled down by this.
        guard (top.line, top.index) < (scroll.line, scroll.row) else { return }
        scroll = ScrollPosition(line: top.line, row: top.index)
    }

    /// Makes the lines known that stand on the screen from the scroll position on.
    fileprivate mutating func prepare(layout: EditorLayout, height: Int) {
        let first = min(scroll.line, text.lineCount - 1)
        highlighting.prepare(first..<first + 1, of: text)
        prepared.prepare(
            from: first, height: scroll.row + height, of: text, version: document.version, layout: layout,
            state: highlighting.state(of: first))
    }

    /// Scrolls as little as needed; a caret far away is put in the middle.
    mutating func revealCaret(layout: EditorLayout, height: Int) {
        let text = self.text
        scroll.blankRows = 0
        let caret = caretPosition(layout).row
        let margin = height > 8 ? 2 : 0
        if caret.line < scroll.line || (caret.line == scroll.line && caret.index < scroll.row) {
            let isFar = scroll.line - caret.line > height
            let top = layout.row(caret, movedBy: isFar ? -(height / 2) : -margin, in: text)
            scroll = top.map { ScrollPosition(line: $0.line, row: $0.index) } ?? ScrollPosition()
            return
        }
        if caret.line - scroll.line > 2 * height {
            let top = layout.row(caret, movedBy: -(height / 2), in: text)
            scroll = top.map { ScrollPosition(line: $0.line, row: $0.index) } ?? ScrollPosition()
            return
        }
        // The rows from the top to the caret, counted line by line.
        var rows = -scroll.row
        for line in scroll.line..<caret.line { rows += rowCount(of: line, layout) }
        rows += caret.index
        let overshoot = rows - (height - 1 - margin)
        if overshoot > 0 {
            let top = EditorLayout.Row(line: scroll.line, index: scroll.row)
            if let moved = layout.row(top, movedBy: overshoot, in: text) {
                scroll = ScrollPosition(line: moved.line, row: moved.index)
            }
        }
    }

    /// Scrolls so that the caret's row is the middle one, with blank rows above the text's start.
    mutating func centreCaret(layout: EditorLayout, height: Int) {
        var row = caretPosition(layout).row
        var left = height / 2
        while left > 0, row.line > 0 || row.index > 0 {
            if row.index > 0 {
                let step = min(left, row.index)
                row.index -= step
                left -= step
            } else {
                row = EditorLayout.Row(line: row.line - 1, index: rowCount(of: row.line - 1, layout) - 1)
                left -= 1
            }
        }
        scroll = ScrollPosition(line: row.line, row: row.index, blankRows: left)
    }
}
