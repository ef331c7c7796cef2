import Configuration
import Foundation
import TestModels
import Testing

@testable import longhand

/// What opening an article does to the folder it is in.
@Suite(.serialized) struct AutomaticIndexingTests {
    private let sandbox: Sandbox
    private var folder: URL { sandbox.folder.appending(path: "loose") }

    init() throws {
        sandbox = try Sandbox(article: "# Title\n", model: false)
        try sandbox.install(TinyModel().files, as: "tiny")
        sandbox.set("LONGHAND_MODEL", "tiny")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("# Draft\n\nKnead the dough well today.\n".utf8).write(to: folder.appending(path: "draft.md"))
        try Data("# Bread\n\nKnead the dough for ten minutes.\n".utf8).write(to: folder.appending(path: "bread.md"))
    }

    private var libraries: [String] {
        (try? FileManager.default.contentsOfDirectory(
            atPath: sandbox.folder.path + "/home/.local/share/longhand/libraries")) ?? []
    }

    @Test func aLoneArticleIsOpenedAndTheFolderAroundItLeftAlone() throws {
        let path = folder.appending(path: "draft.md").path
        var studio = try sandbox.studio([path])
        try studio.wait(for: "notes not read")
        try studio.wait(for: "This article")
        #expect(libraries.isEmpty)
        studio.send("\u{1B}i")
        try studio.wait(for: "2 indexed")
        studio.send("\u{11}")
        #expect(try studio.waitForExit() == 0)
        #expect(libraries.count == 1)
        // It is remembered.
        studio = try sandbox.studio([path])
        try studio.wait(for: "2 indexed")
        studio.send("\u{11}")
        #expect(try studio.waitForExit() == 0)
    }

    @Test func aFolderThatWasNamedIsIndexed() throws {
        let studio = try sandbox.studio([folder.path])
        try studio.wait(for: "2 indexed")
        studio.send("\u{11}")
        #expect(try studio.waitForExit() == 0)
    }

    @Test func theCommandSaysItToo() throws {
        #expect(try sandbox.run(["index", "-p", folder.path]).status == 0)
        let studio = try sandbox.studio([folder.appending(path: "draft.md").path])
        try studio.wait(for: "2 indexed")
        studio.send("\u{11}")
        #expect(try studio.waitForExit() == 0)
    }

    @Test func whatBelongsToEverybodyIsNeverReadUnasked() {
        let home = sandbox.folder.path + "/home"
        for root in ["/", "/tmp", "/usr", "/etc", home, sandbox.folder.path] {
            #expect(IndexingConsent.isShared(root, home: home), "\(root)")
        }
        for root in [sandbox.project.path, home + "/notes", "/tmp/x"] {
            #expect(!IndexingConsent.isShared(root, home: home), "\(root)")
        }
        let paths = Paths(environment: ["HOME": home])
        let project = Project(root: home, article: nil, tomlPath: home + "/longhand.toml")
        #expect(IndexingConsent(project: project, paths: paths).automaticIndexing == .refused(.sharedFolder))
        #expect(
            IndexingConsent(project: Project(root: "/tmp", article: "/tmp/a.md", tomlPath: nil), paths: paths)
                .automaticIndexing == .refused(.sharedFolder))
    }

    @Test func aVeryLargeFolderIsNotReadUnasked() throws {
        let paths = Paths(environment: ["HOME": sandbox.folder.path + "/home"])
        let deep = folder.appending(path: "deep")
        for index in 0...IndexingConsent.largest.folders {
            try FileManager.default.createDirectory(
                at: deep.appending(path: "\(index)"), withIntermediateDirectories: true)
        }
        let consent = IndexingConsent(project: Project(root: folder.path, article: nil, tomlPath: nil), paths: paths)
        #expect(consent.isTooLarge())
        #expect(
            !IndexingConsent(
                project: Project(root: folder.path, article: nil, tomlPath: folder.path + "/longhand.toml"),
                paths: paths
            ).isTooLarge())
        try consent.give()
        #expect(!consent.isTooLarge())
    }
}
