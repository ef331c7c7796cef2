import Screen
import TextCore

/// The walk of vim's `:s` with `c`: a question at each match.
struct SubstitutionWalk: Panel {
    /// What hasn't been decided yet, in the text as it was before the first replacement.
    private var edits: ArraySlice<(range: Range<Int>, with: String)>
    /// How far what is decided has moved what follows.
    private var shift = 0
    private(set) var count = 0
    /// Where the last replacement ends.
    private(set) var end: Int?
    /// The text this is true of.
    private(set) var path: String
    fileprivate(set) var version: Int

    init(_ edits: [(range: Range<Int>, with: String)], path: String, version: Int) {
        self.edits = edits[...]
        self.path = path
        self.version = version
    }

    /// The match that is asked about, as the text is now.
    var current: (range: Range<Int>, with: String)? {
        edits.first.map { ($0.range.lowerBound + shift..<$0.range.upperBound + shift, $0.with) }
    }

    var left: Int { edits.count }

    /// All that is left, as the text is now.
    fileprivate var rest: [(range: Range<Int>, with: String)] {
        edits.map { ($0.range.lowerBound + shift..<$0.range.upperBound + shift, $0.with) }
    }

    fileprivate mutating func skip() { edits.removeFirst() }

    /// The first `number` have been replaced.
    fileprivate mutating func didReplace(_ number: Int) {
        let done = edits.prefix(number)
        end = Self.end(of: done).map { $0 + shift } ?? end
        shift += done.reduce(0) { $0 + $1.with.utf8.count - $1.range.count }
        count += number
        edits = edits.dropFirst(number)
    }

    /// Where the last of some replacements ends in the text after them.
    static func end(of edits: ArraySlice<(range: Range<Int>, with: String)>) -> Int? {
        guard let last = edits.last else { return nil }
        return edits.dropLast().reduce(0) { $0 + $1.with.utf8.count - $1.range.count } + last.range.lowerBound
            + last.with.utf8.count
    }
}

extension SubstitutionWalk {
    var isRow: Bool { true }

    func press(_ key: Key) -> Event { .vim(.walkKey(key)) }

    func draw(_ workspace: Workspace, in row: Rect, on grid: inout Grid) {
        let keys = "y/n/a/q/l/^E/^Y"
        StatusView.draw(
            question: "replace with \((current?.with ?? "").replacing("\n", with: "↵")) (\(keys))?", orElse: keys,
            "\(left) left", in: row, theme: workspace.theme, on: &grid)
    }
}

extension Workspace {
    mutating func beginWalk(through edits: [(range: Range<Int>, with: String)], of substitution: VimSubstitution)
        -> [Effect]
    {
        let walk = SubstitutionWalk(edits, path: editor.path, version: editor.document.version)
        withEditor { $0.beginUndoGroup() }
        return ask(walk)
    }

    private mutating func ask(_ walk: SubstitutionWalk) -> [Effect] {
        guard let match = walk.current else { return end(walk) }
        modal = .panel(walk)
        withEditor { $0.select(Selection(anchor: match.range.upperBound, head: match.range.lowerBound)) }
        return []
    }

    mutating func press(_ key: Key, in walk: SubstitutionWalk) -> [Effect] {
        guard walk.path == editor.path, walk.version == editor.document.version else {
            say("The text changed meanwhile, so the rest was not replaced.", .error)
            return end(walk)
        }
        var walk = walk
        switch key {
        case .character("y"), .character("l"), .character("a"):
            let effects = replace(key == .character("a") ? walk.left : 1, in: &walk)
            return effects + (key == .character("y") && !vim.hasFailed ? ask(walk) : end(walk))
        case .character("n"):
            walk.skip()
            return ask(walk)
        case .character("q"), .escape, .control("c"): return end(walk)
        case .control("e"), .control("y"), .end:
            return vimRunSimple(
                key == .control("y") ? "<C-y>" : "<C-e>", "", VimCommand(action: .simple("", argument: "")))
        default: return []
        }
    }

    /// Replaces the next ones.
    private mutating func replace(_ number: Int, in walk: inout SubstitutionWalk) -> [Effect] {
        let edits = Array(walk.rest.prefix(number))
        guard let first = edits.first else { return [] }
        vim.hasFailed = false
        let effects = vimChange(edits, caret: first.range.lowerBound, origin: "substitute")
        if !vim.hasFailed { walk.didReplace(number) }
        walk.version = editor.document.version
        return effects
    }

    private mutating func end(_ walk: SubstitutionWalk) -> [Effect] {
        if core.panel(SubstitutionWalk.self) != nil { modal = nil }
        withEditor(path: walk.path) { $0.endUndoGroup() }
        guard walk.path == editor.path else { return [] }
        withEditor { editor in
            editor.select(Selection(min(editor.document.selection.range.lowerBound, editor.text.utf8Count)))
            if let end = walk.end { editor.selectFirstWord(ofLineAt: end) }
        }
        if notice?.kind != .error { say("\(walk.count) replaced.") }
        return []
    }
}
