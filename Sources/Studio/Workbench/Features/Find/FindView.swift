import Screen
import TextCore

/// The bottom row while something is searched: the prompt, how it is meant, and which match of how many this is.
extension FindState {
    /// The prompt for what is asked now, with `text` in it.
    func prompt(_ core: StudioCore, _ text: String = "") -> Prompt {
        var prompt = Prompt(label, text) { .find(.answered($0)) }
        prompt.change = { .find(.typed($0)) }
        prompt.keys = [
            .escape: .find(.key(.cancel)), .control("g"): .find(.key(.next)), .down: .find(.key(.next)),
            .alt("g"): .find(.key(.previous)), .up: .find(.key(.previous)), .alt("c"): .find(.key(.letterCase)),
            .alt("r"): .find(.key(.regex)), .alt("w"): .find(.key(.wholeWord)), .alt("s"): .find(.key(.scope)),
        ]
        if asking == .find { prompt.keys[.control("r")] = .find(.key(.replace)) }
        if asking == .replacement { prompt.keys[.altEnter] = .find(.key(.replaceAll)) }
        prompt.detail = detail(core)
        return prompt
    }

    /// Has the prompt, where one is open, say how it goes now.
    func refreshPrompt(_ core: inout StudioCore) {
        guard var prompt = core.prompt, prompt.detail != nil else { return }
        prompt.label = label
        prompt.detail = detail(core)
        core.modal = .prompt(prompt)
    }

    private func detail(_ core: StudioCore) -> Prompt.Detail {
        let hints =
            asking == .replacement
            ? "Enter one by one · Alt-Enter all"
            : "Alt-r regex · Alt-c case · Alt-w word · ↑↓" + (asking == .find ? " · Ctrl-R replace" : "")
        return Prompt.Detail(hints: hints, summary: summary(core), isProblem: problem != nil)
    }

    /// `Replace (regex, whole word):`, so that nobody wonders why nothing is found.
    private var label: String {
        var marks: [String] = []
        if options.isRegex { marks.append("regex") }
        switch options.letterCase {
        case .smart: break
        case .exact: marks.append("Aa")
        case .ignored: marks.append("a=A")
        }
        if options.isWholeWord { marks.append("word") }
        if scope != nil { marks.append("selection") }
        let name =
            switch asking {
            case .find: "Find"
            case .replace: "Replace"
            case .replacement: "With"
            }
        return marks.isEmpty ? name + ":" : "\(name) (\(marks.joined(separator: ", "))):"
    }

    /// What the bottom row says beside the prompt: which match of how many.
    func summary(_ core: StudioCore) -> String {
        if let problem = problem { return problem }
        guard !text.isEmpty, pattern != nil else { return "" }
        if ticket != nil { return "searching…" }
        guard !matches.isEmpty else { return "none" }
        let selected = core.editor.document.selection.range
        let index = index(at: selected.lowerBound)
        let total = "\(matches.count)\(isPartial ? "+" : "")"
        return index < matches.count && matches[index] == selected ? "\(index + 1) of \(total)" : total
    }

    func decorations(_ visible: () -> Range<Int>, _ core: StudioCore) -> [Decoration] {
        guard isShown, version == core.editor.document.version, path == core.editor.path, ticket == nil else {
            return []
        }
        let visible = visible()
        var index = index(at: visible.lowerBound)
        // A match of several lines may have begun above.
        if index > 0 { index -= 1 }
        return matches[index...].prefix { $0.lowerBound < visible.upperBound }.map {
            Decoration(range: $0, role: .match)
        }
    }
}

extension ReplaceSession {
    var isRow: Bool { true }

    func press(_ key: Key) -> Event { .find(.replaceKey(key)) }

    func draw(_ workspace: Workspace, in row: Rect, on grid: inout Grid) {
        let core = workspace.core
        let position = workspace.find.summary(core)
        let summary = core.notice.map { $0.text + " " + position } ?? position
        // The keys matter more than the words.
        let short = "y replace · n skip · a all · p back · Esc end"
        let long = "Replace by “\(replacement)”?  y yes · n no · a all · p back · Esc end"
        StatusView.draw(question: long, orElse: short, summary, in: row, theme: core.theme, on: &grid)
    }
}
