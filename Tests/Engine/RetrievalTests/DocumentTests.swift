import Foundation
import Notes
import TestProjects
import Testing

@testable import Retrieval

/// Has some of the programs, and says what it is told to.
struct FakeConverter: DocumentConverter {
    var programs: Set<DocumentProgram>
    var answers: [String: String] = [:]

    func has(_ program: DocumentProgram) -> Bool { programs.contains(program) }

    func text(
        of path: String, by program: DocumentProgram, isCancelled: () -> Bool
    ) throws(ConversionFailure) -> [UInt8] {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let answer = answers[name] else { throw ConversionFailure(reason: "can't be converted") }
        return Array(answer.utf8)
    }
}

@Suite struct DocumentTests {
    private func library(_ project: TestProject, _ converter: FakeConverter) throws -> Library {
        try Library(project: project.layout, encoder: nil, converter: converter)
    }

    @Test func missingProgramsAreCountedAndTheirNotesReadLater() throws {
        let project = try TestProject()
        for path in ["a.pdf", "b/c.pdf", "d.docx", "e.md"] { try project.write(path, "Some words.") }
        let without = try library(project, FakeConverter(programs: []))
        let missing = [MissingProgram(program: .pdftotext, notes: 2), MissingProgram(program: .pandoc, notes: 1)]
        let report = try without.index()
        #expect(report.notes == 1)
        #expect(report.missing == missing)
        #expect(report.problems.isEmpty)
        #expect(try without.status().missing == missing)
        #expect(try without.status().stale == 0)

        let answers = ["a.pdf": "one\u{C}\n  two   three\n", "d.docx": "# Head\n\nFour #tag.\n"]
        let with = try library(project, FakeConverter(programs: [.pdftotext, .pandoc], answers: answers))
        #expect(try with.status().stale == 3)
        let second = try with.index()
        #expect(second.notes == 3)
        #expect(second.missing.isEmpty)
        #expect(second.problems == [NoteProblem(path: "b/c.pdf", reason: "can't be converted")])
        #expect(try with.passages(path: "a.pdf").map(\.heading) == ["page 1", "page 2"])
        #expect(try with.passages(path: "a.pdf").map(\.text) == ["one", "two three"])
        #expect(try with.passages(path: "a.pdf").map(\.title) == ["a", "a"])
        #expect(try with.passages(path: "d.docx").map(\.title) == ["Head"])
        #expect(try with.passages(path: "d.docx").first?.tags == ["tag"])
        #expect(try with.status().stale == 0)
    }

    @Test(.enabled(if: SystemConverter().has(.pandoc)), arguments: ["docx", "epub"])
    func whatADocumentSaysOfItselfIsRead(ending: String) throws {
        let project = try TestProject()
        try project.write(
            "source.txt", "---\ntitle: On owls\nauthor: Ada\ndate: 2020-02-03\n---\n\n# Night\n\nThe owl hunts.\n")
        let pandoc = Process()
        pandoc.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        pandoc.arguments = [
            "pandoc", "-s", "-f", "markdown", "-o", project.layout.root + "/a." + ending,
            project.layout.root + "/source.txt",
        ]
        try pandoc.run()
        pandoc.waitUntilExit()
        let library = try Library(project: project.layout, encoder: nil)
        _ = try library.index()
        let passage = try #require(try library.passages(path: "a." + ending).first { $0.text.contains("owl hunts") })
        #expect(passage.title == "On owls")
        #expect(passage.date == "2020-02-03")
        #expect(passage.heading.hasSuffix("Night"))
        let query = Query(text: "owl", filter: Filter(paths: ["a.*"], fields: try .parse("author = ada")))
        #expect(try library.search(query).count == 1)
    }

    /// A folder with a program of that name, which is a shell script.
    private func program(_ name: String, _ script: String) throws -> (project: TestProject, path: String) {
        let project = try TestProject()
        try project.write("bin/" + name, "#!/bin/sh\n" + script + "\n")
        let place = project.layout.root + "/bin"
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place + "/" + name)
        return (project, place)
    }

    @Test func theProgramGetsArgumentsAsTheyAreAndNoInput() throws {
        let (project, path) = try program("pdftotext", "cat; for word; do echo \"$word\"; done")
        let converter = SystemConverter(path: "relative:" + path)
        #expect(converter.has(.pdftotext))
        #expect(!converter.has(.pandoc))
        let bytes = try converter.text(of: "/x/$(id) '; a.pdf", by: .pdftotext) { false }
        #expect(String(decoding: bytes, as: UTF8.self) == "-layout\n-enc\nUTF-8\n/x/$(id) '; a.pdf\n-\n")
        #expect(throws: ConversionFailure(reason: "needs pandoc, which isn't installed")) {
            try converter.text(of: "/a.docx", by: .pandoc) { false }
        }
        withExtendedLifetime(project) {}
        #expect(SystemConverter.arguments(for: "/a/B.DOCX", .pandoc).contains("--from=docx"))
    }

    @Test func aProgramThatFailsHangsOrFloodsIsEnded() throws {
        let (failing, failingPath) = try program("pandoc", "echo half; exit 1")
        #expect(throws: ConversionFailure(reason: "can't be converted by pandoc; it may be damaged")) {
            try SystemConverter(path: failingPath).text(of: "/a.odt", by: .pandoc) { false }
        }
        let (hanging, hangingPath) = try program("pandoc", "sleep 60")
        let start = ContinuousClock.now
        #expect(throws: ConversionFailure(reason: "took pandoc more than 1 seconds")) {
            try SystemConverter(path: hangingPath, timeLimit: .seconds(1)).text(of: "/a.odt", by: .pandoc) { false }
        }
        #expect(throws: ConversionFailure(reason: "was interrupted")) {
            try SystemConverter(path: hangingPath).text(of: "/a.odt", by: .pandoc) { true }
        }
        #expect(ContinuousClock.now - start < .seconds(30))
        let (flooding, floodingPath) = try program("pandoc", "while :; do echo flood; done")
        #expect(throws: ConversionFailure(reason: "is more than 1 MB of text")) {
            try SystemConverter(path: floodingPath, outputLimit: 1 << 20).text(of: "/a.odt", by: .pandoc) { false }
        }
        withExtendedLifetime((failing, hanging, flooding)) {}
    }
}
