import Embedding
import Foundation
import GRDB
import TestProjects
import TestSupport
import Testing

@testable import Retrieval

@Suite struct FullTextTests {
    private static let passages: [(path: String, text: String)] = [
        ("zh.md", "向量检索比较距离。全文检索比较词语，质量取决于分词。"), ("ja.md", "東京の図書館でデータベースを検索した。ﾃﾞｰﾀは古い。"),
        ("ja2.md", "コーヒーを飲みながら本を読む。"), ("ko.md", "우리는 학교에서 한국어를 배웠다."), ("th.md", "ห้องสมุดเปิดทุกวัน"),
        ("fr.md", "Le café de Zürich, une idée naïve. L'homme y lisait."), ("de.md", "Die Straße war weiß vom Schnee."),
        ("en.md", "Writers write; a writer's studies are never done. The universities agreed."),
        ("en2.md", "The graph index is built once. An index of graphs, however, is another thing."),
        ("mix.md", "我们用 Swift 写程序，不用 Ｊａｖａ ２０２４。"), ("ru.md", "Ёлка стояла в углу, и йод на полке."),
        ("el.md", "Ο σοφός γέρος μιλάει."), ("hi.md", "हिन्दी में किताबें पढ़ना।"), ("ar.md", "كِتَابٌ جديد"),
    ]

    /// The notes' names that answer, in order.
    private final class Searcher {
        let project: TestProject
        let library: Library

        init(_ passages: [(path: String, text: String)] = FullTextTests.passages, encoder: (any PassageEncoder)? = nil)
            throws
        {
            project = try TestProject()
            for (path, text) in passages { try project.write(path, text + "\n") }
            library = try project.library(encoder)
            _ = try library.index()
        }

        func search(_ text: String, syntax: QuerySyntax = .plain, mode: SearchMode = .text) throws -> [String] {
            try library.search(Query(text: text, limit: 50, mode: mode, syntax: syntax)).map(\.passage.path)
        }
    }

    @Test func wordsOfEveryScriptAreFound() throws {
        let cases: [(query: String, path: String)] = [
            ("检索", "zh.md"), ("质量", "zh.md"), ("分", "zh.md"), ("分词", "zh.md"), ("図書館", "ja.md"), ("検索", "ja.md"),
            ("データベース", "ja.md"), ("ﾃﾞｰﾀﾍﾞｰｽ", "ja.md"), ("データ", "ja.md"), ("コーヒー", "ja2.md"), ("読む", "ja2.md"),
            ("学校", ""), ("학교", "ko.md"), ("한국어", "ko.md"), ("학교에서", "ko.md"), ("สมุด", "th.md"), ("cafe", "fr.md"),
            ("CAFÉ", "fr.md"), ("cafe\u{301}", "fr.md"), ("zurich", "fr.md"), ("Naive", "fr.md"), ("homme", "fr.md"),
            ("strasse", "de.md"), ("STRASSE", "de.md"), ("weiss", "de.md"), ("writing", "en.md"), ("writes", "en.md"),
            ("study", "en.md"), ("university", "en.md"), ("agree", "en.md"), ("graphs", "en2.md"), ("java", "mix.md"),
            ("2024", "mix.md"), ("２０２４", "mix.md"), ("елка", "ru.md"), ("йод", "ru.md"), ("σοφος", "el.md"),
            ("ΣΟΦΟΣ", "el.md"), ("हिन्दी", "hi.md"), ("कितब", ""), ("كتاب", "ar.md"),
        ]
        let searcher = try Searcher()
        for (query, path) in cases {
            #expect(try searcher.search(query).first ?? "" == path, "\(query)")
        }
    }

