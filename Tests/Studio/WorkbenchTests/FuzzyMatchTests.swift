import Testing
import TestSupport

@testable import Workbench

@Suite struct FuzzyMatchTests {
    private func ranked(_ query: String, _ names: [String]) -> [String] {
        FilePicker.ranked(names.map { FilePicker.Item(path: "/p/" + $0, shown: $0) }, by: query).map(\.shown)
    }

    @Test(
        arguments: [
            // What begins words, stands together, or is in the file's own name comes first.
            ("ch", ["notes/watch.md", "chapter.md"], ["chapter.md", "notes/watch.md"]),
            ("c2", ["chapter-12.md", "chapter-2.md"], ["chapter-2.md", "chapter-12.md"]),
            ("essay", ["essay/notes.md", "notes/essay.md"], ["notes/essay.md", "essay/notes.md"]),
            ("DRAFT", ["my-draft.md"], ["my-draft.md"]),
            ("draft my", ["my-draft.md", "draft.md"], ["my-draft.md"]),
            ("词向", ["notes/词向量.md", "notes/向量.md"], ["notes/词向量.md"]),
            ("Ü", ["über.md"], ["über.md"]),
            ("xyz", ["a.md"], []),
            // Equals keep their order, so that what was used last stays first.
            ("md", ["b.md", "a.md"], ["b.md", "a.md"]),
            ("", ["b.md", "a.md"], ["b.md", "a.md"]),
        ] as [(String, [String], [String])])
    func ranking(query: String, names: [String], expected: [String]) {
        #expect(ranked(query, names) == expected)
    }

    @Test func placesAreThoseOfTheBestAlignment() throws {
        let match = try #require(FuzzyMatch("chap", in: .init("cache/chapter.md")))
        #expect(match.positions == [6, 7, 8, 9])
        let chinese = try #require(FuzzyMatch("向量", in: .init("笔记/词向量.md")))
        #expect(chinese.positions == [4, 5])
    }

    /// A match is there exactly if every word is a subsequence, and its places spell the word.
    @Test func matchesAreSubsequences() {
        var random = SeededGenerator(seed: 11)
        let letters = Array("ab/-C词é ")
        func word(_ length: Int, _ letters: [Character], _ random: inout SeededGenerator) -> String {
            String((0..<length).map { _ in letters.randomElement(using: &random)! })
        }
        for _ in 0..<3_000 {
            let name = word(Int.random(in: 0...14, using: &random), letters, &random)
            let query = word(Int.random(in: 1...4, using: &random), Array("abc词é"), &random)
            var rest = Array(name.lowercased().unicodeScalars)[...]
            let isThere = Array(query.unicodeScalars).allSatisfy { scalar in
                guard let index = rest.firstIndex(of: scalar) else { return false }
                rest = rest[(index + 1)...]
                return true
            }
            let match = FuzzyMatch(query, in: .init(name))
            #expect((match != nil) == isThere, "\(query) in \(name)")
            if let match {
                let scalars = Array(name.lowercased().unicodeScalars)
                #expect(match.positions.map { scalars[$0] } == Array(query.unicodeScalars), "\(query) in \(name)")
            }
        }
    }

    @Test(arguments: [
        ("a.md", "/p/a.md"), ("./a/../b.md", "/p/b.md"), ("~/x.md", "/home/me/x.md"), ("~", "/home/me"),
        ("/etc//x", "/etc/x"), ("../q.md", "/q.md"),
        ("../../../q.md", "/q.md"), ("~you/x", "/p/~you/x"),
    ])
    func pathsAsTyped(typed: String, expected: String) {
        #expect(ArticlePaths(root: "/p", home: "/home/me").absolute(typed) == expected)
    }

    @Test func completionIsWhatIsCertain() {
        let names = ["chapter-1.md", "chapter-2.md", "notes/", ".hidden", "词.md"]
        #expect(ArticlePaths.completion(of: "ch", among: names) == "chapter-")
        #expect(ArticlePaths.completion(of: "n", among: names) == "notes/")
        #expect(ArticlePaths.completion(of: "N", among: names) == "notes/")
        #expect(ArticlePaths.completion(of: ".h", among: names) == ".hidden")
        #expect(ArticlePaths.completion(of: "x", among: names) == nil)
        #expect(ArticlePaths.completion(of: "词", among: names) == "词.md")
    }
}
