import Embedding
import Foundation

import Synchronization
import TestProjects
import TestSupport
import Testing
import TextAnalysis
import TextCore
import VectorSearch

@testable import Notes
@testable import Retrieval

@Suite final class LibrarySearchTests {
    /// Keeps the projects' folders for as long as the test runs.
    private let projects = Mutex<[TestProject]>([])

    private func indexed(_ files: [(String, String)], encoder: (any PassageEncoder)? = HashingEncoder()) throws
        -> (TestProject, Library)
    {
        let project = try TestProject(scopes: [FolderScope("shared", .share)])
        projects.withLock { $0.append(project) }
        for (path, text) in files { try project.write(path, text) }
        let library = try project.library(encoder)
        _ = try library.index()
        return (project, library)
    }

    private static let notes = [
        (
            "shared/rivers.md",
            "---\ntags: [water]\ndate: 2024-02-01\nyear: 2019\n---\n# Rivers\n\nRivers carry silt. They flood their banks in spring."
        ),
        (
            "bridges.md",
            "---\ntags: [stone]\ndate: 2023-02-01\nyear: 2021\n---\n# Bridges\n\nA bridge of stone crosses the river."
        ),
        ("检索.md", "# 检索\n\n向量检索比较距离。全文检索比较词语，质量取决于分词。"),
        ("cooking.md", "# Cooking\n\nBoil the pasta in salted water."),
    ]

    @Test func aHitSaysWhy() throws {
        // So many numbers that words seldom share one.
        let (_, library) = try indexed(Self.notes, encoder: HashingEncoder(dimension: 512))
        let hits = try library.search(Query(text: "flooding of the banks"))
        let hit = try #require(hits.first)
        #expect(hit.passage.path == "shared/rivers.md")
        #expect(hit.passage.heading == "Rivers")
        #expect(hit.passage.line == 8 && hit.passage.endLine == 8)
        #expect(hit.passage.scope == .share)
        #expect(hit.passage.tags == ["water"])
        #expect(hit.sentence == "They flood their banks in spring.")
        #expect(hit.matchedTerms == ["flooding", "banks"])
        #expect(hit.rank == 1 && hit.textRank == 1)
        #expect(hit.similarity != nil && hit.textScore != nil)
        #expect(hits.map(\.rank) == Array(1...hits.count))
    }

    @Test(arguments: [("检索", "检索"), ("质量", "质量"), ("分", "分"), ("全文检索的质量", "全文检索")])
    func chineseWordsOfAnyLengthAreFound(query: String, term: String) throws {
        let (_, library) = try indexed(Self.notes)
        let hits = try library.search(Query(text: query, mode: .text))
        #expect(hits.map(\.passage.path) == ["检索.md"])
        #expect(hits.first?.matchedTerms.contains(term) == true)
    }

    @Test func chineseWordsThatAreNotThereAreNotFound() throws {
        let (_, library) = try indexed(Self.notes)
        #expect(try library.search(Query(text: "索全", mode: .text)).isEmpty)
    }

    @Test(arguments: [
        "\"", "'", "AND", "OR NOT", "NEAR(a b)", "a*", "body:x", "^a", "-river", "(", ")", "{heading}:", "a\u{0}b",
        "🙂", "\"river\" OR \"", "; DROP TABLE passages; --", "%_\\", "river + stone", "\u{FFFF}", "ﬁ ß İ", "...",
    ])
    func anyTextIsASafeQuery(text: String) throws {
        let (_, library) = try indexed(Self.notes)
        for mode in SearchMode.allCases {
            _ = try library.search(Query(text: text, mode: mode))
        }
        #expect(try library.search(Query(text: "pasta", mode: .text)).count == 1)
    }

    @Test func aLongQueryIsSafe() throws {
        let (_, library) = try indexed(Self.notes)
        var source = WordSource(seed: 9)
        let long =
            (0..<2000).map { _ in "\(source.below(100_000))w" }.joined(separator: " ")
            + "检索质量".map { "\($0) " }.joined()
        _ = try library.search(Query(text: long))
    }

