import Manuscript

/// One export: first it is decided what becomes of every footnote, then the edits are made that say so in the text.
///
/// What cites a note becomes a number and an entry of the references. Everything else of the article is passed on byte for byte: what
/// other footnotes are called and where they stand, what escapes, and how lines end.
///
/// It reads the article as a `MarkdownTree`, finds the marks of footnotes in each `TextRun` by `InlineReader`, and
/// makes changes of byte ranges; what no change touches is copied.
struct ExportPlan {
    /// A footnote that cites a note, and the entry it becomes.
    struct Cited {
        var definition: Int
        var entry: Int
    }

    private(set) var problems: [ExportProblem] = []
    let tree: MarkdownTree
    let footnotes: Footnotes
    /// Behind a byte order mark.
    let textStart: Int
    /// By the key of the label.
    private(set) var cited: [String: Cited] = [:]
    private(set) var entries: [ReferenceEntry] = []
    /// What the first entry is called.
    private(set) var firstNumber = 1
    /// Definitions that leave the text: those that cite, and others of the same labels.
    private(set) var dropped: Set<Int> = []

    init(bytes: [UInt8]) {
        tree = MarkdownTree(bytes: bytes)
        footnotes = Footnotes(tree)
        textStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    private mutating func report(_ line: Int, _ reason: String) {
        problems.append(ExportProblem(line: line, reason: reason))
    }

    // MARK: Deciding

    /// - Parameters:
    ///   - find: the note at a project-relative path; nil when there is none.
    ///   - link: how the file that is written links to a project-relative path.
    mutating func resolve(_ find: (String) -> NoteReference?, link: (String) -> String = { $0 }) {
        let positions = firstDefinitions()
        let citations = citations(positions, find)
        var entryOf: [String: Int] = [:]
        var reached: Set<String> = []
        // A footnote's own references come when it is first referred to, after those of the body.
        var waiting = footnotes.references
        var next = 0
        while next < waiting.count {
            let reference = waiting[next]
            next += 1
            let key = Footnotes.key(reference.label)
            guard let index = positions[key] else {
                report(reference.line, "the footnote [^\(reference.label)] is nowhere defined")
                continue
            }
            guard reached.insert(key).inserted else { continue }
            waiting += footnotes.definitions[index].references
            guard let (form, note) = citations[index] else { continue }
            cited[key] = Cited(definition: index, entry: entry(for: form, note, of: index, &entryOf))
        }
        for (index, definition) in footnotes.definitions.enumerated() {
            let key = Footnotes.key(definition.label)
            if let first = positions[key], citations[first] != nil { dropped.insert(index) }
            if positions[key] == index, !reached.contains(key) {
                report(definition.line, "nothing refers to the footnote [^\(definition.label)]")
            }
        }
        chooseNumbers(behind: reached.count - cited.count)
        for index in entries.indices { entries[index].link = link(CitationForm.oneLine(entries[index].note.path)) }
    }

    /// The definition that counts for each label: the first.
    private mutating func firstDefinitions() -> [String: Int] {
        var positions: [String: Int] = [:]
        for (index, definition) in footnotes.definitions.enumerated() {
            let key = Footnotes.key(definition.label)
            if let first = positions[key] {
                let line = footnotes.definitions[first].line
                report(
                    definition.line,
                    "the footnote [^\(definition.label)] is defined before, in line \(line); only that one counts")
            } else {
                positions[key] = index
            }
        }
        return positions
    }

    /// Which of the definitions cite a note, and the note where it is found.
    private func citations(
        _ positions: [String: Int], _ find: (String) -> NoteReference?
    ) -> [Int: (form: CitationForm, note: NoteReference?)] {
        var notes: [String: NoteReference?] = [:]
        var result: [Int: (CitationForm, NoteReference?)] = [:]
        for index in positions.values.sorted() {
            guard let text = footnotes.definitions[index].text,
                let form = CitationForm(String(decoding: text.bytes, as: UTF8.self))
            else { continue }
            let note = notes[form.path] ?? find(form.path)
            notes[form.path] = .some(note)
            if form.cites(note) { result[index] = (form, note) }
        }
        return result
    }

    private mutating func entry(
        for form: CitationForm, _ note: NoteReference?, of index: Int, _ entryOf: inout [String: Int]
    ) -> Int {
        let definition = footnotes.definitions[index]
        if note == nil {
            report(definition.line, "the note \(form.path), cited by [^\(definition.label)], cannot be found")
        }
        if let known = entryOf[form.path] {
            entries[known].definitions.append(index)
            return known
        }
        entries.append(
            ReferenceEntry(note: note ?? NoteReference(title: form.title, path: form.path), definitions: [index]))
        entryOf[form.path] = entries.count - 1
        return entries.count - 1
    }

    /// Footnotes are shown as 1, 2, …; the references go on behind them, with numbers that nothing else in the article has.
    private mutating func chooseNumbers(behind shown: Int) {
        firstNumber = shown + 1
        guard !entries.isEmpty else { return }
        let labels = footnotes.definitions.map(\.label) + footnotes.references.map(\.label)
        let own = footnotes.numbers.union(labels.filter { cited[Footnotes.key($0)] == nil }.compactMap { Int($0) })
        for taken in own.sorted() where taken >= firstNumber && taken < firstNumber + entries.count {
            firstNumber = taken + 1
        }
    }

    func number(of key: String) -> Int? { cited[key].map { firstNumber + $0.entry } }

    /// What stands in the place of a reference; nil where it stays as it is.
    func replacement(_ reference: Footnotes.Reference, next: UInt8?, isFollowedByFootnote: Bool) -> String? {
        guard let number = number(of: Footnotes.key(reference.label)) else { return nil }
        // In front of these, "[1]" could begin a link or define one.
        let isLinked = next.map { "([:".utf8.contains($0) } ?? false
        return isLinked && !isFollowedByFootnote ? "\\[\(number)\\]" : "[\(number)]"
    }
}
