import Assistant
import Screen
import TextCore

/// The two bottom rows: the state of everything, then the prompt, the notice or the next keys.
enum StatusView {
    static func draw(_ workspace: Workspace, plan: ScreenLayout, on grid: inout Grid) {
        let theme = workspace.theme
        let style = theme[.status]
        grid.fill(plan.status, style: style)
        // The name tells that it isn't saved. The place, which every key changes, has the plain style, most like the text's: so the fewest bytes are sent.
        let name = self.name(workspace)
        let position = self.position(workspace)
        let used = DisplayWidth.of(name) + DisplayWidth.of(position)
        let right = fitting(workspace.statusParts.map(\.text), width: plan.status.width - used - 4)
        let nameStyle = workspace.editor.document.isModified ? theme[.statusModified] : style
        let x = 1 + grid.put(name, x: 1, y: plan.status.y, style: nameStyle, maxWidth: plan.status.width - 2)
        _ = grid.put(position, x: x, y: plan.status.y, style: style, maxWidth: plan.status.width - 1 - x)
        let width = DisplayWidth.of(right)
        _ = grid.put(right, x: plan.status.maxX - width - 1, y: plan.status.y, style: style, maxWidth: width)
        drawMessage(workspace, in: plan.message, theme: theme, on: &grid)
    }

    private static func name(_ workspace: Workspace) -> String {
        let editor = workspace.editor
        let name = Chrome.clipped(editor.displayName, to: max(8, workspace.width / 3))
        return name + (editor.document.isModified ? " [+]" : "")
    }

    private static func position(_ workspace: Workspace) -> String {
        let editor = workspace.editor
        let layout = EditorLayout(width: workspace.textAreaWidth, tabWidth: workspace.environment.tabWidth)
        let line = editor.text.line(at: editor.caret)
        var text = "  \(line + 1):\(editor.column(in: line, layout) + 1)"
        if let encoding = editor.shownEncoding { text += "  " + encoding }
        if editor.isMarking { text += "  MARK" }
        if workspace.environment.keymap.base == .vim { text += "  " + workspace.vim.shown }
        if let pending = workspace.pendingKeys.shown { text += "  " + pending }
        return text
    }

    /// The parts from the most to the least needed: what doesn't fit is left out.
    private static func fitting(_ parts: [String], width: Int) -> String {
        var text = ""
        for part in parts {
            let longer = text.isEmpty ? part : text + " · " + part
            guard DisplayWidth.of(longer) <= width else { continue }
            text = longer
        }
        return text
    }

    private static func drawMessage(_ workspace: Workspace, in rect: Rect, theme: Theme, on grid: inout Grid) {
        grid.fill(rect, style: theme[.text])
        if case .panel(let panel) = workspace.modal, panel.isRow { return panel.draw(workspace, in: rect, on: &grid) }
        if let prompt = workspace.core.prompt {
            if let detail = prompt.detail { return draw(prompt, detail, in: rect, theme: theme, on: &grid) }
            draw(label: prompt.label, field: prompt.field, in: rect, theme: theme, on: &grid)
            // A search says at once that nothing is found.
            if let notice = workspace.notice {
                let text = " " + notice.text
                let width = DisplayWidth.of(text)
                if width < rect.width / 2 {
                    _ = grid.put(text, x: rect.maxX - width, y: rect.y, style: theme[.dim], maxWidth: width)
                }
            }
            return
        }
        let rows = messageRows(workspace.core)
        if !rows.isEmpty {
            let isQuestion = if case .confirm = workspace.modal { true } else { false }
            let style: Style =
                switch workspace.notice?.kind {
                case _ where isQuestion: theme[.prompt]
                case .success: theme[.success]
                case .error: theme[.error]
                case .information, nil: theme[.text]
                }
            for (offset, row) in rows.suffix(rect.height).enumerated() {
                _ = grid.put(
                    Chrome.clipped(row, to: rect.width), x: 0, y: rect.y + offset, style: style, maxWidth: rect.width)
            }
            return
        }
        let hints = hints(workspace)
        if hints == workspace.keyHints, grid.copy(rect, from: workspace.caches.hints, ifFits: workspace) {
            return
        }
        drawHints(hints, in: rect, theme: theme, on: &grid)
    }

    static func drawHints(_ hints: String, in rect: Rect, theme: Theme, on grid: inout Grid) {
        grid.fill(rect, style: theme[.text])
        _ = grid.put(Chrome.clipped(hints, to: rect.width), x: 0, y: rect.y, style: theme[.dim], maxWidth: rect.width)
    }

    /// Parts one after the other, in as few rows as they take.
    private static func filled(_ parts: [String], width: Int) -> [String] {
        var rows: [String] = []
        for part in parts {
            if let last = rows.last, DisplayWidth.of(last + " · " + part) <= width {
                rows[rows.count - 1] += " · " + part
            } else {
                rows.append(part)
            }
        }
        return rows
    }

