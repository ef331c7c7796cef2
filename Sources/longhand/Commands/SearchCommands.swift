import ArgumentParser
import Diagnostics
import Foundation
import Manuscript
import Notes
import Retrieval
import TextCore

/// The options that `search` and `related` share.
struct SearchOptions: ParsableArguments {
    @Option(name: [.customShort("k"), .customLong("limit")], help: "How many passages at most, or all, as with --min-score.") var limit = HitLimit(10)
    @Option(help: "hybrid, semantic or text.") var mode = SearchMode.hybrid
    @Option(help: "flat (exact) or hnsw.") var index: IndexKind?
    @Option(help: "cosine, ip or l2.") var metric = Metric.cosine
    @Option(help: "Leave out passages less similar than this.") var minScore: Double?
    @Option(name: [.customLong("tag")], help: "Only notes with this tag; may be given again.") var tags: [String] = []
    @Option(name: [.customLong("path")], help: "Only notes whose path matches this glob.") var paths: [String] = []
    @Option(help: "Only notes of this date or later.") var after: String?
    @Option(help: "Only notes before this date.") var before: String?
    @Option(help: "Only notes whose front matter fits, as in: year >= 2020 and status = \"read\".") var `where`: String?
    @Option(name: [.customLong("lang")], help: "Only passages in this language, as in en or zh; may be given again.") var languages: [Language] = []
    @Option(name: [.customLong("scope")], help: "Only notes of this scope: index or share.") var scopes: [Scope] = []
    @Option(help: "Only passages with these words, as in: word \"a phrase\" begin* -without; may be given again.") var containing: [String] = []
    @Flag(help: "Show the parts of each score.") var explain = false
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        guard limit.count >= 1 else { throw ValidationError("-k must be at least 1, or all.") }
    }

    func query(_ text: String) throws -> Query {
        let fields = try `where`.map { try WhereExpression.parse($0) }
        let filter = Filter(tags: tags, paths: paths, after: after, before: before, fields: fields, languages: languages, scopes: scopes,
            containing: containing)
        return Query(
            text: text, limit: limit.count, mode: mode, filter: filter, minimumScore: minScore, metric: metric, index: index)
    }

    /// Prints the answer, and ends with status 1 where there is none.
    func show(_ query: Query, in library: Library) throws {
        let start = Date()
        let hits = try library.withNearestSentences(library.search(query), for: query)
        let took = Date().timeIntervalSince(start) * 1_000
        if json {
            try Console.print(
                JSON.document([
                    ("query", .string(query.text)), ("mode", .string(query.mode.rawValue)),
                    ("hits", .array(hits.map(\.json))), ("took_ms", .number((took * 100).rounded() / 100)),
                ]).text)
        } else {
            for hit in hits { try show(hit) }
            if hits.isEmpty { Console.error("longhand: nothing in the notes answers that.") }
        }
        if hits.isEmpty { throw ExitCode(ExitStatus.nothingFound.rawValue) }
    }

    private func show(_ hit: Hit) throws {
        let passage = hit.passage
        // A heading path that starts with the title says it already.
        let place = passage.heading.hasPrefix(passage.title) || passage.heading.isEmpty ? passage.heading : "\(passage.title) › \(passage.heading)"
        try Console.print("\(hit.strengthBar)  \(passage.path):\(passage.line)  \(place.isEmpty ? passage.title : place)")
        try Console.print("      \(hit.sentence)")
        if explain { try Console.print("      [\(hit.explanation(mode))]") }
    }
}

/// How many hits: a number, or `all`.
struct HitLimit: ExpressibleByArgument {
    let count: Int

    init(_ count: Int) { self.count = count }

    init?(argument: String) {
        guard let count = argument == "all" ? Query.all : Int(argument) else { return nil }
        self.count = count
    }

    var defaultValueDescription: String { count == Query.all ? "all" : "\(count)" }
}

struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "search", abstract: "Find passages of your notes by meaning and by words.",
        discussion: """
            In QUERY, "quoted words", +word and -word (or NOT word) are conditions that every passage fulfils; word* stands
            for all words that begin so; AND between two makes conditions of both, OR one condition of either. All other
            words are alternatives: more and rarer ones come first.
            """)
    @Argument(help: "What to look for; - reads standard input.") var query: String
    @OptionGroup var project: ProjectOption
    @OptionGroup var options: SearchOptions

    func run() throws {
        let text = query == "-" ? String(decoding: try Console.standardInput(), as: UTF8.self) : query
        var search = try options.query(text)
        search.syntax = .operators
        try options.show(search, in: OpenedProject(project.path).indexedLibrary())
    }
}

struct RelatedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "related", abstract: "Find passages similar to the paragraph at a line of a file.")
    @Argument(help: "FILE, or FILE:LINE.") var place: String
    @Option(name: [.customShort("p"), .customLong("project")], help: "The project's folder; the one that FILE is in by default.")
    var project: String?
    @OptionGroup var options: SearchOptions

    func run() throws {
        let place = FilePlace(place)
        let opened = try OpenedProject(project ?? place.path)
        guard let bytes = try AtomicFile.read(place.path) else { throw CommandError.noSuchFile(place.path) }
        let text = Text(String(decoding: bytes, as: UTF8.self))
        let line = min(max(0, (place.line ?? 1) - 1), text.lineCount - 1)
        let paragraph = text.slice(text.paragraph(at: text.lineStart(line)))
        var query = try options.query(paragraph)
        query.article = text
        query.excludingPath = opened.libraryPath(of: place.path)
        try options.show(query, in: opened.indexedLibrary())
    }
}

/// `FILE` or `FILE:LINE`.
struct FilePlace {
    let path: String
    let line: Int?

    init(_ text: String) {
        if let colon = text.lastIndex(of: ":"), let number = Int(typed: text[text.index(after: colon)...]), number > 0 {
            path = String(text[..<colon])
            line = number
        } else {
            path = text
            line = nil
        }
    }
}

extension Hit {
    /// The parts of the score, in words.
    func explanation(_ mode: SearchMode) -> String {
        func decimal(_ value: Double, _ digits: Int = 2) -> String { String(format: "%.\(digits)f", value) }
        var parts: [String] = []
        if let similarity {
            parts.append("similarity \(decimal(similarity, 3))" + (vectorRank.map { ", rank \($0)" } ?? ", beyond the ranks"))
        }
        if let standing { parts.append("\(decimal(standing)) above most") }
        if let textScore { parts.append("BM25 \(decimal(textScore))" + (textRank.map { ", rank \($0)" } ?? "")) }
        if let fused { parts.append("fused \(decimal(fused))") }
        if penalty >= 0.005 { parts.append("like a better hit -\(decimal(penalty))") }
        if mode == .hybrid || parts.isEmpty { parts.append("score \(decimal(score))") }
        if let strength { parts.append("strength \(decimal(strength))") }
        if !matchedTerms.isEmpty { parts.append("terms \(matchedTerms.joined(separator: ", "))") }
        return parts.joined(separator: "; ")
    }

    var json: JSON {
        .object([
            ("rank", .integer(rank)), ("score", .number(score)), ("strength", .optional(strength)),
            ("similarity", .optional(similarity)), ("standing", .optional(standing)), ("text_score", .optional(textScore)),
            ("fused", .optional(fused)), ("penalty", .number(penalty)), ("path", .string(passage.path)), ("line", .integer(passage.line)),
            ("end_line", .integer(passage.endLine)), ("heading", .string(passage.heading)),
            ("passage", .string(passage.text)), ("sentence", .string(sentence)), ("tags", .strings(passage.tags)),
            ("title", .string(passage.title)), ("date", .optional(passage.date)), ("scope", .string(passage.scope.rawValue)),
            ("language", .optional(passage.language)),
            ("vector_rank", .optional(vectorRank)), ("text_rank", .optional(textRank)),
            ("matched_terms", .strings(matchedTerms)), ("id", .string(passage.id)),
        ])
    }
}

extension SearchMode: ExpressibleByArgument {}
extension IndexKind: ExpressibleByArgument {}
extension Metric: ExpressibleByArgument {}
extension Scope: ExpressibleByArgument {
    /// What is ignored is never found.
    public static var allValueStrings: [String] { [Scope.index, .share].map(\.rawValue) }
}
extension Language: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
    public static var allValueStrings: [String] { known }
}
