import Foundation

import TestProjects
import Testing

@testable import Notes
@testable import Retrieval

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What is no note is left out, said with its reason, and never waited for.
@Suite struct SkippedNotesTests {
    private func reasons(_ problems: [NoteProblem]) -> [String: String] {
        Dictionary(problems.map { ($0.path, $0.reason) }, uniquingKeysWith: { first, _ in first })
    }

    @Test func pipesSocketsAndCirclesAreSaidAndNotOpened() throws {
        let project = try TestProject()
        let root = project.layout.root
        try project.write("a.md", "A note.")
        #expect(mkfifo(root + "/pipe.md", 0o600) == 0)
        #expect(mkfifo(root + "/pipe.fifo", 0o600) == 0)
        let files = FileManager.default
        try files.createSymbolicLink(atPath: root + "/linked.md", withDestinationPath: root + "/pipe.md")
        try files.createSymbolicLink(atPath: root + "/null.md", withDestinationPath: "/dev/null")
        try files.createSymbolicLink(atPath: root + "/circle", withDestinationPath: "circle")
        let library = try project.library()
        let report = try library.index()
        #expect(report.notes == 1)
        #expect(
            reasons(report.problems) == [
                "pipe.md": NoteScanner.special, "linked.md": NoteScanner.special, "null.md": NoteScanner.special,
                "circle": "is a link that leads to itself",
            ])
        #expect(try library.status().problems == report.problems)
        // Looked at one by one, too.
        let looked = try NoteScanner.scan(
            only: ["circle", "linked.md", "null.md", "pipe.fifo", "pipe.md"], in: project.layout)
        #expect(reasons(looked.problems) == reasons(report.problems))
    }

    @Test func aFileThatBecameAPipeIsNotWaitedFor() throws {
        let project = try TestProject()
        let path = project.layout.root + "/a.md"
        #expect(mkfifo(path, 0o600) == 0)
        let file = NoteFile(path: "a.md", absolutePath: path, mtime: 0, size: 5)
        #expect(throws: NoteReader.Refusal(reason: NoteScanner.special)) { try NoteReader.bytes(of: file) }
    }

    @Test(.enabled(if: geteuid() != 0)) func whatMayNotBeReadIsTriedAgainWhenItMay() throws {
        let project = try TestProject()
        try project.write("secret.md", "The hidden words.")
        try project.write("closed/a.md", "Other words.")
        let root = project.layout.root
        #expect(chmod(root + "/secret.md", 0) == 0)
        #expect(chmod(root + "/closed", 0) == 0)
        defer { chmod(root + "/closed", 0o700) }
        let library = try project.library()
        let report = try library.index()
        #expect(
            reasons(report.problems) == [
                "secret.md": "can't be read; check its permissions", "closed": "the folder can't be read",
            ])
        #expect(try library.status().stale == 0)
        #expect(try library.index().changed == 0)
        chmod(root + "/secret.md", 0o600)
        chmod(root + "/closed", 0o700)
        #expect(try library.status().stale == 2)
        #expect(try library.index().problems.isEmpty)
        #expect(try library.search(Query(text: "hidden", mode: .text)).count == 1)
    }

    @Test func aFailedConversionIsTriedAgainWithAnotherProgramOrFile() throws {
        let project = try TestProject()
        try project.write("a.pdf", "one")
        func library(_ converter: VersionedConverter) throws -> Library {
            try Library(project: project.layout, encoder: nil, converter: converter)
        }
        let old = VersionedConverter(version: "1", answers: [:])
        #expect(try library(old).index().problems.map(\.path) == ["a.pdf"])
        #expect(try library(old).index().changed == 0)
        #expect(try library(old).status().stale == 0)
        let new = VersionedConverter(version: "2", answers: ["one": "Some words."])
        #expect(try library(new).status().stale == 1)
        let report = try library(new).index()
        #expect((report.notes, report.problems.count) == (1, 0))
        // What was converted isn't converted again for a new version.
        #expect(try library(old).index().changed == 0)
        try project.write("a.pdf", "broken now")
        #expect(try library(new).index().problems.map(\.path) == ["a.pdf"])
        try project.write("a.pdf", "one")
        #expect(try library(new).index().notes == 1)
    }

    @Test func theProgramItselfTellsItsVersion() throws {
        let project = try TestProject()
        try project.write("bin/pandoc", "#!/bin/sh\n")
        let place = project.layout.root + "/bin"
        chmod(place + "/pandoc", 0o755)
        let first = SystemConverter(path: place).identity(of: .pandoc)
        #expect(first.hasPrefix(place + "/pandoc "))
        try project.write("bin/pandoc", "#!/bin/sh\nexit 0\n")
        #expect(SystemConverter(path: place).identity(of: .pandoc) != first)
        #expect(SystemConverter(path: place).identity(of: .pdftotext) == "pdftotext")
    }
}

/// A converter of some version that knows the text of some contents.
private struct VersionedConverter: DocumentConverter {
    var version: String
    var answers: [String: String]

    func has(_ program: DocumentProgram) -> Bool { true }

    func identity(of program: DocumentProgram) -> String { version }

    func text(
        of path: String, by program: DocumentProgram, isCancelled: () -> Bool
    ) throws(ConversionFailure) -> [UInt8] {
        let content = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        guard let answer = answers[content] else { throw ConversionFailure(reason: "can't be converted") }
        return Array(answer.utf8)
    }
}
