import Foundation
import TestProjects
import Testing

@testable import Notes

@Suite struct PathRulesTests {
    /// Whether a list of excluded patterns keeps a walk from coming by the file.
    private func isExcluded(_ path: String, _ rules: PathRules) -> Bool {
        let names = path.split(separator: "/").map(String.init)
        return names.indices.contains { index in
            rules.judge(
                path: names[...index].joined(separator: "/"), name: names[index], isFolder: index < names.count - 1
            ).isMatch
        }
    }

    @Test func excludingIsThatOfGit() {
        for (patterns, expected) in GitIgnoreTable.cases {
            let rules = PathRules(patterns)
            let found = GitIgnoreTable.tree.map { isExcluded($0, rules) ? "x" : "." }.joined()
            let wrong = zip(GitIgnoreTable.tree, zip(found, expected)).filter { $1.0 != $1.1 }.map(\.0)
            #expect(wrong.isEmpty, "\(patterns)")
        }
    }

    @Test func aWalkLeavesOutWhatGitDoes() throws {
        let project = try TestProject()
        for path in GitIgnoreTable.tree { try project.write(path, "Words.") }
        for (patterns, expected) in GitIgnoreTable.cases.enumerated().filter({ $0.offset % 4 == 0 }).map(\.element) {
            var layout = project.layout
            layout.include = ["*"]
            layout.exclude = patterns
            let found = Set(try NoteScanner.scan(layout).files.map(\.path))
            let wanted = Set(zip(GitIgnoreTable.tree, expected).filter { $1 == "." }.map(\.0))
            #expect(found == wanted, "\(patterns)")
            // Looked at one by one, the same files are found.
            let looked = try NoteScanner.scan(only: GitIgnoreTable.tree, in: layout).files.map(\.path)
            #expect(Set(looked) == wanted, "\(patterns)")
        }
    }

    @Test(
        arguments: [
            (["*.md"], "a.md", true), (["*.md", "!drafts/"], "drafts/a.md", false),
            (["notes", "!*.tmp"], "notes/x/a.tmp", false),
            (["notes", "!*.tmp"], "notes/x/a.md", true),
            (["notes", "!notes/old", "notes/old/b.md"], "notes/old/b.md", true),
            (["notes", "!notes/old", "notes/old/b.md"], "notes/old/a.md", false), (["a?c.md"], "a日c.md", true),
            (["[äö]*.md"], "öl.md", true), (["[!äö]*.md"], "öl.md", false), (["文[一-龥]/"], "文字/a.md", true),
            (["./x/*.md"], "x/a.md", true),
        ] as [([String], String, Bool)])
    func includingGoesByTheLastThatMatchesAFileOrAFolderAbove(patterns: [String], path: String, expected: Bool) {
        #expect(PathRules(patterns).judge(path: path, isFolder: false).isMatch == expected)
    }

    @Test func hiddenFoldersCountWhereTheyAreSpeltOut() throws {
        let project = try TestProject()
        for path in [
            "a.md", ".journal/b.md", ".journal/.git/c.md", "x/.journal/d.md", ".obsidian/e.md", ".f.md", ".g.md",
        ] {
            try project.write(path, "Words.")
        }
        func found(_ include: [String]) throws -> [String] {
            var layout = project.layout
            layout.include = include
            let walk = try NoteScanner.scan(layout).files.map(\.path)
            let places = [
                "a.md", ".journal/b.md", ".journal/.git/c.md", "x/.journal/d.md", ".obsidian/e.md", ".f.md", ".g.md",
            ]
            #expect(try NoteScanner.scan(only: places, in: layout).files.map(\.path) == walk)
            return walk
        }
        #expect(try found(["*"]) == ["a.md"])
        #expect(try found(["**/*.md"]) == ["a.md"])
        #expect(
            try found(["*", ".*"]) == [
                ".f.md", ".g.md", ".journal/.git/c.md", ".journal/b.md", ".obsidian/e.md", "a.md", "x/.journal/d.md",
            ])
        #expect(try found(["*.md", ".journal/"]) == [".journal/b.md", "a.md", "x/.journal/d.md"])
        #expect(try found(["*.md", "/.journal/*.md"]) == [".journal/b.md", "a.md"])
        #expect(try found(["*.md", ".f.md"]) == [".f.md", "a.md"])
        #expect(try found(["*.md", ".[jo]*/"]) == [".journal/b.md", ".obsidian/e.md", "a.md", "x/.journal/d.md"])
        #expect(try NoteScanner.scan(project.layout).hidden == HiddenCount(folders: 3, files: 2))
    }

    @Test func aFolderPatternForAScopeIsAboutTheFolderItself() {
        let layout = ProjectLayout(
            root: "/r", dataDirectory: "/d", scopes: [FolderScope("private/", .ignore), FolderScope("/open/", .share)])
        #expect(layout.scope(of: "private") == .ignore)
        #expect(layout.isClosed("private"))
        #expect(layout.scope(of: "x/private/a.md") == .ignore)
        #expect(layout.scope(of: "open/a.md") == .share)
        #expect(layout.scope(of: "x/open/a.md") == .index)
    }
}
