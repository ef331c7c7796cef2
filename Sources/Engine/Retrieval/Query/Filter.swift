import Manuscript
import Notes

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
    /// The passage is in one of these.
    public var languages: [Language]
    /// The note's scope is one of these.
    public var scopes: [Scope]
    /// Words that the passage has: each is read as `QuerySyntax.conditions`, and all must hold.
    public var containing: [String]

    /// A filter of these parts; an empty part lets every passage through.
    public init(
        tags: [String] = [], paths: [String] = [], after: String? = nil, before: String? = nil,
        fields: WhereExpression? = nil, languages: [Language] = [], scopes: [Scope] = [], containing: [String] = []
    ) {
        self.tags = tags
        self.paths = paths
        self.after = after
        self.before = before
        self.fields = fields
        self.languages = languages
        self.scopes = scopes
        self.containing = containing
    }

    /// Whether it lets every passage through.
    public var isEmpty: Bool {
        self == Filter()
    }
}

/// A `Filter` with its globs and dates read once, to be asked about many notes.
///
/// It is asked of each note in `Catalog`, which is in memory; the language of each passage was found when it was
/// stored, and words that must be there (`containing`) are asked of FTS5. What is left is a `CandidateSet`, and
/// vectors and full text are ranked among those only: a filter holds inside the search. `FilteredSearchTests` hold it
/// against a linear scan.
struct CompiledFilter {
    private let tags: [String]
    private let paths: PathRules
    private let hasPaths: Bool
    private let after: String?
    private let before: String?
    private let fields: WhereExpression?
    private let scopes: Set<Scope>
    let languages: Set<Language>
    let containing: [FullTextQuery]

    /// - Throws: `LibraryError.badDate`.
    init(_ filter: Filter) throws(LibraryError) {
        tags = filter.tags.map(CompiledFilter.folded)
        hasPaths = !filter.paths.isEmpty
        paths = PathRules(filter.paths.allSatisfy { $0.hasPrefix("!") } ? ["*"] + filter.paths : filter.paths)
        for date in [filter.after, filter.before] {
            if let date, !CalendarDay.isDate(date) { throw .badDate(date) }
        }
        after = filter.after
        before = filter.before
        fields = filter.fields
        scopes = Set(filter.scopes)
        languages = Set(filter.languages)
        containing = filter.containing.map { FullTextQuery($0, syntax: .conditions) }
    }

    /// Whether it makes a difference if a note is `index` or `share`.
    var asksForScope: Bool { !scopes.isEmpty }

    func accepts(_ scope: Scope) -> Bool { scope != .ignore && (scopes.isEmpty || scopes.contains(scope)) }

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
}