    @Test func aMatchedTermIsNamedOnce() throws {
        let query = FullTextQuery("writer Writers WRITER’S 检索 全文检索 study")
        #expect(query.matchedTerms(in: "Writers write 全文检索, studies") == ["writer", "全文检索", "study"])
        let repeated = FullTextQuery("Graphs graph \"graph index\" index* indexes writes writing", syntax: .operators)
        #expect(
            repeated.matchedTerms(in: "The graph index; indexes of graphs; to write.") == [
                "graph index", "index*", "writes",
            ])
        #expect(FullTextQuery("向量 检索 向量检索 检索").matchedTerms(in: "向量检索与全文检索") == ["向量检索"])
        #expect(FullTextQuery("库", syntax: .plain).matchedTerms(in: "数据库") == ["库"])
        let typed = FullTextQuery("\"graph index\" univ* nothing", syntax: .operators)
        #expect(typed.matchedTerms(in: "Graphs, indexes; universities") == ["graph index", "univ*"])
    }

    @Test func operatorsAreConditions() throws {
        let cases: [(query: String, paths: Set<String>)] = [
            ("\"graph index\"", ["en2.md"]), ("\"index graph\"", []), ("\"of graphs however\"", ["en2.md"]),
            ("“graph index”", ["en2.md"]), ("+index writer", ["en2.md"]), ("index writer", ["en.md", "en2.md"]),
            ("index writer -study", ["en2.md"]), ("index writer NOT study", ["en2.md"]),
            ("index writer NOT \"graph index\"", ["en.md"]),
            ("index AND writer", []), ("index AND graphs", ["en2.md"]),
            ("\"graph index\" OR \"writer's studies\"", ["en.md", "en2.md"]),
            ("\"graph index\" OR nowhere", ["en2.md"]), ("+nowhere index", []), ("universi*", ["en.md"]),
            ("universit*", ["en.md"]),
            ("universi", []), ("stud*", ["en.md"]), ("studyx*", []), ("\"graph ind\"*", ["en2.md"]),
            ("\"全文检索\"", ["zh.md"]), ("\"检索全文\"", []), ("检索全文", ["zh.md"]), ("+检索全文", []), ("检*", ["zh.md"]),
            ("検索 -図書館", []),
            ("\"用 Swift 写\"", ["mix.md"]), ("\"用 Swift 写程序\"", ["mix.md"]), ("\"swift 用\"", []),
            ("\"我们用 swift\"", ["mix.md"]),
            ("\"学校\" OR \"학교\"", ["ko.md"]), ("-index", []), ("NOT index", []), ("\"\"", []),
            ("+\"\" index", ["en2.md"]),
            ("zürich OR tokyo", ["fr.md"]), ("－index writer", ["en.md"]), ("graph-index", ["en2.md"]),
            ("+graph-index", ["en2.md"]),
            ("+index-graph", []), ("index-graph AND thing", []), ("\"index", ["en2.md"]),
            ("index\"graph index\"", ["en2.md"]),
        ]
        let searcher = try Searcher()
        for (query, paths) in cases {
            #expect(Set(try searcher.search(query, syntax: .operators)) == paths, "\(query)")
        }
        // In a paragraph nothing is an operator.
        #expect(Set(try searcher.search("+index -writer \"writer graph\"")) == ["en.md", "en2.md"])
    }

    @Test func conditionsHoldForVectorsToo() throws {
        let searcher = try Searcher(encoder: HashingEncoder())
        for mode in SearchMode.allCases {
            #expect(try searcher.search("index +writer", syntax: .operators, mode: mode) == ["en.md"], "\(mode)")
            let without = try searcher.search("index writer -graph", syntax: .operators, mode: mode)
            #expect(!without.contains("en2.md") && without.contains("en.md"), "\(mode)")
        }
    }

    @Test func theModelReadsTheQueryWithoutItsOperators() {
        let query = FullTextQuery(
            "“river bank” +flood* -money OR water NOT \"high street\" AND spring", syntax: .operators)
        #expect(query.text == "river bank flood water spring")
        #expect(FullTextQuery("a \"b\" -c", syntax: .plain).text == "a \"b\" -c")
    }

    @Test func aPhraseOfCharactersIsExactlyASubstring() throws {
        var random = SeededGenerator(seed: 77)
        func characters(_ count: Int) -> String {
            String((0..<count).map { _ in Array("天地玄黄宇宙")[Int(random.next() % 6)] })
        }
        let passages = (0..<60).map { (path: "n\($0).md", text: characters(12)) }
        let searcher = try Searcher(passages)
        for _ in 0..<120 {
            let part = characters(1 + Int(random.next() % 4))
            let expected = Set(passages.filter { $0.text.contains(part) }.map(\.path))
            let found = try searcher.library.search(
                Query(text: "\"\(part)\"", limit: 100, mode: .text, syntax: .operators))
            // Near-copies are shown once.
            #expect(Set(found.map(\.passage.path)).isSubset(of: expected))
            #expect(found.isEmpty == expected.isEmpty, "\(part)")
        }
    }

    /// Ten thousand texts, and none breaks the query language, and what was found fulfils what was asked.
    @Test func anyTextIsASafeQuery() throws {
        let searcher = try Searcher()
        var fuzzer = TextFuzzer(seed: 2024)
        try searcher.library.store.read { db in
            for _ in 0..<10_000 {
                let text = fuzzer.text()
                for syntax in [QuerySyntax.plain, .operators] {
                    let query = FullTextQuery(text, syntax: syntax)
                    for expression in [query.expression, query.requirement, query.exclusion].compactMap({ $0 }) {
                        _ = try Int.fetchOne(
                            db, sql: "SELECT count(*) FROM fullText WHERE fullText MATCH ?", arguments: [expression])
                    }
                    let matched = query.matchedTerms(in: FullTextTests.passages[7].text)
                    #expect(Set(matched).count == matched.count)
                }
            }
        }
        for _ in 0..<100 { _ = try searcher.search(fuzzer.text(), syntax: .operators) }
    }

    @Test func aVeryLongQueryIsSafe() throws {
        let searcher = try Searcher()
        for piece in ["\"a b\" ", "+x ", "-y ", "词语 ", "(", "\"", "w* OR ", "NOT AND "] {
            let text = (0..<20_000).map { piece + "\($0)" }.joined()
            _ = try searcher.search(text, syntax: .operators)
            _ = try searcher.search(String(repeating: piece, count: 20_000), syntax: .operators)
        }
    }
}