    @Test func filtersEqualALinearScan() throws {
        var source = WordSource(seed: 31)
        var files: [(String, String)] = []
        for index in 0..<30 {
            let tags = ["art", "law", "sea"].filter { _ in source.below(2) == 0 }
            files.append(
                (
                    ["a", "b", "b/c"][source.below(3)] + "/n\(index).md",
                    "---\ntags: [\(tags.joined(separator: ", "))]\ndate: 202\(source.below(5))-06-15\nyear: \(2000 + source.below(20))\n---\n\n\(source.sentence(14)) N\(index)."
                ))
        }
        let (_, library) = try indexed(files)
        let filters = [
            Filter(tags: ["art"]), Filter(paths: ["b"]), Filter(after: "2022"), Filter(before: "2022-06-16"),
            Filter(fields: try .parse("year >= 2010")),
            Filter(tags: ["sea"], paths: ["b/**", "a"], after: "2021", fields: try .parse("not year < 2005")),
        ]
        for mode in SearchMode.allCases {
            let all = try library.search(Query(text: "winter garden river stone memory", limit: 100, mode: mode))
            for filter in filters {
                let compiled = try CompiledFilter(filter)
                let expected = try all.filter { hit in
                    let file = try #require(files.first { $0.0 == hit.passage.path })
                    return compiled.accepts(try NoteReader.read(Array(file.1.utf8), path: file.0).facts)
                }
                let found = try library.search(
                    Query(text: "winter garden river stone memory", limit: 100, mode: mode, filter: filter))
                // The order of a fused answer depends on ranks, which a filter changes.
                #expect(Set(found.map(\.passage.path)) == Set(expected.map(\.passage.path)))
                if mode != .hybrid { #expect(found.map(\.passage.path) == expected.map(\.passage.path)) }
            }
        }
    }

    @Test func aFilterDoesNotThinOutTheAnswer() throws {
        var source = WordSource(seed: 41)
        var files = (0..<80).map { ("many/n\($0).md", source.sentence(10) + " Bridge \($0).") }
        for index in 0..<5 { files.append(("few/n\(index).md", source.sentence(30) + " Item\(index).")) }
        let (_, library) = try indexed(files)
        for index in IndexKind.allCases {
            let query = Query(
                text: "bridge", limit: 5, mode: .semantic, filter: Filter(paths: ["few"]), index: index)
            #expect(try library.search(query).count == 5)
        }
    }

    @Test func theArticleItselfAndWhatItQuotesAreLeftOut() throws {
        let (project, library) = try indexed(Self.notes)
        let query = Query(text: "stone bridge river", mode: .text)
        #expect(try library.search(query).first?.passage.path == "bridges.md")
        for path in ["bridges.md", "./bridges.md", project.layout.root + "/bridges.md"] {
            var own = query
            own.excludingPath = path
            #expect(try library.search(own).map(\.passage.path) == ["shared/rivers.md"])
        }
        var quoted = query
        quoted.excludingText = ["> A bridge of stone crosses\n> the river.[^bridges]"]
        #expect(try library.search(quoted).map(\.passage.path) == ["shared/rivers.md"])
    }

    @Test func whatTheArticleQuotesIsLeftOut() throws {
        let (_, library) = try indexed(Self.notes)
        var query = Query(text: "stone bridge river", mode: .text)
        query.article = Text(
            "On stones.\n\n> A bridge of *stone*\n> crosses the river.[^bridges]\n\n[^bridges]: Bridges — `bridges.md:8`\n"
        )
        #expect(try library.search(query).map(\.passage.path) == ["shared/rivers.md"])
        // Said again in one's own words it is no quotation.
        query.article = Text("A bridge of stone crosses the river.\n")
        #expect(try library.search(query).first?.passage.path == "bridges.md")
    }

    @Test func everyPassageAboveAMinimumIsFound() throws {
        var source = WordSource(seed: 12)
        let (_, library) = try indexed((0..<150).map { ("n\($0).md", source.sentence(8 + source.below(9))) })
        for metric in Metric.allCases {
            for index in IndexKind.allCases {
                var query = Query(
                    text: "winter garden stone", limit: Query.all, mode: .semantic, metric: metric, index: index)
                let all = try library.search(query)
                #expect(all.count == 150)
                let scores = all.compactMap(\.similarity).sorted(by: >)
                for place in [0, 30, 99, 149] {
                    for mode in [SearchMode.semantic, .hybrid] {
                        query.mode = mode
                        query.minimumScore = scores[place]
                        let found = try library.search(query)
                        #expect(
                            Set(found.map(\.passage.path))
                                == Set(all.filter { ($0.similarity ?? 0) >= scores[place] }.map(\.passage.path)))
                    }
                }
                query.mode = .semantic
                query.minimumScore = scores[60]
                query.limit = 5
                #expect(try library.search(query).map(\.passage.path) == all.prefix(5).map(\.passage.path))
            }
        }
        let text = try library.search(Query(text: "winter", limit: Query.all, mode: .text))
        let least = try #require(text.dropFirst(text.count / 2).first?.textScore)
        let near = try library.search(Query(text: "winter", limit: Query.all, mode: .text, minimumScore: least))
        #expect(near.map(\.passage.path) == text.filter { ($0.textScore ?? 0) >= least }.map(\.passage.path))
    }

