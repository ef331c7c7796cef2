import Assistant
import Screen
import TextCore

/// The two bottom rows: the state of everything, then the prompt, the notice or the next keys.
enum StatusView {
    static func draw(_ workspace: Workspace, plan: ScreenLayout, on grid: inout Grid) {
        let theme = workspace.environment.theme
        let style = theme[.status]
        grid.fill(plan.status, style: style)
        // The name tells that it isn't saved. The place, which every key changes, has the plain style, most like the text's: so the fewest bytes are sent.
        let name = self.name(workspace)
        let position = self.position(workspace)
        let used = DisplayWidth.of(name) + DisplayWidth.of(position)
        let right = fitting(rightParts(workspace), width: plan.status.width - used - 4)
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

    /// From the most to the least needed: what does not fit is left out from the end.
    private static func rightParts(_ workspace: Workspace) -> [String] {
        var parts: [String] = []
        // First, so that it is never what doesn't fit: paragraphs leave the machine.
        if workspace.environment.modelHost != nil { parts.append("remote model") }
        switch workspace.library.activity {
        case .indexing(let done, let total, let timeLeft):
            let left = timeLeft.map { ", \($0)" } ?? ""
            parts.append(total > 0 ? "indexing \(done)/\(total)\(left)" : "indexing")
        case .waiting: parts.append("another Longhand indexes")
        case .paused: parts.append("indexing paused")
        case .withheld: parts.append("notes not read")
        case .failed: parts.append("library unavailable")
        case .idle: break
        }
        if let proposal = workspace.assistant.proposal {
            parts.append(proposal.state == .streaming ? "drafting…" : "1 proposal")
        }
        parts += LengthView.parts(workspace)
        if workspace.plan.overlays, let best = workspace.research.hits.first, workspace.focus != .research {
            parts.append(
                "F3: \(workspace.research.hits.count) passage\(workspace.research.hits.count == 1 ? "" : "s"), \(best.strengthBar)"
            )
        }
        if let passages = workspace.library.passages { parts.append("\(passages) indexed") }
        let host = workspace.environment.modelHost.map { " (remote: \($0))" } ?? ""
        parts.append(workspace.environment.modelName.map { $0 + host } ?? "no model: text only")
        if case .ready(let destination, let defaults) = workspace.environment.provider {
            parts.append("\(defaults.model) at \(destination)")
        }
        return parts
    }

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
        if case .prompt(let prompt) = workspace.modal, prompt.isFinding {
            return FindView.draw(prompt, workspace, in: rect, on: &grid)
        }
        if case .replacing(let session) = workspace.modal {
            return FindView.draw(session, workspace, in: rect, on: &grid)
        }
        if case .substituting(let walk) = workspace.modal {
            return FindView.draw(walk, workspace, in: rect, on: &grid)
        }
        if case .prompt(let prompt) = workspace.modal {
            draw(label: prompt.purpose.label, field: prompt.field, in: rect, theme: theme, on: &grid)
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
        let rows = messageRows(workspace)
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
        let hints = keyHints(workspace)
        if hints == workspace.environment.keyHints, grid.copy(rect, from: workspace.hintCache, ifFits: workspace) {
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
    static func messageRows(_ workspace: Workspace) -> [String] {
        let width = workspace.width
        switch workspace.modal {
        case .prompt, .replacing, .substituting: return []
        case .confirm(let confirmation):
            let answers = confirmation.answers.map { "\($0.key) \($0.title)" } + ["Esc \(confirmation.escape)"]
            let text = confirmation.question + "  " + answers.joined(separator: " · ")
            guard DisplayWidth.of(text) > width else { return [text] }
            return Chrome.rows(of: confirmation.question, width: width) + filled(answers, width: width)
        default:
            guard let notice = workspace.notice else { return [] }
            let text = (notice.kind == .success ? "✓ " : notice.kind == .error ? "! " : "") + notice.text
            guard DisplayWidth.of(text) > width else { return [text] }
            let rows = Chrome.rows(of: text, width: width)
            return rows.count > 2 ? [rows[0], Chrome.clipped(rows[1...].joined(), to: width)] : rows
        }
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
        let hints = [
            ("help", "help"), ("palette", "commands"), ("focus-outline", "outline"), ("focus-research", "research"),
            ("lookup", "look up"), ("draft", "draft"), ("save", "save"), ("quit", "quit"),
        ]
        return hints.compactMap { name, word in keymap.chords(for: name).first.map { "\($0.name) \(word)" } }.joined(
            separator: " · ")
    }

    private static func keyHints(_ workspace: Workspace) -> String {
        if workspace.focus == .editor, workspace.assistant.isReviewing {
            return
                "a accept · r reject · Esc \(workspace.assistant.proposal?.state == .streaming ? "stop" : "later") · ↑↓ scroll"
        }
        switch workspace.focus {
        case .editor: return workspace.environment.keyHints
        case .outline: return "↑↓ choose · Enter go there · Esc back"
        case .research: return "Enter preview · c cite · o open · p pin · / look up · F filter · Esc back"
        }
    }
}

extension Prompt.Purpose {
    var label: String {
        switch self {
        case .lookup: "Look up in your notes:"
        case .filter: "Show only (tag: path: lang: after: field=):"
        case .find: "Find:"
        case .replace: "Replace:"
        case .replacement: "With:"
        case .goToLine: "Line:"
        case .vimCommand: ":"
        case .vimSearch(let isBackwards): isBackwards ? "?" : "/"
        case .naming(.new): "Begin an article:"
        case .naming(.rename): "Rename to:"
        case .naming(.duplicate): "Duplicate as:"
        case .naming: "Save as:"
        case .instruction: "What should the draft do? (Enter for none)"
        }
    }
}

extension Editor {
    /// The encoding where it isn't UTF-8, `GB18030→UTF-8` where saving will change it.
    var shownEncoding: String? {
        if disk.encoding != format.encoding { return "\(disk.encoding.rawValue)→\(format.encoding.rawValue)" }
        return format.encoding == .utf8 ? nil : format.encoding.rawValue
    }
}
