import Manuscript
import Notes
import Synchronization
import TestProjects
import TestSupport
import TextAnalysis
import TextCore
import Testing

@testable import Retrieval

/// Questions, filters and notes without end: the work grows with them and not with their square. What isn't counted here
/// would run for minutes or overflow the stack.
@Suite struct SearchCostTests {
    /// Different Han characters, then again, so that no pair is rare.
    private func han(_ count: Int) -> String {
        var random = SeededGenerator(seed: 7)
        var scalars = String.UnicodeScalarView()
        for _ in 0..<count { scalars.append(Unicode.Scalar(0x4E00 + UInt32(random.next() % 3_000))!) }
        return String(scalars)
    }

    @Test func aLongChineseQuestionAsksNoMoreThanAShortOne() {
        for count in [129, 3_000, 30_000] {
            let query = FullTextQuery(han(count))
            #expect(query.alternatives.count <= FullTextQuery.maximumTerms * 2)
            #expect(query.sharedKeys.count <= FullTextQuery.maximumTerms * 2)
        }
        // Its beginning is still asked for, and found.
        let question = han(30_000)
        #expect(
            FullTextQuery(question).matchedTerms(in: "前" + String(question.prefix(30)) + "后").first
                == String(question.prefix(24)))
    }

    @Test func aShortQuestionIsAskedWhole() {
        let query = FullTextQuery("向量检索质量")
        #expect(query.alternatives.count == 5)
        #expect(query.matchedTerms(in: "检索质量高，向量好") == ["向量", "检索质量"])
        let words = (0..<200).map { "word\($0)" }.joined(separator: " ")
        #expect(FullTextQuery(words).items.count == FullTextQuery.maximumTerms)
    }

    @Test func stretchesAreTheLongestFromEachPlace() {
        /// As the question was looked for before: every length, each a look through the text.
        func slowly(_ run: [Unicode.Scalar], _ text: [Unicode.Scalar]) -> [String] {
            var found: [String] = []
            var start = 0
            while start + 2 <= run.count {
                var end = min(run.count, start + 24)
                while end - start >= 2,
                    !(0...max(0, text.count - (end - start))).contains(where: {
                        $0 + end - start <= text.count && text[$0..<$0 + end - start].elementsEqual(run[start..<end])
                    })
                { end -= 1 }
                guard end - start >= 2 else {
                    start += 1
                    continue
                }
                found.append(Term.run(Array(run[start..<end])).text)
                start = end
            }
            return found
        }
        var random = SeededGenerator(seed: 3)
        for _ in 0..<60 {
            let letters: [Unicode.Scalar] = ["的", "是", "向", "量"]
            let text = (0..<80).map { _ in letters[Int(random.next() % 4)] }
            let run = (0..<60).map { _ in letters[Int(random.next() % 4)] }
            #expect(RunStretches(Term.run(text).text).found(of: run) == slowly(run, text))
        }
    }

    @Test func oneCharacterRepeatedIsSearchedOnce() throws {
        let project = try TestProject()
        try project.write("a.md", String(repeating: "的", count: 400) + "\n\nknead the dough\n")
        let library = try project.library(nil)
        _ = try library.index()
        for text in [
            String(repeating: "的", count: 30_000), han(30_000), String(repeating: "dough ", count: 50_000),
            String(repeating: "a", count: 1 << 20),
        ] {
            _ = try library.search(Query(text: text, mode: .text))
        }
        #expect(try library.search(Query(text: String(repeating: "dough ", count: 50_000), mode: .text)).count == 1)
        let phrases = (0..<10_000).map { "\"phrase \($0)\"" }.joined(separator: " OR ")
        #expect(try library.search(Query(text: phrases, mode: .text, syntax: .operators)).isEmpty)
    }

    @Test func aSearchCanBeCalledOff() throws {
        let project = try TestProject()
        try project.write("a.md", "knead the dough\n")
        let library = try project.library(nil)
        _ = try library.index()
        #expect(throws: LibraryError.cancelled) {
            try library.search(Query(text: "dough", mode: .text), isCancelled: { true })
        }
        var filter = Filter()
        filter.containing = (0..<1_000).map { _ in "dough" }
        let asked = Mutex(0)
        #expect(throws: LibraryError.cancelled) {
            try library.search(
                Query(text: "dough", mode: .text, filter: filter),
                isCancelled: {
                    asked.withLock {
                        $0 += 1
                        return $0 > 10
                    }
                })
        }
        #expect(asked.withLock { $0 } == 11)
    }

    @Test func manyConditionsAreNoDeepTree() throws {
        let note = NoteFacts(path: "a.md", title: "A", date: nil, tags: [], fields: ["year": "7"])
        for (word, holds) in [(" or ", true), (" and ", false)] {
            let source = (0..<30_000).map { "year = \($0)" }.joined(separator: word)
            let expression = try WhereExpression.parse(source)
            #expect(expression.holds(for: note) == holds)
        }
        let filter = try Filter.parse(line: (0..<30_000).map { "year!=\($0 + 8)" }.joined(separator: " "))
        #expect(filter.fields?.holds(for: note) == true)
        #expect(throws: LibraryError.self) { try WhereExpression.parse(String(repeating: "(", count: 100_000)) }
        #expect(throws: LibraryError.self) { try WhereExpression.parse(String(repeating: "not ", count: 100_000)) }
        // Whatever it means, it is read once.
        _ = Result { try Filter.parse(line: String(repeating: "tag:\" '", count: 50_000)) }
    }

    @Test func conditionsKeepTheirOrder() throws {
        func facts(_ fields: [String: String]) -> NoteFacts {
            NoteFacts(path: "a.md", title: "A", date: nil, tags: [], fields: fields)
        }
        let expression = try WhereExpression.parse("a = 1 and b = 1 and c = 1 or d = 1 or e = 1 and f = 1")
        #expect(expression.holds(for: facts(["a": "1", "b": "1", "c": "1"])))
        #expect(!expression.holds(for: facts(["a": "1", "b": "1", "e": "1"])))
        #expect(expression.holds(for: facts(["d": "1"])))
        #expect(expression.holds(for: facts(["e": "1", "f": "1"])))
    }

    @Test func manyFoldersInAPatternAreTriedOnce() {
        let pattern = String(repeating: "**/a/", count: 40) + "b"
        let path = String(repeating: "a/", count: 200) + "c"
        #expect(!Glob(pattern).matches(path))
        #expect(!Glob(pattern).matches(exactly: path, isFolder: false))
        #expect(Glob(pattern).matches(String(repeating: "a/x/", count: 40) + "a/b"))
        #expect(!Glob(String(repeating: "*a", count: 200) + "b").matches(String(repeating: "a", count: 2_000)))
    }

    /// Against trying every way, on short paths.
    @Test func foldersInAPatternMatchAsByTryingAll() {
        func tries(_ parts: ArraySlice<String>, _ names: ArraySlice<String>) -> Bool {
            guard let part = parts.first else { return names.isEmpty }
            if part == "**" {
                if parts.count == 1 { return !names.isEmpty }
                return names.indices.contains { tries(parts.dropFirst(), names[$0...]) }
            }
            guard let name = names.first, part == "*" || part == name else { return false }
            return tries(parts.dropFirst(), names.dropFirst())
        }
        var random = SeededGenerator(seed: 11)
        for _ in 0..<20_000 {
            var parts = (0..<Int(random.next() % 5 + 2)).map { _ in ["**", "a", "b", "*"][Int(random.next() % 4)] }
            // Several in a row are one.
            parts = parts.enumerated().filter { $0.offset == 0 || $0.element != "**" || parts[$0.offset - 1] != "**" }
                .map(\.element)
            guard parts.count > 1 else { continue }
            let names = (0..<Int(random.next() % 6 + 1)).map { _ in ["a", "b", "c"][Int(random.next() % 3)] }
            let glob = Glob("/" + parts.joined(separator: "/"))
            #expect(
                glob.matches(exactly: names.joined(separator: "/"), isFolder: false) == tries(parts[...], names[...]),
                "\(parts) \(names)")
        }
    }

    @Test func notesWithoutEndAreCut() throws {
        let chunker = Chunker(encoder: nil)
        let braces = "```\nx\n" + String(repeating: "}\n", count: 200_000) + "```\n"
        let blank = "```\n" + String(repeating: "\n", count: 200_000) + "x\n```\n"
        let base64 = String(repeating: "QUJD", count: 250_000)
        for source in [
            braces, blank, base64, String(repeating: "[[", count: 200_000),
            String(repeating: ">", count: 200_000) + " a",
        ] {
            let note = try NoteReader.read(Array(source.utf8), path: "a.md")
            #expect(chunker.chunks(of: note).count <= source.utf8.count / 24 + 2)
        }
        for source in [
            String(repeating: "<a ", count: 200_000), String(repeating: "<title>", count: 100_000),
            String(repeating: "<!--", count: 100_000),
        ] {
            _ = try NoteReader.read(Array(source.utf8), path: "a.html")
        }
    }

    @Test func whatRepeatsItselfIsComparedOnce() {
        let quotation = String(repeating: "a", count: 400_000) + "b"
        var novelty = DuplicateFilter(excluding: [quotation, String(repeating: "[^", count: 200_000)])
        let other = novelty.accepts(String(repeating: "a", count: 2_000) + "c")
        let part = novelty.accepts(String(repeating: "a", count: 2_000) + "b")
        #expect(other && !part)
    }
}
