import Embedding
import Foundation
import Notes
import Retrieval
import TextCore

/// Measures how well searches answer, on sets of passages and queries with judged relevance.
///
///     quality-bench --model DIR [--sets en,zh,en-zh] [--data DIR] [--dump FILE]
@main
enum QualityBench {
    static func main() throws {
        var model: String?
        var data = "Bench/QualityBench/Data"
        var sets = ["en", "zh", "en-zh"]
        var dump: String?
        var arguments = CommandLine.arguments.dropFirst()
        while let argument = arguments.popFirst() {
            switch argument {
            case "--model": model = arguments.popFirst()
            case "--data": data = arguments.popFirst() ?? data
            case "--sets": sets = (arguments.popFirst() ?? "").split(separator: ",").map(String.init)
            case "--dump": dump = arguments.popFirst()
            default: fail("usage: quality-bench --model DIR [--sets en,zh,en-zh] [--data DIR] [--dump FILE]")
            }
        }
        guard let model else { fail("quality-bench: --model is missing") }
        let embedder = try Embedder(ModelDirectory(path: model))
        var dumped: [String: Any] = [:]
        for name in sets {
            let set = try TestSet(name: name, folder: data)
            let bench = try SetBench(set, embedder)
            print("\n\(set.title), \(set.queries.count) queries on \(set.passages.count) passages, \(embedder.name)\n")
            bench.fusion()
            bench.kinds()
            try bench.diversity(embedder)
            try bench.sentences(embedder)
            if dump != nil { dumped[name] = bench.parts() }
        }
        if let dump { try JSONSerialization.data(withJSONObject: dumped).write(to: URL(fileURLWithPath: dump)) }
    }

    static func fail(_ message: String) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(2)
    }
}

/// A set in a library of its own.
struct SetBench {
    let set: TestSet
    let library: TemporaryLibrary

    init(_ set: TestSet, _ embedder: Embedder) throws {
        self.set = set
        library = try TemporaryLibrary(set.passages, embedder)
    }

    /// Each part alone, and the ways to join them.
    func fusion() {
        print("| ranking | nDCG@10 | recall@10 | MRR@10 |\n|---|---|---|---|")
        func row(_ name: String, _ mode: SearchMode, _ rule: FusionRule = .standard, diversity: Diversity = .standard) {
            var measures = Measures()
            for query in set.queries {
                var asked = Query(text: query.text, limit: 10, mode: mode)
                asked.fusion = rule
                asked.diversity = diversity
                measures.add(library.answer(asked), query.grades)
            }
            print("| \(name) | \(measures.ndcg.three) | \(measures.recall.three) | \(measures.mrr.three) |")
        }
        row("vectors", .semantic)
        row("full text", .text)
        row("hybrid", .hybrid)
        row("- without MMR", .hybrid, diversity: Diversity(duplicateShare: 0.4, penalty: 0))
        // The rules are compared as they are: ranks are too close to each other for anything to be taken off.
        let plain = Diversity(duplicateShare: 0.4, penalty: 0)
        for k in [60.0, 10] { row("- reciprocal ranks, k \(Int(k))", .hybrid, .reciprocalRank(k: k), diversity: plain) }
        for weight in [0.1, 0.2, 0.3, 0.4] {
            row("- stretched scores, text \(weight)", .hybrid, .stretched(textWeight: weight), diversity: plain)
        }
        for weight in [0.2, 0.4, 0.6, 0.8, 1.0, 1.5] {
            row("- calibrated scores, text \(weight)", .hybrid, .calibrated(textWeight: weight), diversity: plain)
        }
    }

    /// nDCG@10 by what is asked: words alone find names, vectors paraphrases.
    func kinds() {
        print("\n| queries | vectors | full text | hybrid |\n|---|---|---|---|")
        for kind in ["question", "keyword", "paraphrase", "name", "paragraph"] {
            let queries = set.queries.filter { $0.kind == kind }
            guard !queries.isEmpty else { continue }
            let means = [SearchMode.semantic, .text, .hybrid].map { mode in
                var measures = Measures()
                for query in queries {
                    measures.add(library.answer(Query(text: query.text, limit: 10, mode: mode)), query.grades)
                }
                return measures.ndcg.three
            }
            print("| \(queries.count) of kind \(kind) | " + means.joined(separator: " | ") + " |")
        }
    }

