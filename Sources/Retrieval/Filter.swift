/// Which notes a search may answer with. All parts that are set must hold.
public struct Filter: Sendable, Equatable {
    /// The note has each of these, in any case; `history` also accepts `history/rome`.
    public var tags: [String]
    /// Patterns of gitignore (see `Glob`), of which the last that matches the note's path or a folder above it decides;
    /// where there are only such with `!`, the others count.
    public var paths: [String]
    /// The note's date is this one or later: `yyyy`, `yyyy-MM` or `yyyy-MM-dd`.
    public var after: String?
    /// The note's date is earlier than this one.
    public var before: String?
    /// What the note's front matter must say.
    public var fields: WhereExpression?

    public init(
        tags: [String] = [], paths: [String] = [], after: String? = nil, before: String? = nil,
        fields: WhereExpression? = nil
    ) {
        self.tags = tags
        self.paths = paths
        self.after = after
        self.before = before
        self.fields = fields
    }

    public var isEmpty: Bool {
        tags.isEmpty && paths.isEmpty && after == nil && before == nil && fields == nil
    }
}

/// What a filter reads of a note.
struct NoteFacts: Sendable, Equatable {
    var path: String
    var title: String
    var date: String?
    var tags: [String]
    var fields: [String: String]
}

/// A `Filter` with its globs and dates read once, to be asked about many notes.
struct CompiledFilter {
    private let tags: [String]
    private let paths: PathRules
    private let hasPaths: Bool
    private let after: String?
    private let before: String?
    private let fields: WhereExpression?

    /// - Throws: `LibraryError.badDate`.
    init(_ filter: Filter) throws(LibraryError) {
        tags = filter.tags.map(CompiledFilter.folded)
        hasPaths = !filter.paths.isEmpty
        paths = PathRules(filter.paths.allSatisfy { $0.hasPrefix("!") } ? ["*"] + filter.paths : filter.paths)
        for date in [filter.after, filter.before] {
            if let date, !CompiledFilter.isDate(date) { throw .badDate(date) }
        }
        after = filter.after
        before = filter.before
        fields = filter.fields
    }

    func accepts(_ note: NoteFacts) -> Bool {
        if !tags.isEmpty {
            let own = note.tags.map(CompiledFilter.folded)
            for tag in tags
            where !own.contains(where: { $0 == tag || $0.hasPrefix(tag + "/") }) {
                return false
            }
        }
        if hasPaths, !paths.judge(path: note.path, isFolder: false).isMatch { return false }
        // ISO dates, shortened or not, are ordered as their text is.
        if let after {
            guard let date = note.date, date >= after else { return false }
        }
        if let before {
            guard let date = note.date, date < before else { return false }
        }
        return fields?.holds(for: note) ?? true
    }

    private static func folded(_ tag: String) -> String {
        (tag.hasPrefix("#") ? String(tag.dropFirst()) : tag).lowercased()
    }

    /// Whether `text` is `yyyy`, `yyyy-MM` or `yyyy-MM-dd`.
    static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts[0].utf8.count == 4 else { return false }
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
        }
        guard numbers.count == parts.count else { return false }
        guard parts.dropFirst().allSatisfy({ $0.utf8.count == 2 }) else { return false }
        if numbers.count > 1, !(1...12).contains(numbers[1]) { return false }
        if numbers.count > 2, !(1...31).contains(numbers[2]) { return false }
        return true
    }
}
