import Encodings
import TextAnalysis
import TextCore

/// BERT's tokenizer: clean, split into words, then split words into the longest known pieces.
///
/// It follows the `BertNormalizer`, `BertPreTokenizer` and `WordPiece` of Hugging Face's
/// tokenizers, including that the spelling of a special token in the text stands for the token.
/// One pass over the text's bytes; nothing is built but the word at hand.
///
/// Limit: the reference's tables of character classes stop at Unicode 9, and the standard
/// library's go on. Of what came later some 650 punctuation marks and combining marks of rare
/// scripts are told apart here and aren't there; everything else agrees scalar by scalar.
struct WordPiece: Tokenizer {
    /// Words of more scalars than this are one `[UNK]`.
    static let longestWord = 100

    let vocabulary: Vocabulary
    let lowerCase: Bool
    let stripAccents: Bool
    let isolateIdeographs: Bool
    let unknown: Int32
    let frame: SpecialTokenFrame
    let added: AddedTokens

    func pieces(of text: String, limit: Int) -> [Int32] {
        var run = Run(tokenizer: self)
        let bytes = Array(text.utf8)
        for part in added.split(bytes) {
            guard run.ids.count < limit else { break }
            switch part {
            case .token(let id): run.ids.append(id)
            case .text(let range): run.take(bytes, range, limit: limit)
            }
        }
        return run.ids.count > limit ? Array(run.ids.prefix(limit)) : run.ids
    }

    /// What becomes of an ASCII byte.
    private enum ASCIIClass: UInt8 {
        case dropped, space, punctuation, letter

        static let table: [ASCIIClass] = (0..<128).map { byte in
            switch byte {
            case 0x09, 0x0A, 0x0D, 0x20: .space
            case 0..<0x20, 0x7F: .dropped
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: .letter
            default: .punctuation
            }
        }
    }

    /// The state of one pass: the ids so far and the word at hand, already normalised.
    private struct Run {
        let tokenizer: WordPiece
        let lowerCase: Bool
        let classes = ASCIIClass.table
        var ids: [Int32] = []
        private var word: [UInt8] = []
        private var scalarsInWord = 0

        init(tokenizer: WordPiece) {
            self.tokenizer = tokenizer
            lowerCase = tokenizer.lowerCase
        }

        /// A stretch of text between added tokens, whose ends also end a word.
        mutating func take(_ bytes: [UInt8], _ range: Range<Int>, limit: Int) {
            var index = range.lowerBound
            while index < range.upperBound, ids.count < limit {
                let byte = bytes[index]
                guard byte < 0x80 else {
                    let (scalar, length) = UTF8Scan.scalar(bytes, at: index)
                    take(scalar)
                    index += length
                    continue
                }
                index += 1
                switch classes[Int(byte)] {
                case .letter: append(lowerCase && byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte)
                case .space: endWord()
                case .punctuation:
                    endWord()
                    append(byte)
                    endWord()
                case .dropped: break  // Other controls vanish, and don't part a word.
                }
            }
            endWord()
        }

        /// Cleaning, which sees the text as it was written. Not for ASCII.
        private mutating func take(_ scalar: Unicode.Scalar) {
            // The ideographs of nearly all Chinese text, which no later step would change.
            if EastAsianScripts.unifiedIdeographs.contains(scalar.value) {
                if tokenizer.isolateIdeographs { endWord() }
                append(scalar)
                if tokenizer.isolateIdeographs { endWord() }
                return
            }
            if CharacterClass.isDropped(scalar) { return }
            let alone = tokenizer.isolateIdeographs && EastAsianScripts.isIdeographToBERT(scalar.value)
            if alone { endWord() }
            normalize(scalar)
            if alone { endWord() }
        }

        /// Accents first, then case: "É" is "E" and its accent, then "e".
        private mutating func normalize(_ scalar: Unicode.Scalar) {
            guard tokenizer.stripAccents, Decomposition.mayDecompose(scalar) else {
                return stripAndLower(scalar)
            }
            // A mark decomposes to marks; asking what they are would take the longest of all.
            if scalar.properties.generalCategory == .nonspacingMark { return }
            for part in Decomposition.decompose(scalar) { stripAndLower(part) }
        }

        private mutating func stripAndLower(_ scalar: Unicode.Scalar) {
            if tokenizer.stripAccents, scalar.properties.generalCategory == .nonspacingMark { return }
            guard tokenizer.lowerCase, scalar.properties.changesWhenLowercased else { return place(scalar) }
            for part in scalar.properties.lowercaseMapping.unicodeScalars { place(part) }
        }

        /// Splitting, which sees what normalisation made of the text.
        private mutating func place(_ scalar: Unicode.Scalar) {
            if CharacterClass.isSpace(scalar) {
                endWord()
            } else if CharacterClass.isPunctuation(scalar) {
                endWord()
                append(scalar)
                endWord()
            } else {
                append(scalar)
            }
        }

        private mutating func append(_ byte: UInt8) {
            scalarsInWord += 1
            // The word is going to be unknown; there is no need to keep a megabyte of it.
            if scalarsInWord <= WordPiece.longestWord { word.append(byte) }
        }

        private mutating func append(_ scalar: Unicode.Scalar) {
            scalarsInWord += 1
            if scalarsInWord <= WordPiece.longestWord { word.append(contentsOf: UTF8.encode(scalar)!) }
        }

        private mutating func endWord() {
            guard scalarsInWord > 0 else { return }
            defer {
                word.removeAll(keepingCapacity: true)
                scalarsInWord = 0
            }
            guard scalarsInWord <= WordPiece.longestWord else {
                ids.append(tokenizer.unknown)
                return
            }
            let first = ids.count
            var start = 0
            while start < word.count {
                guard let (id, end) = tokenizer.vocabulary.longestPiece(in: word, from: start) else {
                    // One unknown piece makes the whole word unknown.
                    ids.removeLast(ids.count - first)
                    ids.append(tokenizer.unknown)
                    return
                }
                ids.append(id)
                start = end
            }
        }
    }
}
