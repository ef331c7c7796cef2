import Embedding
import Manuscript
import Notes
import TextAnalysis
import TextCore

/// A piece of a note before it is stored.
struct Chunk: Sendable, Equatable {
    /// The headings above, joined by ` › `.
    var heading: String
    /// First and last line in the file, counted from 1.
    var line: Int
    var endLine: Int
    var text: String
}

/// Cuts a note into passages: first by its structure, then, where a block is longer than the model
/// reads, by sentences or lines, and at last by words.
///
/// What says nothing (`Substance`) is left out. Small neighbours of one section are merged up to `target` tokens. A heading is never a passage by
/// itself and is no part of one: it is kept beside it. Where running text is cut, the last sentence before the cut begins
/// the next passage too, if it is short: what it says is often what the next one speaks of.
///
/// The path of headings is shown and searched for words but isn't embedded: embedding it too makes no difference that
/// can be told from chance. `Scripts/bench-headings.py Samples .build/checkouts/GRDB.swift` takes a sentence out of a
/// passage and asks for the rest with it (all-MiniLM-L6-v2). MRR@10, of which the standard error is about 0.03 and
/// 0.01, and the share found among ten, for 115 queries on 209 passages and for 694 on 2,818:
///
///     embedded                        Samples         GRDB's documentation
///     body                            0.220, 0.487    0.161, 0.326
///     heading path and body           0.218, 0.496    0.165, 0.339
///     title, heading path and body    0.219, 0.487    0.161, 0.336
struct Chunker: Sendable {
    /// Part of every vector's key: raised when the same passage would be embedded otherwise.
    static let version = 1
    /// Raised when notes are cut otherwise: they are cut again, and only new passages are embedded.
    static let cutVersion = 3

    let tokenCount: @Sendable (String) -> Int
    /// Tokens a passage has at most.
    let limit: Int
    /// Tokens up to which small neighbours are merged.
    let target: Int
    /// Tokens up to which a sentence is repeated behind a cut.
    let overlap: Int

    /// - Parameter encoder: its window bounds a passage; without one, words are counted.
    init(encoder: (any PassageEncoder)?) {
        // Beyond 256 tokens a passage says too many things for one vector, whatever the model reads.
        // 8 are left for special tokens and a prefix.
        limit = max(8, min(encoder?.maxTokens ?? 256, 256) - 8)
        target = min(120, limit)
        overlap = limit / 6
        if let encoder {
            tokenCount = { encoder.tokenCount($0) }
        } else {
            tokenCount = TokenEstimate.subwords
        }
    }

    func chunks(of note: Note) -> [Chunk] { chunks(of: note.blocks) }

    func chunks(of blocks: [NoteBlock]) -> [Chunk] {
        sections(blocks).flatMap { merged($0.units, heading: $0.heading) }
    }

    // MARK: Structure

    /// A stretch of text that isn't cut further.
    struct Unit {
        var text: String
        var line: Int
        var endLine: Int
        var tokens: Int
        /// The part before it, where it goes on in a text that was cut.
        var before: [Unit] = []
    }

    private func sections(_ blocks: [NoteBlock]) -> [(heading: String, units: [Unit])] {
        var result: [(heading: String, units: [Unit])] = [("", [])]
        var path: [(level: Int, title: String)] = []
        for block in blocks {
            if case .heading(let level) = block.kind {
                path.removeAll { $0.level >= level }
                if !block.title.isEmpty { path.append((level, block.title)) }
                result.append((path.map(\.title).joined(separator: " › "), []))
            } else {
                result[result.count - 1].units += units(of: block.lines, kind: block.kind)
            }
        }
        return result
    }

    // MARK: Cutting

    private func units(of lines: [SourceLine], kind: BlockKind) -> [Unit] {
        var lines = lines
        if kind == .quotation {
            lines = lines.map { SourceLine(number: $0.number, text: Chunker.unquoted($0.text)) }
        }
        lines = Array(lines.drop { $0.text.isEmpty })
        while lines.last?.text.isEmpty == true { lines.removeLast() }
        guard let first = lines.first, let last = lines.last else { return [] }
        let text = lines.map(\.text).joined(separator: "\n")
        guard Chunker.saysSomething(text, kind) else { return [] }
        let tokens = tokenCount(text)
        if tokens <= limit {
            return [Unit(text: text, line: first.number, endLine: last.number, tokens: tokens)]
        }
        switch kind {
        case .list, .code, .table, .html:
            return packed(lines.map { unit($0.text, $0.number, $0.number) }.flatMap(cutToLimit), overlaps: false)
                .filter { Chunker.saysSomething($0.text, kind) }
        default:
            return packed(sentences(text, lines.map(\.number)).flatMap(cutToLimit), overlaps: true)
                .filter { Chunker.saysSomething($0.text, kind) }
        }
    }

    /// A list's mark, a rule or a link alone is no passage and goes with none.
    private static func saysSomething(_ text: String, _ kind: BlockKind) -> Bool {
        kind == .code ? !Substance.isEmptyCode(text) : !Substance.isEmpty(text)
    }

    private func unit(_ text: String, _ line: Int, _ endLine: Int) -> Unit {
        Unit(text: text, line: line, endLine: endLine, tokens: tokenCount(text))
    }

