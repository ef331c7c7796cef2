import Embedding
import Notes
import Synchronization
import TestProjects
import Testing

@testable import Retrieval

/// What a library gives to an encoder on another machine.
@Suite struct RemoteScopeTests {
    /// A `HashingEncoder` that says it is elsewhere, and counts the queries too.
    private final class FarEncoder: PassageEncoder {
        let near = HashingEncoder(fingerprint: "far")
        let queries = Mutex<[String]>([])
        var name: String { "far" }
        var dimension: Int { near.dimension }
        var maxTokens: Int { near.maxTokens }
        var fingerprint: String { near.fingerprint }
        var leavesMachine: Bool { true }
        func tokenCount(_ text: String) -> Int { near.tokenCount(text) }
        func encodePassages(_ texts: [String], isCancelled: @Sendable () -> Bool) throws -> [[Float]] {
            try near.encodePassages(texts, isCancelled: isCancelled)
        }
        func encodeQuery(_ text: String) throws -> [Float] {
            queries.withLock { $0.append(text) }
            return try near.encodeQuery(text)
        }
    }

    private func project() throws -> TestProject {
        let project = try TestProject(scopes: [FolderScope("open", .share), FolderScope("open/closed", .index)])
        try project.write("open/a.md", "# A\n\nA garden by the river.\n")
        try project.write("open/closed/b.md", "# B\n\nA garden behind a wall.\n")
        try project.write("c.md", "# C\n\nA garden of stone.\n")
        // The same words in both: they are no secret.
        try project.write("open/d.md", "# D\n\nA harbour in winter.\n")
        try project.write("e.md", "# E\n\nA harbour in winter.\n")
        return project
    }

    @Test func onlySharedPassagesAreGivenAway() throws {
        let project = try project()
        let encoder = FarEncoder()
        let library = try project.library(encoder)
        var plans: [EmbeddingPlan] = []
        let report = try library.index(approve: { plan in
            plans.append(plan)
            return true
        })
        #expect(plans == [EmbeddingPlan(passages: 2, notes: 2, stayingPassages: 2, stayingNotes: 2)])
        #expect(encoder.near.texts.map { $0.contains("river") || $0.contains("harbour") } == [true, true])
        #expect(report.embedded == 2 && report.staying == 2 && report.passages == 5)
        let hits = try library.search(Query(text: "garden"))
        #expect(Set(hits.map(\.passage.path)).isSuperset(of: ["open/a.md", "open/closed/b.md", "c.md"]))
        for hit in hits where ["open/closed/b.md", "c.md"].contains(hit.passage.path) {
            #expect(hit.similarity == nil && hit.textScore != nil)
        }
        #expect(hits.first?.passage.path == "open/a.md")
        #expect(encoder.queries.withLock { $0 } == ["garden"])
    }

    @Test func whatStaysHereIsFoundByItsWordsAmongManyVectors() throws {
        let project = try project()
        var source = WordSource(seed: 61)
        for index in 0..<60 { try project.write("open/n\(index).md", source.sentence(12) + " A quince.") }
        try project.write("own.md", "Medlars and quinces ripen late in the year.\n")
        let library = try project.library(FarEncoder())
        _ = try library.index()
        let hits = try library.search(Query(text: "when medlars ripen"))
        #expect(hits.first?.passage.path == "own.md")
        #expect(hits.first?.similarity == nil && hits.first?.strength == nil && hits.first?.strengthBar == "text")
    }

    @Test func withoutApprovalNothingIsGivenAwayAndWordsAreFound() throws {
        let project = try project()
        let encoder = FarEncoder()
        let library = try project.library(encoder)
        let report = try library.index(approve: { _ in false })
        #expect(report.embedded == 0 && report.passages == 5)
        #expect(encoder.near.texts.isEmpty)
        #expect(try library.search(Query(text: "garden")).count == 3)
        // There is nothing to compare a query with, so none leaves.
        #expect(try library.search(Query(text: "garden", mode: .semantic)).isEmpty)
        #expect(encoder.queries.withLock { $0 }.isEmpty)
    }

    @Test func aLocalEncoderSeesEverything() throws {
        let encoder = HashingEncoder()
        let project = try project()
        let report = try project.library(encoder).index()
        #expect(report.embedded == 4 && report.staying == 0)
    }

    @Test func aFolderThatIsClosedLaterIsNotSentAgain() throws {
        let project = try project()
        let encoder = FarEncoder()
        _ = try project.library(encoder).index()
        var layout = project.layout
        layout.scopes = []
        try project.write("open/a.md", "# A\n\nA garden by the sea.\n")
        let report = try Library(project: layout, encoder: encoder).index()
        #expect(report.embedded == 0)
        #expect(encoder.near.texts.count == 2)
    }
}
