import ArgumentParser
import Diagnostics
import Foundation
import JSON
import Manuscript
import Notes
import Retrieval
import TextCore

/// The options that `search` and `related` share.
struct SearchOptions: ParsableArguments {
    @Option(
        name: [.customShort("k"), .customLong("limit")], help: "How many passages at most, or all, as with --min-score."
    ) var limit = HitLimit(10)
    @Option(help: "hybrid, semantic or text.") var mode = SearchMode.hybrid
    @Option(help: "flat (exact) or hnsw.") var index: IndexKind?
    @Option(help: "cosine, ip or l2.") var metric = Metric.cosine
    @Option(help: "Leave out passages less similar than this.") var minScore: Double?
    @Option(name: [.customLong("tag")], help: "Only notes with this tag; may be given again.") var tags: [String] = []
    @Option(name: [.customLong("path")], help: "Only notes whose path matches this glob.") var paths: [String] = []
    @Option(help: "Only notes of this date or later.") var after: String?
    @Option(help: "Only notes before this date.") var before: String?
    @Option(help: "Only notes whose front matter fits, as in: year >= 2020 and status = \"read\".") var `where`: String?
    @Option(name: [.customLong("lang")], help: "Only passages in this language, as in en or zh; may be given again.")
    var languages: [Language] = []
    @Option(name: [.customLong("scope")], help: "Only notes of this scope: index or share.") var scopes: [Scope] = []
    @Option(help: "Only passages with these words, as in: word \"a phrase\" begin* -without; may be given again.")
    var containing: [String] = []
    @Flag(help: "Show the parts of each score.") var explain = false
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        guard limit.count >= 1 else { throw ValidationError("-k must be at least 1, or all.") }
    }

    func query(_ text: String) throws -> Query {
        let fields = try `where`.map { try WhereExpression.parse($0) }
        let filter = Filter(
            tags: tags, paths: paths, after: after, before: before, fields: fields, languages: languages,
            scopes: scopes,
            containing: containing)
        return Query(
            text: text, limit: limit.count, mode: mode, filter: filter, minimumScore: minScore, metric: metric,
            index: index)
    }

    /// Prints the answer, and ends with status 1 where there is none.
    func show(_ query: Query, in library: Library) throws {
        let start = Date()
        let hits = try library.withNearestSentences(library.search(query), for: query)
        let took = Date().timeIntervalSince(start) * 1_000
        if json {
            try Console.print(
                OrderedJSON.document([
                    ("query", .string(query.text)), ("mode", .string(query.mode.rawValue)),
                    ("hits", .array(hits.map(\.json))), ("took_ms", .number((took * 100).rounded() / 100)),
                ]).compact)
        } else {
            for hit in hits { try show(hit) }
            if hits.isEmpty { Console.error("longhand: nothing in the notes answers that.") }
        }
        if hits.isEmpty { throw ExitCode(ExitStatus.nothingFound.rawValue) }
    }

    private func show(_ hit: Hit) throws {
        let passage = hit.passage
        // A heading path that starts with the title says it already.
        let heading =
            passage.heading.hasPrefix(passage.title) || passage.heading.isEmpty
            ? passage.heading : "\(passage.title) › \(passage.heading)"
        try Console.print(
            "\(hit.strengthBar)  \(passage.path):\(passage.line)  \(heading.isEmpty ? passage.title : heading)")
        try Console.print("      \(hit.sentence)")
        if explain { try Console.print("      [\(hit.explanation(mode))]") }
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
    /// What an option names; nil where it isn't one of `known`.
    public init?(argument: String) { self.init(argument) }
    /// The codes that the help and a refusal list.
    public static var allValueStrings: [String] { known }
}