    /// The same where a third of the passages stand in three versions: a version of what is in the list already gains
    /// nothing.
    func diversity(_ embedder: Embedder) throws {
        let versions = Versions(set)
        let library = try TemporaryLibrary(versions.passages, embedder)
        print("\n| near copies | nDCG@10 | recall@10 | copies in ten |\n|---|---|---|---|")
        func row(_ name: String, _ diversity: Diversity) {
            var measures = Measures()
            var copies = 0
            for query in set.queries {
                var asked = Query(text: query.text, limit: 10)
                asked.diversity = diversity
                let (ids, repeated) = versions.originals(library.answer(asked))
                copies += repeated
                measures.add(ids, query.grades)
            }
            let mean = Double(copies) / Double(max(1, set.queries.count))
            print("| \(name) | \(measures.ndcg.three) | \(measures.recall.three) | \(mean.three) |")
        }
        row("as they come", Diversity(duplicateShare: .infinity, penalty: 0))
        row("standard", .standard)
        for share in [0.9, 0.7, 0.5, 0.4, 0.3, 0.2] {
            row("- same pairs of words from \(share)", Diversity(duplicateShare: share, penalty: 0))
        }
        for penalty in [1.0, 2, 4, 8] {
            row("- MMR, penalty \(penalty)", Diversity(duplicateShare: .infinity, penalty: penalty))
        }
        for penalty in [1.0, 2, 4] {
            row("- from 0.4, and MMR \(penalty)", Diversity(duplicateShare: 0.4, penalty: penalty))
        }
    }

    /// How often the sentence shown is the one that answers.
    func sentences(_ embedder: Embedder) throws {
        guard !set.sentences.isEmpty else { return }
        let texts = Dictionary(uniqueKeysWithValues: set.passages.map { ($0.id, $0.text) })
        var right: [String: Int] = [:]
        for item in set.sentences {
            guard let text = texts[item.passage] else { continue }
            let ranking = SnippetSelector(item.query)
            let sentences = Sentences.split(text)
            guard sentences.contains(where: { $0.hasPrefix(item.beginning) }) else {
                QualityBench.fail("quality-bench: no sentence of \(item.passage) begins with \(item.beginning)")
            }
            let query = try embedder.encodeQuery(item.query)
            let vectors = try embedder.encodePassages(sentences, isCancelled: { false })
            let similarities = vectors.map { vector in Double(zip(vector, query).reduce(0) { $0 + $1.0 * $1.1 }) }
            func check(_ name: String, _ place: Int) {
                right[name, default: 0] += sentences[place].hasPrefix(item.beginning) ? 1 : 0
            }
            check("the first one", 0)
            check("most terms", ranking.best(sentences))
            check("encoder", ranking.best(sentences, similarities, termWeight: 0))
            for weight in [0.02, 0.05, 0.1, 0.2, 0.4] {
                check("encoder, and terms \(weight)", ranking.best(sentences, similarities, termWeight: weight))
            }
        }
        print("\n| best sentence | right of \(set.sentences.count) |\n|---|---|")
        for (name, count) in right.sorted(by: { $0.key < $1.key }) { print("| \(name) | \(count) |") }
    }

    /// What each search says of each passage, to look at by other means.
    func parts() -> [[String: Any]] {
        set.queries.map { query in
            var similarities: [String: Double] = [:]
            var scores: [String: Double] = [:]
            for hit in library.hits(Query(text: query.text, limit: Query.all, mode: .semantic)) {
                similarities[TemporaryLibrary.id(hit)] = hit.similarity
            }
            for hit in library.hits(Query(text: query.text, limit: Query.all, mode: .text)) {
                scores[TemporaryLibrary.id(hit)] = hit.textScore
            }
            return ["kind": query.kind, "text": query.text, "grades": query.grades, "sim": similarities, "bm": scores]
        }
    }
}

/// Passages as notes of a library, which is deleted with this value.
final class TemporaryLibrary {
    private let folder: String
    private let library: Library

    init(_ passages: [SetPassage], _ embedder: Embedder) throws {
        folder = FileManager.default.temporaryDirectory.path + "/quality-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder + "/notes", withIntermediateDirectories: true)
        for passage in passages {
            try "---\ntitle: \"\(passage.source)\"\n---\n\n\(passage.text)\n".write(
                toFile: folder + "/notes/" + passage.id + ".md", atomically: false, encoding: .utf8)
        }
        let layout = ProjectLayout(root: folder + "/notes", dataDirectory: folder + "/data")
        library = try Library(project: layout, embedder: embedder)
        _ = try library.index()
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func hits(_ query: Query) -> [Hit] {
        do { return try library.search(query) } catch { QualityBench.fail("quality-bench: \(error)") }
    }

    /// The ids of the passages found, each once.
    func answer(_ query: Query) -> [String] {
        var seen: Set<String> = []
        return hits(query).map(Self.id).filter { seen.insert($0).inserted }
    }

    static func id(_ hit: Hit) -> String { String(hit.passage.path.dropLast(3)) }
}

extension Double {
    var three: String { String(format: "%.3f", self) }
}
