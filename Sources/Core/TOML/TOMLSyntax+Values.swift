/// Strings, numbers, dates and truth values.
extension TOMLSyntax {
    // MARK: Strings

    /// In double quotation marks, on one line.
    mutating func basicString() throws(TOMLProblem) {
        index += 1
        while next != UInt8(ascii: "\"") {
            guard !isLineEnd else { throw problem("a string isn't closed with \" on its line") }
            if next == UInt8(ascii: "\\") { try escape() } else { try takeCharacter(of: "a string") }
        }
        index += 1
    }

    /// In single quotation marks, on one line, with nothing to escape.
    mutating func literalString() throws(TOMLProblem) {
        index += 1
        while next != UInt8(ascii: "'") {
            guard !isLineEnd else { throw problem("a string isn't closed with ' on its line") }
            try takeCharacter(of: "a string")
        }
        index += 1
    }

    /// Between three quotation marks; one or two more may stand before the last three.
    mutating func multilineString(_ quote: UInt8) throws(TOMLProblem) {
        index += 3
        while true {
            guard next != nil else { throw problem("a string isn't closed with three quotation marks") }
            if next == quote {
                var count = 0
                while next == quote, count < 5 {
                    index += 1
                    count += 1
                }
                if count >= 3 { return }
            } else if takeLineEnd() {
                continue
            } else if next == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                if try !lineContinuation() { try escape() }
            } else {
                try takeCharacter(of: "a string")
            }
        }
    }

    /// A backslash that ends its line takes the blanks and lines behind it along.
    private mutating func lineContinuation() throws(TOMLProblem) -> Bool {
        let start = index
        index += 1
        while next == 0x20 || next == 0x09 { index += 1 }
        guard takeLineEnd() else {
            index = start
            return false
        }
        return true
    }

    private mutating func escape() throws(TOMLProblem) {
        index += 1
        let digits: Int
        switch next {
        case UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "n"), UInt8(ascii: "f"), UInt8(ascii: "r"),
            UInt8(ascii: "\""), UInt8(ascii: "\\"):
            digits = 0
        case UInt8(ascii: "u"): digits = 4
        case UInt8(ascii: "U"): digits = 8
        default: throw problem("a string has a backslash before something that has no meaning with it")
        }
        index += 1
        var scalar: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = next.flatMap({ Character(UnicodeScalar($0)).hexDigitValue }) else {
                throw problem("a string has \\u or \\U with too few digits")
            }
            scalar = scalar << 4 | UInt32(digit)
            index += 1
        }
        guard Unicode.Scalar(scalar) != nil else { throw problem("a string names a character that there isn't") }
    }

    // MARK: Numbers, dates, truth

    mutating func bareValue() throws(TOMLProblem) {
        let start = index
        takeWord()
        // A date and its time may have a space between them.
        if Self.isDate(bytes[start..<index]), next == 0x20, index + 1 < bytes.count, Self.isDigit(bytes[index + 1]) {
            index += 1
            takeWord()
        }
        let word = bytes[start..<index]
        if word.isEmpty { throw problem("a value is missing, or needs quotation marks") }
        guard BareValue.isValid(word) else {
            let shown = String(decoding: word, as: UTF8.self).prefix(40)
            throw problem("“\(shown)” is no value; text needs quotation marks")
        }
    }

    private mutating func takeWord() {
        while let byte = next, byte > 0x20, byte < 0x7F || byte >= 0x80, !",]}#[{\"'=".utf8.contains(byte) {
            index += 1
        }
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private static func isDate(_ word: ArraySlice<UInt8>) -> Bool {
        word.count == 10
            && word.enumerated().allSatisfy { [4, 7].contains($0) ? $1 == UInt8(ascii: "-") : isDigit($1) }
    }
}
