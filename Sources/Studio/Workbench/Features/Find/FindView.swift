import Notes
import Screen
import TextCore

/// The bottom row while something is searched: the prompt, how it is meant, and which match of how many this is.
enum FindView {
    static func draw(_ prompt: Prompt, _ workspace: Workspace, in rect: Rect, on grid: inout Grid) {
        let theme = workspace.environment.theme
        let summary = Chrome.clipped(workspace.findSummary, to: rect.width / 2)
        let room = rect.width - max(24, rect.width / 3) - DisplayWidth.of(summary)
        let right = [hints(prompt, workspace), summary].filter { !$0.isEmpty }.joined(separator: " · ")
        let shown = DisplayWidth.of(right) <= room + DisplayWidth.of(summary) ? right : summary
        let width = DisplayWidth.of(shown)
        let field = Rect(x: rect.x, y: rect.y, width: rect.width - (width > 0 ? width + 2 : 0), height: 1)
        StatusView.draw(label: label(prompt, workspace), field: prompt.field, in: field, theme: theme, on: &grid)
        let style = workspace.find.problem == nil ? theme[.dim] : theme[.error]
        _ = grid.put(shown, x: rect.maxX - width, y: rect.y, style: style, maxWidth: width)
    }

    /// `Replace (regex, whole word):`, so that nobody wonders why nothing is found.
    private static func label(_ prompt: Prompt, _ workspace: Workspace) -> String {
        let find = workspace.find
        var marks: [String] = []
        if find.options.isRegex { marks.append("regex") }
        switch find.options.letterCase {
        case .smart: break
        case .exact: marks.append("Aa")
        case .ignored: marks.append("a=A")
        }
        if find.options.isWholeWord { marks.append("word") }
        if find.scope != nil { marks.append("selection") }
        let name = String(prompt.purpose.label.dropLast())
        return marks.isEmpty ? name + ":" : "\(name) (\(marks.joined(separator: ", "))):"
    }

    private static func hints(_ prompt: Prompt, _ workspace: Workspace) -> String {
        if prompt.purpose == .replacement { return "Enter one by one · Alt-Enter all" }
        return "Alt-r regex · Alt-c case · Alt-w word · ↑↓" + (prompt.purpose == .find ? " · Ctrl-R replace" : "")
    }

    static func draw(_ session: ReplaceSession, _ workspace: Workspace, in rect: Rect, on grid: inout Grid) {
        let summary = workspace.notice.map { $0.text + " " + workspace.findSummary } ?? workspace.findSummary
        // The keys matter more than the words.
        let short = "y replace · n skip · a all · p back · Esc end"
        let long = "Replace by “\(session.replacement)”?  y yes · n no · a all · p back · Esc end"
        draw(question: long, orElse: short, summary, workspace, in: rect, on: &grid)
    }

    /// vim's question, with vim's keys.
    static func draw(_ walk: SubstitutionWalk, _ workspace: Workspace, in rect: Rect, on grid: inout Grid) {
        let keys = "y/n/a/q/l/^E/^Y"
        draw(
            question: "replace with \((walk.current?.with ?? "").replacing("\n", with: "↵")) (\(keys))?", orElse: keys,
            "\(walk.left) left", workspace, in: rect, on: &grid)
    }

    private static func draw(
        question: String, orElse short: String, _ summary: String, _ workspace: Workspace, in rect: Rect,
        on grid: inout Grid
    ) {
        let theme = workspace.environment.theme
        let width = min(DisplayWidth.of(summary), rect.width / 3)
        let room = rect.width - width - 2
        guard room > 0 else { return }
        _ = grid.put(
            Chrome.clipped(DisplayWidth.of(question) <= room ? question : short, to: room), x: rect.x, y: rect.y,
            style: theme[.prompt], maxWidth: room)
        _ = grid.put(
            Chrome.clipped(summary, to: width), x: rect.maxX - width, y: rect.y, style: theme[.dim], maxWidth: width)
    }
}
