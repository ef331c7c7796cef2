extension Grid {
    /// The text of all rows, without the blanks at their ends, one line a row.
    public func snapshot() -> String {
        (0..<height).map { y in
            trimmed(row(y).reduce(into: "") { $0 += $1.text })
        }.joined(separator: "\n")
    }

    /// The rows with every run of a style other than the plain one marked: `‹bold fg=2|text›`.
    ///
    /// The blanks at a row's end are kept where they have a style, because they show.
    public func styledSnapshot() -> String {
        (0..<height).map { y in
            var line = ""
            var run = ""
            var style = Style.plain
            func close() {
                if run.isEmpty { return }
                line += style == .plain ? run : "‹\(style.summary)|\(run)›"
                run = ""
            }
            for cell in row(y) {
                if cell.style != style {
                    close()
                    style = cell.style
                }
                run += cell.text
            }
            if style == .plain { run = trimmed(run) }
            close()
            return line
        }.joined(separator: "\n")
    }

    private func trimmed(_ line: String) -> String {
        guard let last = line.lastIndex(where: { $0 != " " }) else { return "" }
        return String(line[...last])
    }
}

extension Style {
    /// The style in words for tests and logs: `bold underline fg=#ff8800 bg=4`; `plain` for none.
    public var summary: String {
        var words: [String] = []
        if bold { words.append("bold") }
        if italic { words.append("italic") }
        if underline { words.append("underline") }
        if reverse { words.append("reverse") }
        if dim { words.append("dim") }
        if foreground != .default { words.append("fg=" + foreground.summary) }
        if background != .default { words.append("bg=" + background.summary) }
        return words.isEmpty ? "plain" : words.joined(separator: " ")
    }
}

extension Color {
    /// The colour as a theme file writes it.
    public var summary: String {
        switch self {
        case .default: return "default"
        case .indexed(let index): return String(index)
        case .rgb(let red, let green, let blue):
            return "#"
                + [red, green, blue].map { byte in
                    (byte < 16 ? "0" : "") + String(byte, radix: 16)
                }.joined()
        }
    }
}
