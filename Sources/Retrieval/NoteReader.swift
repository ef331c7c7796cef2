import Foundation
import Kernels
import Manuscript

/// A note as read from disk.
struct Note: Sendable, Equatable {
    var facts: NoteFacts
    /// The whole file with its line ends, without a byte order mark.
    var source: String
    var isMarkdown: Bool
    /// A hash of the file's bytes.
    var hash: String
    /// Something wrong that doesn't keep the note from being read.
    var problem: NoteProblem?
}

/// Reads notes: Markdown and plain text, in UTF-8.
enum NoteReader {
    /// A file that can't be a note, and why.
    struct Refusal: Error, Equatable {
        var reason: String
    }

    static func read(_ file: NoteFile) throws(Refusal) -> Note {
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.absolutePath)))
        } catch {
            throw Refusal(reason: "can't be read; check its permissions")
        }
        return try read(bytes, path: file.path)
    }

    static func read(_ bytes: [UInt8], path: String) throws(Refusal) -> Note {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw Refusal(reason: "is UTF-16; save it as UTF-8")
        }
        if bytes.contains(0) { throw Refusal(reason: "is a binary file") }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard let source = String(bytes: content, encoding: .utf8) else {
            throw Refusal(reason: "is not UTF-8 (line \(firstBadLine(content))); save it as UTF-8")
        }
        let name = path.split(separator: "/").last ?? Substring(path)
        let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
        var facts = NoteFacts(
            path: path, title: String(stem), date: dateIn(String(stem)), tags: [], fields: [:])
        let isMarkdown = !name.lowercased().hasSuffix(".txt")
        var problem: NoteProblem?
        if isMarkdown {
            let (front, wrong) = FrontMatter.parse(source)
            problem = wrong.map { NoteProblem(path: path, line: $0.line, reason: $0.reason) }
            let blocks = MarkdownBlocks.parse(source)
            if let title = front.title {
                facts.title = title
            } else if let heading = blocks.first(where: {
                $0.kind == .heading(level: 1) && !$0.title.isEmpty
            }) {
                facts.title = heading.title
            }
            facts.date = front.date ?? facts.date
            facts.fields = front.fields
            facts.tags = front.tags
            for tag in inlineTags(source, blocks) where !facts.tags.contains(tag) {
                facts.tags.append(tag)
            }
        }
        return Note(
            facts: facts, source: source, isMarkdown: isMarkdown, hash: ContentHash.hexadecimal(of: bytes),
            problem: problem)
    }

    /// The day a file's name begins with: `2024-05-31 Interview`.
    private static func dateIn(_ stem: String) -> String? {
        let day = String(stem.prefix(10))
        guard day.utf8.count == 10, CompiledFilter.isDate(day) else { return nil }
        return day
    }

    private static func firstBadLine(_ bytes: ArraySlice<UInt8>) -> Int {
        var line = 1
        for part in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if String(bytes: part, encoding: .utf8) == nil { return line }
            line += 1
        }
        return line
    }

    /// `#tags` in running text, in order: `#` behind a blank or at a line's start, and a word that
    /// has more than digits. Code, HTML and front matter have none.
    static func inlineTags(_ source: String, _ blocks: [Block]) -> [String] {
        guard source.utf8.contains(UInt8(ascii: "#")) else { return [] }
        let bytes = Array(source.utf8)
        var tags: [String] = []
        for block in blocks {
            switch block.kind {
            case .code, .html, .frontMatter, .thematicBreak: continue
            default: break
            }
            guard bytes[block.range].contains(UInt8(ascii: "#")) else { continue }
            let text = String(decoding: bytes[block.range], as: UTF8.self)
            collectTags(text, into: &tags)
        }
        return tags
    }

    private static func collectTags(_ text: String, into tags: inout [String]) {
        var previous: Unicode.Scalar = "\n"
        var inCode = false
        var current: String.UnicodeScalarView?
        func finish(_ word: String.UnicodeScalarView, _ tags: inout [String]) {
            var tag = String(word)
            while tag.hasSuffix("-") || tag.hasSuffix("/") { tag.removeLast() }
            let hasLetter = tag.unicodeScalars.contains { $0.properties.isAlphabetic }
            if hasLetter, !tags.contains(tag) { tags.append(tag) }
        }
        for scalar in text.unicodeScalars {
            if var word = current {
                if scalar.isTermPart || "-_/".unicodeScalars.contains(scalar) {
                    word.append(scalar)
                    current = word
                    previous = scalar
                    continue
                }
                finish(word, &tags)
                current = nil
            }
            if scalar == "`" { inCode.toggle() }
            let opens = previous.properties.isWhitespace || previous == "(" || previous.isCJK
            if scalar == "#", opens, !inCode { current = String.UnicodeScalarView() }
            previous = scalar
        }
        if let word = current { finish(word, &tags) }
    }
}
