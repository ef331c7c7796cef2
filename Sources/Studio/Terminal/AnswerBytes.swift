/// How the answers of terminals look: strings that a sign behind an Esc introduces, and reports.
enum AnswerBytes {
    private static let bracket = UInt8(ascii: "[")

    /// OSC, DCS and APC. The other two, PM and SOS, are in no terminal's answers.
    static let introducers: Set<UInt8> = [UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_")]

    /// Whether a string that `introducer` begins is an answer, by its first byte: a number of OSC's, or a title's letter; the
    /// signs and numbers of DCS; the letter of an APC. With anything else the introducer was pressed with Alt.
    static func begins(_ introducer: UInt8, _ byte: UInt8) -> Bool {
        let isDigit = (0x30...0x39).contains(byte)
        switch introducer {
        case UInt8(ascii: "]"): return isDigit || byte == UInt8(ascii: "l") || byte == UInt8(ascii: "L")
        case UInt8(ascii: "P"): return isDigit || "><!+$=?|".utf8.contains(byte)
        default: return (0x41...0x5A).contains(byte & 0xDF)
        }
    }

    /// Whether bytes that came together are an answer without its Esc. Text begins like that only where a person would have
    /// to type a report's numbers at once.
    ///
    /// - Parameter introducer: what time has made a key of as well; empty for the Esc alone.
    static func isRest(_ bytes: [UInt8], after introducer: ArraySlice<UInt8>) -> Bool {
        let whole = introducer + bytes
        guard let first = whole.first else { return false }
        let rest = Array(whole.dropFirst())
        // A letter alone is rather typed.
        if first == bracket { return isReport(rest) && (introducer.isEmpty || rest.count > 1) }
        guard introducers.contains(first), let next = rest.first, begins(first, next) else { return false }
        switch first {
        // A number and what separates it from the answer, or as much of it as has come.
        case UInt8(ascii: "]"):
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            return !digits.isEmpty && digits.count < rest.count && rest[digits.count] == UInt8(ascii: ";")
        case UInt8(ascii: "P"):
            let numbers = rest.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ";") }
            return numbers.count < rest.count && ">!+$|".utf8.contains(rest[numbers.count])
        default: return next == UInt8(ascii: "G") && rest.count > 1
        }
    }

    /// The rest of a control sequence that a terminal sends by itself or as an answer: focus, the mouse, attributes, places,
    /// sizes, modes, keys told by numbers.
    private static func isReport(_ bytes: [UInt8]) -> Bool {
        if bytes.count == 1 { return "IOABCDHF".utf8.contains(bytes[0]) }
        let parameters = bytes.prefix { (0x30...0x3F).contains($0) }
        guard !parameters.isEmpty else { return false }
        let isPrivate = (0x3C...0x3F).contains(parameters[0])
        guard parameters.count < bytes.count else { return isPrivate }
        let last = bytes[parameters.count]
        return isPrivate || "RntcuyMm~ABCDHFPQS$".utf8.contains(last)
    }
}
