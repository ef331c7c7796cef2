import Encodings
import TextAnalysis

/// The kinds of characters BERT's tokenizer tells apart.
enum CharacterClass {
    /// Controls, formats, private use and the replacement character are taken out of the text.
    static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value == 0xFFFD { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate: return true
        default: return false
        }
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return scalar.value == 0x20 }
        return scalar.properties.isWhitespace
    }

    /// Every ASCII symbol counts, and of the rest what Unicode calls punctuation.
    static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
        case 0..<0x80: return false
        default: break
        }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation:
            return true
        default: return false
        }
    }

    /// Where the white space that begins at `start` ends.
    static func endOfSpaces(_ bytes: [UInt8], from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            let (scalar, length) = UTF8Scan.scalar(bytes, at: index)
            guard scalar.properties.isWhitespace else { break }
            index += length
        }
        return index
    }

    /// Where the white space that ends before `end` begins.
    static func startOfSpaces(_ bytes: [UInt8], before end: Int) -> Int {
        var index = end
        while index > 0 {
            let start = UTF8Scan.start(bytes, before: index)
            guard UTF8Scan.scalar(bytes, at: start).scalar.properties.isWhitespace else { break }
            index = start
        }
        return index
    }

    /// What a regular expression's `\w` takes: letters, marks, digits, connectors, joiners.
    static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isAlphabetic || scalar.value == 0x200C || scalar.value == 0x200D { return true }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: return true
        default: return false
        }
    }
}
