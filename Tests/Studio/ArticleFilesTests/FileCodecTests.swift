import Foundation
import TestSupport
import Testing
import TextCore
import Workbench

@testable import ArticleFiles

/// Files in other encodings, and those that are in none, to the byte.
@Suite final class FileCodecTests {
    private let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(
        path: "longhand-codec-\(UInt64.random(in: 0 ... .max))"
    ).path
    private let files: FileStore

    init() throws {
        files = FileStore(root: folder, journalFolder: folder + "/journals")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func encoded(_ string: String, _ encoding: FileEncoding, usesCRLF: Bool = false) throws -> [UInt8] {
        try FileCodec.encode(Text(string), FileFormat(usesCRLF: usesCRLF, encoding: encoding), for: "a.md")
    }

    /// Opens, saves unchanged and reads the bytes.
    private func saved(_ bytes: [UInt8], as choice: EncodingChoice? = nil) throws -> [UInt8]? {
        let path = folder + "/a.md"
        try AtomicFile.write(bytes, to: path)
        let editor = try files.open(path, as: choice).editor
        guard editor.undecided == nil else { return nil }
        _ = try files.save(editor.text, to: path, format: editor.format, expecting: .anything)
        return try AtomicFile.read(path)
    }

    @Test func lineEndsAndLastLinesStayAsTheyAre() throws {
        for text in [
            "", "\n", "\r\n", "\r", "a", "a\r\nb\r\n", "a\r\nb", "a\nb", "a\r\nb\n", "a\rb\r", "a\r\r\nb\r\n",
            "a\rb\r\nc\r\n", "\r\n\r\r\n", "\u{FEFF}a\r\n", "\u{FEFF}",
        ] {
            #expect(try saved(Array(text.utf8)) == Array(text.utf8), "\(text.debugDescription)")
        }
        #expect(try files.open(folder + "/a.md").editor.format.hasByteOrderMark)
        try AtomicFile.write(Array("a\r\nb\r\n".utf8), to: folder + "/a.md")
        #expect(try files.open(folder + "/a.md").editor.text.string == "a\nb\n")
    }

    @Test func anyBytesComeBackAndSoDoesAnEditAmongThem() throws {
        var random = SeededGenerator(seed: 20)
        for _ in 0..<200 {
            let bytes = (0..<Int(random.next() % 400)).map { _ in UInt8(truncatingIfNeeded: random.next()) } + [0xFF]
            #expect(try saved(bytes, as: .kept(.bytes)) == bytes)
            let decoded = try #require(FileCodec.decode(bytes, as: .bytes))
            var text = decoded.text
            let line = Int(random.next() % UInt64(text.lineCount))
            let place = text.lineStart(line)
            text.replace(place..<place, with: "词")
            let edited = try FileCodec.encode(text, decoded.format, for: "a.md")
            #expect(edited.count == bytes.count + 3)
            let head = zip(edited, bytes).prefix { $0 == $1 }.count
            // What was typed is all that is new, up to bytes that happen to be the same.
            #expect(
                (0...head).contains {
                    edited[$0..<min($0 + 3, edited.count)].elementsEqual("词".utf8)
                        && edited[($0 + 3)...].elementsEqual(bytes[$0...])
                })
        }
    }

    @Test func otherEncodingsAreReadAndWrittenToTheByte() throws {
        let chinese = "# 知识管理\r\n\r\n意思相近的词，它们的向量方向也相近。€ 😀\r\n"
        let french = "# Élan vital\n\nDéjà vu — « naïf », 5 €.\n"
        for (text, encoding) in [
            (chinese, FileEncoding.gb18030), (french, .windows1252), (chinese, .utf16LittleEndian),
            (french, .utf16BigEndian),
        ] {
            let bytes = try encoded(text, encoding)
            let file = FileCodec.undecided(bytes, path: "a.md")
            #expect(file.recognised == encoding && file.isLossless && file.line == 1, "\(encoding)")
            #expect(try saved(bytes) == nil)
            #expect(try saved(bytes, as: .kept(encoding)) == bytes)
            #expect(try saved(bytes, as: .converted(encoding)) == Array(text.utf8))
        }
    }

    @Test func whatWouldNotComeBackIsNotOffered() throws {
        // A0 behind A3 is a character that is written in another way; 81 isn't in Windows-1252 at all.
        let odd = try encoded("知识管理的事", .gb18030) + [0x80, 0x81]
        #expect(!FileCodec.undecided(odd, path: "a.md").isLossless)
        #expect(
            FileCodec.undecided([0x61, 0x0A, 0xC3, 0x28, 0x81, 0x00], path: "a.md")
                == UndecidedEncoding(path: "a.md", line: 2, recognised: nil, isLossless: false))
    }

    @Test func aCharacterThatTheEncodingLacksIsNamed() throws {
        do {
            _ = try encoded("un\ndeux 词\n", .windows1252)
            Issue.record("it was written")
        } catch let error as FileError {
            #expect(error.message == "a.md was not saved: Windows-1252 has no “词” (line 2).")
            #expect(error.hint == "Change that character, or choose UTF-8 with the command save-as-utf-8.")
        }
        // The file isn't touched by that.
        let path = folder + "/b.md"
        try AtomicFile.write([0xE9, 0x0A], to: path)
        #expect(throws: FileError.self) {
            try files.save("词", to: path, format: FileFormat(encoding: .windows1252), expecting: .anything)
        }
        #expect(try AtomicFile.read(path) == [0xE9, 0x0A])
    }

    @Test func aFileThatWasConvertedMeanwhileIsReadAsWhatItIs() throws {
        let old = try encoded("知识管理", .gb18030)
        #expect(FileCodec.decode(old, likely: .gb18030).format.encoding == .gb18030)
        #expect(FileCodec.decode(Array("知识管理".utf8), likely: .gb18030).format.encoding == .utf8)
        #expect(FileCodec.decode(Array("plain".utf8), likely: .gb18030).format.encoding == .gb18030)
        #expect(FileCodec.decode([0xFF, 0xE9], likely: .utf8).format.encoding == .bytes)
        #expect(FileCodec.decode(Array("词".utf8), likely: .bytes).format.encoding == .bytes)
    }

    @Test func aFileThatIsTooLargeIsNotRead() throws {
        let path = folder + "/large.md"
        let descriptor = open(path, O_CREAT | O_WRONLY, 0o644)
        ftruncate(descriptor, off_t(FileStore.limit) + 1)
        close(descriptor)
        do {
            _ = try files.open(path)
            Issue.record("it was read")
        } catch {
            #expect(
                error.message == "\(path) has more than 1024 MB, which is what Longhand opens at most."
                    && error.hint?.contains("split") == true)
        }
    }
}
