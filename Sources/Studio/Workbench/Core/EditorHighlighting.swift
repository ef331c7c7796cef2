import Manuscript
import TextCore

/// The highlighter's state at the start of each line of a window of the document.
struct Highlighting: Sendable {
    /// How far above the window's first line an open fence is looked for.
    static let lookBack = 300
    private(set) var firstLine = 0
    private(set) var states: [LineState] = []

    /// Forgets what depended on `line`.
    mutating func invalidate(from line: Int) {
        let known = max(0, line - firstLine + 1)
        if line < firstLine { states = [] } else if known < states.count { states.removeLast(states.count - known) }
    }

    /// Makes the states of `lines` known.
    mutating func prepare(_ lines: Range<Int>, of text: Text) {
        let reachable = firstLine + states.count
        if states.isEmpty || lines.lowerBound < firstLine || lines.lowerBound > reachable + Self.lookBack {
            firstLine = max(0, lines.lowerBound - Self.lookBack)
            states = [.start]
        }
        while firstLine + states.count < lines.upperBound, let last = states.last {
            var state = last
            let line = firstLine + states.count - 1
            _ = MarkdownHighlighter.highlight(text.slice(text.lineRange(line)), state: &state)
            states.append(state)
        }
    }

    func state(of line: Int) -> LineState {
        let index = line - firstLine
        return states.indices.contains(index) ? states[index] : .start
    }
}
