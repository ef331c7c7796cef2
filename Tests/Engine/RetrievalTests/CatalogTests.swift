import Foundation
import Kernels
import TestProjects
import Testing

@testable import Retrieval

/// What an open library reads of its changes is what a fresh one finds.
@Suite struct CatalogTests {
    @Test(arguments: [1, 2, 3])
    func anOpenLibraryFindsWhatAFreshOneFinds(_ seed: UInt64) throws {
        let project = try TestProject()
        var words = WordSource(seed: seed)
        let open = try project.library()
        var paths: [String] = []
        var made = 0
        for round in 0..<25 {
            for _ in 0...words.below(3) {
                made += 1
                switch words.below(4) {
                case 0 where !paths.isEmpty:
                    let gone = paths.remove(at: words.below(paths.count))
                    try project.remove(gone)
                case 1 where !paths.isEmpty:
                    try project.write(paths[words.below(paths.count)], words.sentence(12) + "\n")
                case 2 where !paths.isEmpty:
                    // The same text in two places has one vector.
                    let path = "copy\(made).md"
                    let text = try String(contentsOfFile: project.layout.root + "/" + paths[0], encoding: .utf8)
                    try project.write(path, text)
                    paths.append(path)
                default:
                    let path = "n\(made).md"
                    try project.write(path, "# \(words.sentence(2))\n\n" + words.sentence(14) + "\n")
                    paths.append(path)
                }
            }
            // Another process, whose writes the open library only sees in the database; sometimes it has no model.
            let other = try project.library(round % 5 == 4 ? nil : HashingEncoder())
            _ = try other.index()
            let fresh = try project.library()
            for mode in SearchMode.allCases {
                for index in [nil, IndexKind.hnsw] {
                    var query = Query(text: words.sentence(4), limit: 6, mode: mode)
                    query.index = index
                    #expect(try open.search(query) == fresh.search(query))
                }
            }
        }
    }

    @Test func vectorsAreFiledAndFoundAgain() throws {
        let project = try TestProject()
        try Self.fill(project, 700)
        _ = try project.library().index()
        let file = try Self.file(project)
        let query = Query(text: "river stone archive", limit: 20, mode: .semantic)
        let expected = try project.library().search(query)
        #expect(expected.count == 20)

        // Damaged, lost or of another library, it's made anew.
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        var flipped = whole
        for section in 1..<whole.count / 65_536 { flipped[section * 65_536 + 40] ^= 0x41 }
        for broken in [Data(), whole.prefix(70_000), Data(repeating: 7, count: 200_000), flipped] {
            try broken.write(to: URL(fileURLWithPath: file))
            #expect(try project.library().index().embedded == 0)
            #expect(try project.library().search(query) == expected)
            #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == whole)
        }
        try FileManager.default.removeItem(atPath: file)
        #expect(try project.library().search(query) == expected)
        try Library.discard(project: project.layout)
        // But for the writers' lock, which others may wait at.
        #expect(try FileManager.default.contentsOfDirectory(atPath: project.layout.dataDirectory) == ["writer"])
    }

    @Test func droppedVectorsLeaveTheFile() throws {
        let project = try TestProject()
        try Self.fill(project, 800)
        let library = try project.library()
        _ = try library.index()
        let before = try Data(contentsOf: URL(fileURLWithPath: Self.file(project))).count
        let query = Query(text: "museum bridge", limit: 5, mode: .semantic)
        _ = try library.search(query)
        for note in 0..<700 { try project.remove("n\(note).md") }
        _ = try library.index()
        let rows = try VectorIndexFacts(project).rows
        #expect(rows == 100)
        #expect(try Data(contentsOf: URL(fileURLWithPath: Self.file(project))).count <= before)
        #expect(try library.search(query) == project.library().search(query))
        #expect(try library.search(query).count == 5)
    }

    private static func fill(_ project: TestProject, _ count: Int) throws {
        var words = WordSource(seed: 5)
        for note in 0..<count { try project.write("n\(note).md", words.sentence(9) + " \(note)\n") }
    }

    private static func file(_ project: TestProject) throws -> String {
        let folder = project.layout.dataDirectory
        let name = try FileManager.default.contentsOfDirectory(atPath: folder).first {
            $0.hasPrefix(VectorIndexStore.prefix)
        }
        return folder + "/" + (try #require(name))
    }

    private struct VectorIndexFacts {
        var rows: Int
        init(_ project: TestProject) throws {
            let library = try project.library()
            rows = try library.store.read { try library.vectorStore.current($0) }.table.count
        }
    }
}
