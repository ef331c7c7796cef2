/// Whether a text is well-formed TOML 1.0 (https://toml.io/en/v1.0.0): its statements, keys, arrays and tables. Which keys
/// there are and what they hold is the parser's matter.
///
/// Time in proportion to the text; the depth of arrays and tables in each other is limited.
struct TOMLSyntax {
    let bytes: [UInt8]
    var index = 0
    private var line = 1
    private var depth = 0

    init(_ source: String) {
        bytes = Array(source.utf8)
        // A byte order mark is no part of the text.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    func has(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - index >= count else { return false }
        return text.withUTF8Buffer { buffer in buffer.indices.allSatisfy { bytes[index + $0] == buffer[$0] } }
    }

    func problem(_ reason: String) -> TOMLProblem { TOMLProblem(line: line, reason: reason) }

    /// - Throws: `TOMLProblem`, for what is wrong first.
    mutating func checkDocument() throws(TOMLProblem) {
        while next != nil {
            skipBlanks()
            if next == UInt8(ascii: "[") {
                try header()
            } else if next != UInt8(ascii: "#"), !isLineEnd {
                try assignment()
            }
            try endOfStatement()
        }
    }

    // MARK: Lines

    private mutating func skipBlanks() {
        while next == 0x20 || next == 0x09 { index += 1 }
    }

    var isLineEnd: Bool { next == nil || next == 0x0A || has("\r\n") }

    /// Takes a line's end, if one is here.
    mutating func takeLineEnd() -> Bool {
        guard next != nil, isLineEnd else { return false }
        index += next == 0x0A ? 1 : 2
        line += 1
        return true
    }

    private mutating func comment() throws(TOMLProblem) {
        guard next == UInt8(ascii: "#") else { return }
        while !isLineEnd { try takeCharacter(of: "a comment") }
    }

    /// Takes a byte that text may have.
    mutating func takeCharacter(of part: String) throws(TOMLProblem) {
        if let byte = next, byte < 0x20 && byte != 0x09 || byte == 0x7F {
            throw problem("\(part) holds a control character")
        }
        index += 1
    }

    private mutating func endOfStatement() throws(TOMLProblem) {
        skipBlanks()
        try comment()
        guard isLineEnd else { throw problem("something follows the value on its line") }
        _ = takeLineEnd()
    }

    /// What may stand between the items of an array.
    private mutating func skipLines() throws(TOMLProblem) {
        while true {
            skipBlanks()
            try comment()
            if !takeLineEnd() { return }
        }
    }

    // MARK: Tables and keys

    private mutating func header() throws(TOMLProblem) {
        let isArray = has("[[")
        index += isArray ? 2 : 1
        try key()
        guard has(isArray ? "]]" : "]") else { throw problem("the heading of a table isn't closed") }
        index += isArray ? 2 : 1
    }

    private mutating func assignment() throws(TOMLProblem) {
        try key()
        guard next == UInt8(ascii: "=") else { throw problem("there is no “=” behind the key") }
        index += 1
        skipBlanks()
        try value()
    }

    /// Names with full stops between them.
    private mutating func key() throws(TOMLProblem) {
        repeat {
            skipBlanks()
            switch next {
            case UInt8(ascii: "\""): try basicString()
            case UInt8(ascii: "'"): try literalString()
            default:
                let start = index
                while let byte = next, Self.isBare(byte) { index += 1 }
                guard index > start else { throw problem("a key is missing, or needs quotation marks") }
            }
            skipBlanks()
        } while take(UInt8(ascii: "."))
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        index += 1
        return true
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    // MARK: Values

    private mutating func value() throws(TOMLProblem) {
        switch next {
        case nil: throw problem("there is no value behind “=”")
        case UInt8(ascii: "\""):
            if has("\"\"\"") { try multilineString(UInt8(ascii: "\"")) } else { try basicString() }
        case UInt8(ascii: "'"):
            if has("'''") { try multilineString(UInt8(ascii: "'")) } else { try literalString() }
        case UInt8(ascii: "["): try array()
        case UInt8(ascii: "{"): try inlineTable()
        default: try bareValue()
        }
    }

    private mutating func enter() throws(TOMLProblem) {
        depth += 1
        guard depth <= TOMLDocument.deepest else { throw problem("lists and tables are nested too deep") }
    }

    private mutating func array() throws(TOMLProblem) {
        try enter()
        index += 1
        try skipLines()
        while !take(UInt8(ascii: "]")) {
            guard next != nil else { throw problem("a list isn't closed with ]") }
            try value()
            try skipLines()
            guard take(UInt8(ascii: ",")) || next == UInt8(ascii: "]") else {
                throw problem("a list has something other than a comma or ] behind a value")
            }
            try skipLines()
        }
        depth -= 1
    }

    /// On one line, and without a comma before the end.
    private mutating func inlineTable() throws(TOMLProblem) {
        try enter()
        index += 1
        skipBlanks()
        if !take(UInt8(ascii: "}")) {
            repeat {
                skipBlanks()
                try assignment()
                skipBlanks()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { throw problem("a table isn't closed with } on its line") }
        }
        depth -= 1
    }
}