    /// Vectors of words with some noise; of some models, all point much the same way.
    private struct NoisyEncoder: PassageEncoder {
        let common: Float
        let wide = HashingEncoder(dimension: 256)
        var name: String { "noisy \(common)" }
        var dimension: Int { 257 }
        var maxTokens: Int { wide.maxTokens }
        var fingerprint: String { name }
        func tokenCount(_ text: String) -> Int { wide.tokenCount(text) }
        func encodePassages(_ texts: [String], isCancelled: @Sendable () -> Bool) throws -> [[Float]] {
            zip(try wide.encodePassages(texts, isCancelled: isCancelled), texts).map(noisy)
        }
        func encodeQuery(_ text: String) throws -> [Float] { noisy(try wide.encodeQuery(text), text) }
        private func noisy(_ vector: [Float], _ text: String) -> [Float] {
            var random = SeededGenerator(seed: text.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
            let whole = vector.map { $0 + Float.random(in: -0.11...0.11, using: &random) }
            let unit = VectorCoding.normalized(whole) ?? whole
            return unit.map { $0 * (1 - common * common).squareRoot() } + [common]
        }
    }

    @Test func aWeakHitIsWeakWithAnyModel() throws {
        var source = WordSource(seed: 3)
        var files = (0..<60).map { ("n\($0).md", source.sentence(12)) }
        files.append(("answer.md", "Quinces ripen late, and quinces taste of roses."))
        for encoder: any PassageEncoder in [NoisyEncoder(common: 0), NoisyEncoder(common: 0.9)] {
            let (_, library) = try indexed(files, encoder: encoder)
            for mode in [SearchMode.hybrid, .semantic] {
                let strong = try #require(
                    try library.search(Query(text: "quinces ripen with a taste of roses", mode: mode)).first)
                #expect(strong.passage.path == "answer.md")
                #expect(try #require(strong.strength) > 0.7, "\(encoder.name) \(mode)")
                let weak = try library.search(Query(text: "orbital mechanics of moons", mode: mode))
                #expect(!weak.isEmpty && weak.allSatisfy { ($0.strength ?? 1) < 0.55 }, "\(encoder.name) \(mode)")
                #expect(!strong.isWeak && strong.strengthBar.contains("▰▰▰"))
            }
        }
    }

    @Test func theHybridScoreIsTheSumOfItsParts() throws {
        let text = "The harbour froze in the winter of that year, and no ship could leave it before spring"
        var source = WordSource(seed: 8)
        var files = (0..<30).map { ("n\($0).md", source.sentence(12)) }
        // Much of the same, said in another way.
        files += [("a.md", text + "."), ("b.md", "No ship left before spring: harbour and river froze that winter.")]
        let (_, library) = try indexed(files, encoder: HashingEncoder(dimension: 256))
        let hits = try library.search(Query(text: "harbour froze winter ship spring"))
        #expect(Set(hits.prefix(2).map(\.passage.path)) == ["a.md", "b.md"])
        #expect(hits.first?.penalty == 0 && hits.dropFirst().contains { $0.penalty > 0.2 })
        for hit in hits {
            #expect(abs(hit.score - ((hit.fused ?? 0) - hit.penalty)) < 1e-9)
            #expect((hit.fused ?? 0) >= (hit.zScore ?? 0))
        }
        #expect(hits.map(\.score) == hits.map(\.score).sorted(by: >))
    }

