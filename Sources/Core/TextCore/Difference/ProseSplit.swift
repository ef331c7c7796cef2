/// Prose cut into pieces that joined give the text back, to the byte.
enum ProseSplit {
    /// Sentences with the blanks that follow them; a line's end ends a sentence too.
    static func sentences(_ text: String) -> [Substring] {
        var result: [Substring] = []
        var start = text.startIndex
        var i = text.startIndex
        while i < text.endIndex {
            let character = text[i]
            i = text.index(after: i)
            var ends = character.isNewline
            if !ends, enders.contains(character) {
                while i < text.endIndex, closers.contains(text[i]) { i = text.index(after: i) }
                // "3.5" and "e.g.," go on; a full-width ender always ends.
                ends = i == text.endIndex || text[i].isWhitespace || !character.isASCII
            }
            guard ends else { continue }
            while i < text.endIndex, text[i].isWhitespace { i = text.index(after: i) }
            result.append(text[start..<i])
            start = i
        }
        if start < text.endIndex { result.append(text[start...]) }
        return result
    }

    /// Words, blanks and marks; each ideograph stands alone.
    static func words(_ text: String) -> [Substring] {
        var result: [Substring] = []
        var start = text.startIndex
        var kind: Kind?
        var i = text.startIndex
        while i < text.endIndex {
            let next = Kind(text[i])
            if let kind, kind != next || kind == .single {
                result.append(text[start..<i])
                start = i
            }
            kind = next
            i = text.index(after: i)
        }
        if start < text.endIndex { result.append(text[start...]) }
        return result
    }

    private static let enders: Set<Character> = [".", "!", "?", "…", "。", "！", "？"]
    private static let closers: Set<Character> = [
        "\"", "'", "”", "’", "»", ")", "]", "」", "』", "）", "】", "*", "_",
    ]

    private enum Kind: Equatable {
        case word, blank, single

        init(_ character: Character) {
            guard let scalar = character.unicodeScalars.first else {
                self = .single
                return
            }
            if character.isWhitespace {
                self = .blank
            } else if (0x2E80...0xA4CF).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value)
                || (0x20000...0x3FFFF).contains(scalar.value)
            {
                self = .single
            } else if character.isLetter || character.isNumber || character == "'" || character == "’" {
                self = .word
            } else {
                self = .single
            }
        }
    }
}
