import Encodings
import FileAccess
import Hashing
import Manuscript

/// A note as read from disk.
package struct Note: Sendable, Equatable {
    /// What the note says of itself, by which filters choose.
    package var facts: NoteFacts
    /// The whole file without a byte order mark; its lines end in line feeds, whatever they ended in.
    package var source: String
    /// Its structure, whatever its format.
    package var blocks: [NoteBlock]
    /// A hash of the file's bytes.
    package var hash: String
    /// Something wrong that doesn't keep the note from being read.
    package var problem: NoteProblem?
}

/// Reads notes: the formats of `NoteFormat` in the encodings of `TextEncoding`.
///
/// `TextEncoding` finds the encoding, `NoteFormat` the reader, and each reader makes the same `NoteBlock`s. Documents
/// that are no text are first converted by the programs that `SystemConverter` runs.
package enum NoteReader {
    /// Part of the key of what is cut: notes are read again when another version reads them otherwise.
    package static let version = 5

    /// A file that can't be a note, and why.
    package struct Refusal: Error, Equatable {
        /// What has to change for it to be worth another try.
        package enum Cause: Sendable, Equatable {
            case content
            /// Its permissions.
            case access
            case program(DocumentProgram)
        }

        /// A clause that follows the file's name, such as `is larger than 8 MB`.
        package var reason: String
        /// What has to change before another try.
        package var cause = Cause.content

        /// A refusal; by default for what the file holds.
        package init(reason: String, cause: Cause = .content) {
            self.reason = reason
            self.cause = cause
        }

        /// The refusal of a file that couldn't be read.
        ///
        /// - Parameter megabytes: the largest size of a note of its format.
        package init(_ failure: RegularFile.Failure, megabytes: Int64) {
            switch failure {
            case .notAllowed: self.init(reason: "can't be read; check its permissions", cause: .access)
            case .unreadable, .absent:
                self.init(reason: "can't be read; the disk or the system refuses it", cause: .access)
            case .special, .folder: self.init(reason: NoteScanner.special)
            case .tooLarge: self.init(reason: "is larger than \(megabytes) MB")
            }
        }
    }

    /// The bytes of a note's file.
    ///
    /// - Throws: `Refusal` where it can't be read, is no regular file, or is larger than its format allows.
    package static func bytes(of file: NoteFile) throws(Refusal) -> [UInt8] {
        let megabytes = NoteFormat(path: file.path).largestMegabytes
        do throws(RegularFile.Failure) {
            return try RegularFile.read(file.absolutePath, atMost: Int(megabytes) << 20)
        } catch {
            throw Refusal(error, megabytes: megabytes)
        }
    }

    /// Why a file can't be read now; nil where its beginning can, or where it is gone.
    package static func refusal(of file: NoteFile) -> Refusal? {
        do throws(RegularFile.Failure) {
            try RegularFile.probe(file.absolutePath)
            return nil
        } catch {
            guard FileFacts.isThere(file.absolutePath) else { return nil }
            return Refusal(error, megabytes: NoteFormat(path: file.path).largestMegabytes)
        }
    }

    /// - Parameter bytes: the file's.
    package static func read(
        _ bytes: [UInt8], of file: NoteFile, _ converter: any DocumentConverter,
        _ isCancelled: () -> Bool
    ) throws(Refusal) -> Note {
        guard let program = NoteFormat(path: file.path).program else {
            return try read(bytes, path: file.path)
        }
        do {
            let text = try converter.text(of: file.absolutePath, by: program, isCancelled: isCancelled)
            var note = try read(text, path: file.path)
            note.hash = ContentHash.hexadecimal(of: bytes)
            return note
        } catch let error as ConversionFailure {
            throw Refusal(reason: error.reason, cause: .program(program))
        } catch let error as Refusal {
            throw error
        } catch {
            throw Refusal(reason: "can't be converted", cause: .program(program))
        }
    }

    /// The note of a text that is, or was made of, the file at `path`.
    package static func read(_ bytes: [UInt8], path: String) throws(Refusal) -> Note {
        let source: String
        do throws(TextEncoding.Refusal) {
            source = withLineFeeds(try TextEncoding.decode(bytes).text)
        } catch {
            throw Refusal(reason: error.reason)
        }
        let name = path.split(separator: "/").last ?? Substring(path)
        let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
        // `2024-05-31 Interview.md` is of a day.
        var facts = NoteFacts(
            path: path, title: String(stem), date: CalendarDay.leading(stem), tags: [], fields: [:])
        let content = NoteFormat(path: path).content(of: source)
        facts.title = content.title ?? facts.title
        facts.date = content.date ?? facts.date
        facts.fields = content.fields
        facts.tags = content.tags
        return Note(
            facts: facts, source: source, blocks: content.blocks, hash: ContentHash.hexadecimal(of: bytes),
            problem: content.problem.map { NoteProblem(path: path, line: $0.line, reason: $0.reason) })
    }

    /// `text` with a line feed for each CR LF, and for each CR alone, which ends a line in Markdown too.
    private static func withLineFeeds(_ text: String) -> String {
        guard text.utf8.contains(0x0D) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        var isBehindReturn = false
        for byte in text.utf8 {
            if byte == 0x0D { result.append(0x0A) } else if byte != 0x0A || !isBehindReturn { result.append(byte) }
            isBehindReturn = byte == 0x0D
        }
        return String(decoding: result, as: UTF8.self)
    }
}
