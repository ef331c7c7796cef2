import Encodings

/// A SentencePiece tokenizer as XLM-RoBERTa's `tokenizer.json` declares it: added tokens, then
/// normalisation, then words, then the likeliest pieces of each word.
struct Unigram: Tokenizer {
    /// How a word gets the mark (`▁`) that stands for the space before it.
    enum PrependScheme: String, Sendable {
        case always, never
        /// Only at the beginning of the text. Limit: where a `Replace` shortened the very
        /// beginning, the reference doesn't take it for the beginning any more; here it still is.
        case first
    }

    /// A step that cuts text into words.
    enum Cut: Sendable, Equatable {
        case spaces
        case metaspace(mark: [UInt8], prepend: PrependScheme, splits: Bool)
    }

    let frame: SpecialTokenFrame
    let model: UnigramModel
    let normalizer: [NormalizerStep]
    let cuts: [Cut]
    /// Tokens looked for in the text as written.
    let added: AddedTokens
    /// Tokens looked for in the normalised text.
    let addedNormalized: AddedTokens

    func pieces(of text: String, limit: Int) -> [Int32] {
        var ids: [Int32] = []
        var lattice = UnigramModel.Lattice()
        let bytes = Array(text.utf8)
        for part in added.split(bytes) {
            guard ids.count < limit else { break }
            switch part {
            case .token(let id): ids.append(id)
            case .text(let range):
                let whole = range.count == bytes.count
                var normal = whole ? bytes : Array(bytes[range])
                for step in normalizer { normal = step.apply(to: normal) }
                for part in addedNormalized.split(normal) {
                    switch part {
                    case .token(let id): ids.append(id)
                    case .text(let inner):
                        let first = range.lowerBound == 0 && inner.lowerBound == 0
                        segment(normal, inner, isFirst: first, limit: limit, &lattice, into: &ids)
                    }
                }
            }
        }
        return ids.count > limit ? Array(ids.prefix(limit)) : ids
    }

    private func segment(
        _ bytes: [UInt8], _ range: Range<Int>, isFirst: Bool, limit: Int,
        _ lattice: inout UnigramModel.Lattice, into ids: inout [Int32]
    ) {
        var words = [Word(bytes: bytes, range: range, isFirst: isFirst)]
        for (step, cut) in cuts.enumerated() {
            switch cut {
            case .spaces: words = words.flatMap(Self.splitAtSpaces)
            case .metaspace(let mark, let prepend, let splits):
                // The last step by far the most often, so its words needn't be kept.
                if step == cuts.count - 1 {
                    for word in words {
                        let marked = Self.mark(word, mark, prepend)
                        for range in splits ? Self.ranges(of: marked, splitBefore: mark) : [0..<marked.count] {
                            model.segment(marked, range, &lattice, into: &ids)
                            if ids.count >= limit { return }
                        }
                    }
                    return
                }
                words = words.flatMap { word in
                    let marked = Self.mark(word, mark, prepend)
                    let ranges = splits ? Self.ranges(of: marked, splitBefore: mark) : [0..<marked.count]
                    return ranges.map {
                        Word(bytes: marked, range: $0, isFirst: word.isFirst && $0.lowerBound == 0)
                    }
                }
            }
        }
        for word in words {
            model.segment(word.bytes, word.range, &lattice, into: &ids)
            if ids.count >= limit { return }
        }
    }

    private struct Word {
        let bytes: [UInt8]
        let range: Range<Int>
        /// Whether it begins where the whole text begins.
        let isFirst: Bool
    }

    private static func splitAtSpaces(_ word: Word) -> [Word] {
        let bytes = word.bytes
        var words: [Word] = []
        var start = word.range.lowerBound
        var index = start
        func close(_ end: Int) {
            guard start < end else { return }
            words.append(
                Word(bytes: bytes, range: start..<end, isFirst: word.isFirst && start == word.range.lowerBound))
        }
        while index < word.range.upperBound {
            let byte = bytes[index]
            if byte < 0x80 {
                if byte == 0x20 || byte >= 0x09 && byte <= 0x0D {
                    close(index)
                    start = index + 1
                }
                index += 1
                continue
            }
            let (scalar, length) = UTF8Scan.scalar(bytes, at: index)
            // U+0085, U+00A0 and what lies in three planes' first blocks; all else isn't asked.
            if scalar.value < 0x100 || scalar.value >= 0x1680 && scalar.value <= 0x3000,
                scalar.properties.isWhitespace
            {
                close(index)
                start = index + length
            }
            index += length
        }
        close(word.range.upperBound)
        return words
    }

    /// The word with its spaces as marks, and one before it if it is to have one.
    private static func mark(_ word: Word, _ mark: [UInt8], _ prepend: PrependScheme) -> [UInt8] {
        let bytes = word.bytes[word.range]
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + mark.count)
        let wanted = prepend == .always || prepend == .first && word.isFirst
        if wanted, !bytes.starts(with: mark), bytes.first != 0x20 { output.append(contentsOf: mark) }
        for byte in bytes {
            if byte == 0x20 { output.append(contentsOf: mark) } else { output.append(byte) }
        }
        return output
    }

    /// Each mark begins a word.
    private static func ranges(of bytes: [UInt8], splitBefore mark: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        var index = 0
        while index < bytes.count {
            if bytes[index] == mark[0], bytes[index...].starts(with: mark) {
                if start < index { ranges.append(start..<index) }
                start = index
                index += mark.count
            } else {
                index += 1
            }
        }
        if start < bytes.count { ranges.append(start..<bytes.count) }
        return ranges
    }
}
