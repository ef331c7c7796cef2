import Screen

/// A short list to choose from, over the panes.
public struct Menu: Sendable {
    public enum Purpose: Sendable {
        /// The choice is shown at once; Esc brings `original` back.
        case theme([Theme], original: Theme)
        /// What to do with the misspelt word that lies at `range`.
        case spelling(SpellingMenu)
    }

    public var purpose: Purpose
    public var title: String
    public var items: [String]
    public var selected = 0

    init(_ purpose: Purpose, title: String, items: [String], selected: Int = 0) {
        self.purpose = purpose
        self.title = title
        self.items = items
        self.selected = selected
    }
}

/// Lines to read, over the panes: counts, a history.
public struct Report: Sendable {
    public struct Line: Sendable {
        public var text: String
        public var role: ThemeRole
        init(_ text: String, _ role: ThemeRole = .overlay) {
            self.text = text
            self.role = role
        }
    }

    public var title: String
    public var lines: [Line]
    public var scroll = 0

    init(title: String, lines: [Line]) {
        self.title = title
        self.lines = lines
    }
}
