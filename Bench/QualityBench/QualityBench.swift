import Embedding
import Foundation
import Retrieval

/// Measures how well searches answer, on sets of passages and queries with judged relevance.
///
///     quality-bench --model DIR [--data DIR] [--dump FILE]
@main
enum QualityBench {
    static func main() throws {
        var model: String?
        var data = "Bench/QualityBench/Data"
        var dump: String?
        var arguments = CommandLine.arguments.dropFirst()
        while let argument = arguments.popFirst() {
            switch argument {
            case "--model": model = arguments.popFirst()
            case "--data": data = arguments.popFirst() ?? data
            case "--dump": dump = arguments.popFirst()
            default:
                FileHandle.standardError.write(Data("usage: quality-bench --model DIR [--data DIR]\n".utf8))
                exit(2)
            }
        }
        let embedder = try model.map { try Embedder(ModelDirectory(path: $0)) }
        var out: [String: Any] = [:]
        for language in ["en", "zh"] {
            let set = try TestSet(language: language, folder: data)
            let folder = FileManager.default.temporaryDirectory.path + "/quality-" + UUID().uuidString
            defer { try? FileManager.default.removeItem(atPath: folder) }
            for passage in set.passages {
                let path = folder + "/notes/" + passage.id + ".md"
                try FileManager.default.createDirectory(atPath: folder + "/notes", withIntermediateDirectories: true)
                try "---\ntitle: \"\(passage.source)\"\n---\n\n\(passage.text)\n".write(toFile: path, atomically: false, encoding: .utf8)
            }
            let layout = ProjectLayout(root: folder + "/notes", dataDirectory: folder + "/data")
            let library = try Library(project: layout, embedder: embedder)
            let report = try library.index()
            print(language, set.passages.count, set.queries.count, report.passages)
            for mode in [SearchMode.text, .semantic, .hybrid] {
                var m = Measures()
                for query in set.queries {
                    let hits = try library.search(Query(text: query.text, limit: 10, mode: mode))
                    m.add(hits.map { String($0.passage.path.dropLast(3)) }, query.grades)
                }
                print(mode, m.ndcg, m.recall, m.mrr)
            }
            if dump != nil {
                var qs: [[String: Any]] = []
                for query in set.queries {
                    let v = try library.search(Query(text: query.text, limit: 400, mode: .semantic))
                    let t = try library.search(Query(text: query.text, limit: 400, mode: .text))
                    var sim: [String: Double] = [:]
                    for hit in v { sim[String(hit.passage.path.dropLast(3))] = hit.similarity }
                    var bm: [String: Double] = [:]
                    for hit in t { bm[String(hit.passage.path.dropLast(3))] = hit.textScore }
                    let item: [String: Any] = ["kind": query.kind, "text": query.text, "grades": query.grades, "sim": sim, "bm": bm]
                    qs.append(item)
                }
                out[language] = qs
            }
        }
        if let dump { try JSONSerialization.data(withJSONObject: out).write(to: URL(fileURLWithPath: dump)) }
    }
}