    @Test func threeVersionsOfAParagraphDontFillTheList() throws {
        let first =
            "When the harbour froze in the winter of that year, no ship could leave it for eleven weeks, and bread became dear."
        let second =
            "When the harbour froze in the cold winter of that year, no ship could leave it for eleven weeks, and bread became dear."
        let third = "Again: when the harbour froze in the winter of that year, no ship could leave it for eleven weeks."
        let other =
            "A ship that lies in a frozen harbour is crushed slowly: first the planks groan, then the ribs give way."
        let (_, library) = try indexed([("a.md", first), ("b.md", second), ("c.md", third), ("d.md", other)])
        for mode in SearchMode.allCases {
            let found = try library.search(Query(text: "ships in a frozen harbour", limit: 4, mode: mode)).map(
                \.passage.path)
            #expect(found.count == 2 && found.contains("d.md"), "\(mode)")
            // Who asks for all gets all.
            #expect(
                try library.search(Query(text: "ships in a frozen harbour", limit: Query.all, mode: mode)).count == 4)
        }
    }

    /// Vectors by the first letter of a text: a model whose own idea of near has nothing to do with words.
    private final class LetterEncoder: PassageEncoder {
        let name = "letters"
        let dimension = 27
        let maxTokens = 64
        let fingerprint = "letters-1"
        let leavesMachine: Bool
        private let encoded = Mutex<[String]>([])
        init(leavesMachine: Bool = false) { self.leavesMachine = leavesMachine }
        var texts: [String] { encoded.withLock { $0 } }
        func tokenCount(_ text: String) -> Int { TokenEstimate.subwords(text) }
        func encodePassages(_ texts: [String], isCancelled: @Sendable () -> Bool) throws -> [[Float]] {
            if isCancelled() { throw LibraryError.cancelled }
            encoded.withLock { $0 += texts }
            return try texts.map(encodeQuery)
        }
        func encodeQuery(_ text: String) throws -> [Float] {
            let first = text.lowercased().utf8.first.map { Int($0) - 97 } ?? 26
            return (0..<27).map { $0 == (0..<26 ~= first ? first : 26) ? 1 : 0 }
        }
    }

    @Test func theModelChoosesTheSentence() throws {
        let encoder = LetterEncoder()
        let files = [
            ("a.md", "A zebra crosses the road. Quite another matter\nis this. Zebras again."),
            ("b.md", "One sentence only."),
        ]
        let (_, library) = try indexed(files, encoder: encoder)
        let query = Query(text: "quick zebra road")
        let hits = try library.search(query)
        #expect(hits.first?.sentence == "A zebra crosses the road.")
        let before = encoder.texts.count
        let sharp = try library.withNearestSentences(hits, for: query)
        #expect(sharp.map(\.sentence) == ["Quite another matter is this.", "One sentence only."])
        #expect(sharp.map(\.passage) == hits.map(\.passage))
        // Only where there is a choice, and once.
        #expect(encoder.texts.count == before + 3)
        _ = try library.withNearestSentences(hits, for: query)
        #expect(encoder.texts.count == before + 3)
        let other = Query(text: "zoo")
        #expect(
            try library.withNearestSentences(library.search(other), for: other).first { $0.passage.path == "a.md" }?
                .sentence == "Zebras again.")
        #expect(encoder.texts.count == before + 3)
        let (_, fresh) = try indexed(files, encoder: LetterEncoder())
        #expect(throws: LibraryError.cancelled) {
            try fresh.withNearestSentences(hits, for: query, isCancelled: { true })
        }
    }

    @Test func noSentenceLeavesTheMachine() throws {
        let encoder = LetterEncoder(leavesMachine: true)
        let (_, library) = try indexed(
            [("shared/a.md", "A zebra crosses the road. Quite another matter is this.")], encoder: encoder)
        let query = Query(text: "quick zebra road")
        let hits = try library.search(query)
        let before = encoder.texts.count
        #expect(try library.withNearestSentences(hits, for: query) == hits)
        #expect(encoder.texts.count == before)
    }

    @Test func minimumScoreIsARange() throws {
        let (_, library) = try indexed(Self.notes)
        let all = try library.search(Query(text: "a bridge of stone", mode: .semantic))
        let middle = try #require(all.dropFirst().first?.similarity)
        let near = try library.search(Query(text: "a bridge of stone", mode: .semantic, minimumScore: middle))
        #expect(near == Array(all.prefix(2)))
        #expect(try library.search(Query(text: "a bridge of stone", minimumScore: 2)).isEmpty)
    }

    @Test func metricsOrderAlikeAndShowTheirOwnNumbers() throws {
        let (_, library) = try indexed(Self.notes)
        func search(_ metric: Metric) throws -> [Hit] {
            try library.search(Query(text: "river banks", mode: .semantic, metric: metric))
        }
        let cosine = try search(.cosine)
        let l2 = try search(.l2)
        #expect(try search(.ip) == cosine)
        #expect(l2.map(\.passage.id) == cosine.map(\.passage.id))
        for (a, b) in zip(cosine, l2) {
            let expected = 1 / (1 + (2 - 2 * (a.similarity ?? 0)).squareRoot())
            #expect(abs(expected - (b.similarity ?? -1)) < 1e-6)
        }
    }

    @Test func nearDuplicatesAppearOnce() throws {
        let text = "The harbour froze in the winter of that year, and no ship could leave it."
        let (_, library) = try indexed([("a.md", text), ("b.md", text), ("c.md", text.uppercased())])
        for mode in SearchMode.allCases {
            #expect(try library.search(Query(text: "frozen harbour ship", mode: mode)).count == 1)
        }
    }

    @Test func withoutAModelTextAnswers() throws {
        let (_, library) = try indexed(Self.notes, encoder: nil)
        let hits = try library.search(Query(text: "pasta"))
        #expect(hits.map(\.passage.path) == ["cooking.md"])
        #expect(hits.first?.similarity == nil)
        #expect(throws: LibraryError.noModel) { try library.search(Query(text: "pasta", mode: .semantic)) }
        #expect(try library.status().model == nil)
    }

    @Test func emptyQueriesFindNothing() throws {
        let (_, library) = try indexed(Self.notes)
        #expect(try library.search(Query(text: "")).isEmpty)
        #expect(try library.search(Query(text: " \n")).isEmpty)
        #expect(try library.search(Query(text: "river", limit: 0)).isEmpty)
    }

    @Test func aSecondProcessSeesWhatTheFirstWrote() throws {
        let (project, reader) = try indexed(Self.notes)
        #expect(try reader.search(Query(text: "lighthouse", mode: .text)).isEmpty)
        _ = try reader.search(Query(text: "warm the cache", mode: .semantic))
        try project.write("light.md", "A lighthouse on the cape.")
        _ = try project.library().index()
        #expect(try reader.search(Query(text: "lighthouse cape", mode: .semantic)).first?.passage.path == "light.md")
    }

    @Test func readersGoOnWhileAWriterWrites() async throws {
        let (project, library) = try indexed(Self.notes)
        var source = WordSource(seed: 51)
        for index in 0..<40 { try project.write("more/n\(index).md", source.sentence(12) + " More\(index).") }
        try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask { try library.index().notes }
            for _ in 0..<3 {
                group.addTask {
                    for _ in 0..<5 {
                        let hits = try library.search(Query(text: "pasta water"))
                        #expect(hits.contains { $0.passage.path == "cooking.md" })
                    }
                    return 0
                }
            }
            for try await _ in group {}
        }
        #expect(try library.status().notes == 44)
    }

    @Test func aScopeSetToIgnoreHidesAtOnce() throws {
        let (project, _) = try indexed(Self.notes)
        var layout = project.layout
        layout.scopes = [FolderScope("shared", .ignore)]
        let library = try Library(project: layout, encoder: HashingEncoder())
        #expect(try !library.search(Query(text: "rivers flood")).contains { $0.passage.path.hasPrefix("shared") })
        #expect(try library.index().removed == 1)
    }
}
