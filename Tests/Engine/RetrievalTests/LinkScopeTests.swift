import Foundation
import Notes
import TestProjects
import Testing

@testable import Retrieval

/// What links out of a project may give away. A project that was cloned brings links and scopes along.
@Suite struct LinkScopeTests {
    private func project() throws -> TestProject {
        let project = try TestProject(scopes: [FolderScope("open", .share)])
        try project.write("open/own.md", "# Own\n\nA garden by the river.\n")
        try project.write("open/near.txt", "A garden of stone.\n")
        let outside = project.folder + "/outside"
        try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
        try Data("# Diary\n\nA garden that nobody knows.\n".utf8).write(to: URL(filePath: outside + "/diary.md"))
        for (link, target) in [
            ("open/file.md", outside + "/diary.md"), ("open/folder", outside), ("open/inside.md", "near.txt"),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: project.layout.root + "/" + link, withDestinationPath: target)
        }
        return project
    }

    private func shared(_ library: Library) throws -> Set<String> {
        let hits = try library.search(Query(text: "garden", limit: 50))
        #expect(hits.contains { $0.passage.text.contains("nobody knows") })
        return Set(hits.filter { $0.passage.scope == .share }.map(\.passage.path))
    }

    @Test func whatLiesOutsideIsSearchedAndNotShared() throws {
        let project = try project()
        let library = try project.library(HashingEncoder())
        _ = try library.index()
        let shared = try shared(library)
        #expect(shared.contains("open/own.md") && shared.contains("open/inside.md"))
        #expect(!shared.contains("open/file.md") && !shared.contains("open/folder/diary.md"))
        for path in ["open/file.md", "open/folder/diary.md"] {
            #expect(try library.passages(path: path).allSatisfy { $0.scope == .index })
        }
        var query = Query(text: "garden", limit: 50)
        query.filter.scopes = [.share]
        #expect(try library.search(query).allSatisfy { !$0.passage.text.contains("nobody knows") })
    }

    @Test func theWriterMaySayOtherwise() throws {
        let project = try project()
        var layout = project.layout
        layout.linksMayBeShared = true
        let library = try Library(project: layout, encoder: HashingEncoder())
        _ = try library.index()
        let shared = try shared(library)
        #expect(shared.contains("open/file.md") || shared.contains("open/folder/diary.md"))
    }

    @Test func whatIsGoneIsNotShared() throws {
        let project = try project()
        #expect(project.layout.scopeOfContent(of: "open/own.md") == .share)
        #expect(project.layout.scopeOfContent(of: "open/gone.md") == .index)
        #expect(project.layout.scopeOfContent(of: "../outside/diary.md") == .index)
    }
}