    private static func unquoted(_ line: String) -> String {
        var rest = Substring(line)
        while true {
            let inner = rest.drop { $0 == " " || $0 == "\t" }
            guard inner.first == ">" else { return String(rest) }
            rest = inner.dropFirst()
            if rest.first == " " { rest = rest.dropFirst() }
        }
    }

    /// - Parameter numbers: of the text's lines in the file; tags or marks between them may have gone.
    private func sentences(_ text: String, _ numbers: [Int]) -> [Unit] {
        let bytes = Array(text.utf8)
        var line = 0
        var position = 0
        return Sentences.ranges(of: text).map { range in
            line += bytes[position..<range.lowerBound].count { $0 == 0x0A }
            let start = line
            line += bytes[range].count { $0 == 0x0A }
            position = range.upperBound
            return unit(String(decoding: bytes[range], as: UTF8.self), numbers[start], numbers[line])
        }
    }

    /// `unit`, or, when it is longer than the limit, pieces of it cut at blanks, between CJK characters,
    /// and inside words only where a single one is too long.
    private func cutToLimit(_ unit: Unit) -> [Unit] {
        guard unit.tokens > limit else { return [unit] }
        var pieces: [Unit] = []
        var text = ""
        var tokens = 0
        var line = unit.line
        var start = unit.line
        func close() {
            let trimmed = text.drop(while: \.isWhitespace)
            if !trimmed.isEmpty {
                pieces.append(Unit(text: String(trimmed), line: start, endLine: line, tokens: tokens))
            }
            text = ""
            tokens = 0
        }
        for atom in Chunker.atoms(unit.text) {
            let cost = tokenCount(atom)
            if tokens + cost > limit, tokens > 0 { close() }
            if text.isEmpty { start = line }
            line = min(line + atom.utf8.count { $0 == 0x0A }, unit.endLine)
            text += atom
            tokens += cost
        }
        close()
        return pieces
    }

    /// Words with the blanks before them, single CJK characters, and slices of overlong words.
    private static func atoms(_ text: String) -> [String] {
        var atoms: [String] = []
        var current = ""
        var length = 0
        for character in text {
            let isBlank = character.isWhitespace
            let isCJK = character.unicodeScalars.first?.isCJK ?? false
            let wasBlank = current.last?.isWhitespace ?? true
            if !current.isEmpty, (isBlank && !wasBlank) || isCJK && !wasBlank || length >= 24 {
                atoms.append(current)
                current = ""
                length = 0
            }
            current.append(character)
            length += 1
        }
        if !current.isEmpty { atoms.append(current) }
        return atoms
    }

    // MARK: Joining

    /// Parts of one block, joined into as few pieces of about the same size as the limit allows.
    private func packed(_ parts: [Unit], overlaps: Bool) -> [Unit] {
        let total = parts.reduce(0) { $0 + $1.tokens }
        let aim = max(1, total / max(1, (total + limit - 1) / limit))
        var result: [Unit] = []
        var before: Unit?
        for part in parts where !part.text.isEmpty {
            if let tokens = result.last?.tokens, tokens < aim, tokens + part.tokens < limit {
                Chunker.follow(&result[result.count - 1], by: part)
            } else {
                result.append(part)
                if overlaps, let before { result[result.count - 1].before = [before] }
            }
            before = part
        }
        return result
    }

    /// In place, since there may be as many parts as a file has bytes.
    private static func follow(_ first: inout Unit, by second: Unit) {
        // Chinese and Japanese have no space between sentences; Korean does.
        let next = second.text.unicodeScalars.first
        let isTight =
            first.text.unicodeScalars.last?.isASCII == false && next?.isCJK == true
            && !EastAsianScripts.hangulSyllables.contains(next?.value ?? 0)
        join(&first, second, by: first.endLine == second.line ? isTight ? "" : " " : "\n")
    }

    /// The units of one section as chunks, small ones merged.
    private func merged(_ units: [Unit], heading: String) -> [Chunk] {
        var result: [Unit] = []
        for unit in units {
            // A lead-in ("For example:") goes with what it leads to, even beyond the target.
            if let tokens = result.last?.tokens {
                let sum = tokens + unit.tokens + 1
                let isLeadIn = tokens < 16 || unit.tokens < 16
                if sum <= target || isLeadIn && sum <= limit {
                    if unit.before.isEmpty {
                        Chunker.join(&result[result.count - 1], unit, by: "\n\n")
                    } else {
                        Chunker.follow(&result[result.count - 1], by: unit)
                    }
                    continue
                }
            }
            result.append(unit)
        }
        return result.map(overlapping).map {
            Chunk(heading: heading, line: $0.line, endLine: $0.endLine, text: $0.text)
        }
    }

    /// `unit` with the sentence before the cut, if it is short and there's room for it.
    private func overlapping(_ unit: Unit) -> Unit {
        guard let before = unit.before.first, before.tokens <= overlap, before.tokens + unit.tokens < limit else {
            return unit
        }
        var whole = before
        Chunker.follow(&whole, by: unit)
        return whole
    }

    private static func join(_ first: inout Unit, _ second: Unit, by separator: String) {
        first.text += separator
        first.text += second.text
        first.endLine = second.endLine
        first.tokens += second.tokens
    }
}