    /// What is asked or said, in as many rows as it takes: a question's answers stand below it, a notice has two rows at most. None where a prompt is
    /// open or nothing is said.
    static func messageRows(_ core: StudioCore) -> [String] {
        let width = core.width
        switch core.modal {
        case .prompt: return []
        case .panel(let panel) where panel.isRow: return []
        case .confirm(let confirmation):
            let answers = confirmation.answers.map { "\($0.key) \($0.title)" } + ["Esc \(confirmation.escape)"]
            let text = confirmation.question + "  " + answers.joined(separator: " · ")
            guard DisplayWidth.of(text) > width else { return [text] }
            return Chrome.rows(of: confirmation.question, width: width) + filled(answers, width: width)
        default:
            guard let notice = core.notice else { return [] }
            let text = (notice.kind == .success ? "✓ " : notice.kind == .error ? "! " : "") + notice.text
            guard DisplayWidth.of(text) > width else { return [text] }
            let rows = Chrome.rows(of: text, width: width)
            return rows.count > 2 ? [rows[0], Chrome.clipped(rows[1...].joined(), to: width)] : rows
        }
    }

    /// A question that has the row, the shorter one where the longer doesn't fit, and how it goes.
    static func draw(
        question: String, orElse short: String, _ summary: String, in rect: Rect, theme: Theme, on grid: inout Grid
    ) {
        let width = min(DisplayWidth.of(summary), rect.width / 3)
        let room = rect.width - width - 2
        guard room > 0 else { return }
        _ = grid.put(
            Chrome.clipped(DisplayWidth.of(question) <= room ? question : short, to: room), x: rect.x, y: rect.y,
            style: theme[.prompt], maxWidth: room)
        _ = grid.put(
            Chrome.clipped(summary, to: width), x: rect.maxX - width, y: rect.y, style: theme[.dim], maxWidth: width)
    }

    /// A prompt with what is known beside it; where both don't fit, how it goes matters more than the keys.
    private static func draw(
        _ prompt: Prompt, _ detail: Prompt.Detail, in rect: Rect, theme: Theme, on grid: inout Grid
    ) {
        let summary = Chrome.clipped(detail.summary, to: rect.width / 2)
        let room = rect.width - max(24, rect.width / 3) - DisplayWidth.of(summary)
        let both = [detail.hints, summary].filter { !$0.isEmpty }.joined(separator: " · ")
        let shown = DisplayWidth.of(both) <= room + DisplayWidth.of(summary) ? both : summary
        let width = DisplayWidth.of(shown)
        let field = Rect(x: rect.x, y: rect.y, width: rect.width - (width > 0 ? width + 2 : 0), height: 1)
        draw(label: prompt.label, field: prompt.field, in: field, theme: theme, on: &grid)
        let style = theme[detail.isProblem ? .error : .dim]
        _ = grid.put(shown, x: rect.maxX - width, y: rect.y, style: style, maxWidth: width)
    }

    /// The label and the field, scrolled so that the caret is seen.
    static func draw(label: String, field: TextField, in rect: Rect, theme: Theme, on grid: inout Grid) {
        // What is typed matters more than what is asked.
        let shown = Chrome.clipped(label, to: max(1, rect.width - 9))
        let used = grid.put(
            label.count == 1 && ":/?".contains(label) ? label : shown + " ", x: rect.x, y: rect.y,
            style: theme[.prompt], maxWidth: rect.width)
        let room = max(1, rect.width - used - 1)
        var before = Substring(field.beforeCaret)
        while DisplayWidth.of(String(before)) > room, !before.isEmpty { before = before.dropFirst() }
        let after = field.text.dropFirst(field.beforeCaret.count)
        _ = grid.put(String(before) + after, x: rect.x + used, y: rect.y, style: theme[.text], maxWidth: room)
        let x = rect.x + used + min(room, DisplayWidth.of(String(before)))
        // A place without room has no caret.
        grid.cursor = grid.bounds.contains(x: x, y: rect.y) && rect.height > 0 ? Position(x: x, y: rect.y) : nil
    }

    /// The first keys of the commands that one who begins needs.
    static func editorHints(_ keymap: Keymap) -> String {
        let hints: [(Command.ID, String)] = [
            (.help, "help"), (.palette, "commands"), (.focusOutline, "outline"), (.focusResearch, "research"),
            (.lookup, "look up"), (.draft, "draft"), (.save, "save"), (.quit, "quit"),
        ]
        return hints.compactMap { id, word in keymap.chords(for: id.name).first.map { "\($0.name) \(word)" } }.joined(
            separator: " · ")
    }

    private static func hints(_ workspace: Workspace) -> String {
        switch workspace.focus {
        case .editor where workspace.isReviewing: workspace.drafting.keyHints(workspace.core)
        case .editor: workspace.keyHints
        case .outline: "↑↓ choose · Enter go there · Esc back"
        case .research: "Enter preview · c cite · o open · p pin · / look up · F filter · Esc back"
        }
    }
}

extension Editor {
    /// The encoding where it isn't UTF-8, `GB18030→UTF-8` where saving will change it.
    var shownEncoding: String? {
        if encodingOnDisk != format.encoding { return "\(encodingOnDisk.rawValue)→\(format.encoding.rawValue)" }
        return format.encoding == .utf8 ? nil : format.encoding.rawValue
    }
}
