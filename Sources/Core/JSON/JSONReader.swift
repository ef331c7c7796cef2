import Encodings

/// A strict reader of JSON text (RFC 8259) that goes over the bytes once.
///
/// A `tokenizer.json` may hold 250,000 pieces in seventeen megabytes; a decoder that makes a tree
/// of Strings of them takes seconds. This one lets the caller walk objects and arrays and append
/// strings to a block of bytes of its own, and makes a `JSONValue` only of what is small.
///
/// Strict: no comments, no trailing commas, no unpaired surrogates, no invalid UTF-8, no control
/// characters in strings, no key twice in an object that becomes a `JSONValue`.
public struct JSONReader {
    /// What is wrong, and where in the file.
    public struct Failure: Error, Equatable {
        /// How many bytes were read before the place where it is wrong.
        public let offset: Int
        /// A clause without a capital or a stop, such as “a comma is missing”.
        public let reason: String

        /// A failure at a byte offset.
        public init(offset: Int, reason: String) {
            self.offset = offset
            self.reason = reason
        }
    }

    /// Nesting beyond this is refused, since values are read by recursion.
    public static let deepest = 64

    /// What becomes of a key that an object has twice.
    public enum DuplicateKeys: Sendable {
        case refused
        case lastCounts
    }

    private let bytes: [UInt8]
    private let duplicateKeys: DuplicateKeys
    private var at = 0

    /// A reader at the start of `bytes`, which are checked as they are read.
    ///
    /// - Parameter duplicateKeys: what becomes of a key that an object of a `JSONValue` has twice.
    public init(_ bytes: [UInt8], duplicateKeys: DuplicateKeys = .refused) {
        self.bytes = bytes
        self.duplicateKeys = duplicateKeys
    }

    /// A failure at the place reached, for a caller that finds what is read unfit.
    public func failure(_ reason: String) -> Failure { Failure(offset: at, reason: reason) }

    /// The next byte that isn't white space, or nil at the end; it isn't consumed.
    public mutating func peek() -> UInt8? {
        while at < bytes.count {
            let byte = bytes[at]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            at += 1
        }
        return nil
    }

    /// - Throws: when anything but white space is left.
    public mutating func end() throws(Failure) {
        if peek() != nil { throw failure("something follows the value") }
    }

    private mutating func take(_ byte: UInt8, _ name: String) throws(Failure) {
        guard peek() == byte else { throw failure("\(name) is missing") }
        at += 1
    }

    // MARK: Walking

    /// Goes into an object: true when it has a first member, whose key is next.
    public mutating func beginObject() throws(Failure) -> Bool {
        try take(0x7B, "an object")
        return try !close(0x7D)
    }

    /// Whether another member follows the one just read.
    public mutating func nextMember() throws(Failure) -> Bool { try next(closing: 0x7D) }

    /// Goes into an array: true when it has a first element, which is next.
    public mutating func beginArray() throws(Failure) -> Bool {
        try take(0x5B, "an array")
        return try !close(0x5D)
    }

    /// Whether another element follows the one just read.
    public mutating func nextElement() throws(Failure) -> Bool { try next(closing: 0x5D) }

    private mutating func close(_ byte: UInt8) throws(Failure) -> Bool {
        guard let found = peek() else { throw failure("the text ends too early") }
        guard found == byte else { return false }
        at += 1
        return true
    }

    private mutating func next(closing: UInt8) throws(Failure) -> Bool {
        if try close(closing) { return false }
        try take(0x2C, "a comma")
        return true
    }

    /// A member's key and the colon behind it.
    public mutating func key() throws(Failure) -> String {
        let key = try string()
        try colon()
        return key
    }

    /// The colon behind a member's key.
    ///
    /// - Throws: `Failure` where something else comes next.
    public mutating func colon() throws(Failure) { try take(0x3A, "a colon") }

    // MARK: Strings

    /// The next value, a string, with its escapes resolved.
    ///
    /// - Throws: `Failure` where it is no string, doesn't end, or holds a control character or invalid UTF-8.
    public mutating func string() throws(Failure) -> String {
        var content: [UInt8] = []
        try appendString(to: &content)
        return String(decoding: content, as: UTF8.self)
    }

    /// Appends a string's content, escapes resolved, to `buffer`.
    public mutating func appendString(to buffer: inout [UInt8]) throws(Failure) {
        try take(0x22, "a string")
        let first = buffer.count
        var start = at
        while at < bytes.count {
            let byte = bytes[at]
            if byte == 0x22 {
                buffer.append(contentsOf: bytes[start..<at])
                at += 1
                guard UTF8Scan.isValid(buffer, from: first) else { throw failure("it isn't valid UTF-8") }
                return
            }
            if byte == 0x5C {
                buffer.append(contentsOf: bytes[start..<at])
                at += 1
                buffer.append(contentsOf: UTF8.encode(try escape())!)
                start = at
            } else if byte < 0x20 {
                throw failure("a string holds a control character")
            } else {
                at += 1
            }
        }
        throw failure("a string doesn't end")
    }

    private mutating func escape() throws(Failure) -> Unicode.Scalar {
        guard at < bytes.count else { throw failure("a string doesn't end") }
        let letter = bytes[at]
        at += 1
        switch letter {
        case 0x22, 0x5C, 0x2F: return Unicode.Scalar(letter)
        case 0x62: return "\u{08}"
        case 0x66: return "\u{0C}"
        case 0x6E: return "\n"
        case 0x72: return "\r"
        case 0x74: return "\t"
        case 0x75: break
        default: throw failure("an escape isn't known")
        }
        let unit = try hexadecimal()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, at + 1 < bytes.count, bytes[at] == 0x5C, bytes[at + 1] == 0x75 else {
            throw failure("a surrogate stands alone")
        }
        at += 2
        let low = try hexadecimal()
        guard low >= 0xDC00, low < 0xE000,
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw failure("a surrogate stands alone") }
        return scalar
    }

    private mutating func hexadecimal() throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard at < bytes.count, let digit = Character(Unicode.Scalar(bytes[at])).hexDigitValue else {
                throw failure("an escape needs four digits")
            }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }

    // MARK: Numbers

    /// The next value, a number as RFC 8259 spells it.
    ///
    /// - Throws: `Failure` where it is none, or too large for a `Double`.
    public mutating func number() throws(Failure) -> Double {
        guard peek() != nil else { throw failure("a number is missing") }
        let start = at
        let negative = bytes[at] == 0x2D
        if negative { at += 1 }
        let integerStart = at
        var mantissa: UInt64 = 0
        var digits = 0
        func digit(_ position: Int) -> UInt64? {
            guard position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39 else { return nil }
            return UInt64(bytes[position] - 0x30)
        }
        while let value = digit(at) {
            mantissa = mantissa &* 10 &+ value
            digits += 1
            at += 1
        }
        guard digits > 0, digits == 1 || bytes[integerStart] != 0x30 else {
            throw failure("it isn't a number")
        }
        var decimals = 0
        if at < bytes.count, bytes[at] == 0x2E {
            at += 1
            while let value = digit(at) {
                mantissa = mantissa &* 10 &+ value
                decimals += 1
                at += 1
            }
            guard decimals > 0 else { throw failure("it isn't a number") }
        }
        var plain = digits + decimals <= 19
        if at < bytes.count, bytes[at] == 0x65 || bytes[at] == 0x45 {
            plain = false
            at += 1
            if at < bytes.count, bytes[at] == 0x2B || bytes[at] == 0x2D { at += 1 }
            guard digit(at) != nil else { throw failure("it isn't a number") }
            while digit(at) != nil { at += 1 }
        }
        if plain {
            let value = Decimal19.quotient(mantissa, tenTo: decimals)
            return negative ? -value : value
        }
        guard let value = Double(String(decoding: bytes[start..<at], as: UTF8.self)), value.isFinite
        else { throw failure("a number is too large") }
        return value
    }

    /// A number that has to be whole, as ids are.
    public mutating func integer() throws(Failure) -> Int {
        let value = try number()
        guard let whole = Int(exactly: value) else { throw failure("a number isn't whole") }
        return whole
    }

    // MARK: Values

    /// Whatever comes next, as a tree.
    public mutating func value(depth: Int = 0) throws(Failure) -> JSONValue {
        guard depth < Self.deepest else { throw failure("it is nested too deeply") }
        switch peek() {
        case 0x7B:
            var members: [String: JSONValue] = [:]
            var more = try beginObject()
            while more {
                let key = try key()
                guard duplicateKeys == .lastCounts || members[key] == nil else { throw failure("a key comes twice") }
                members[key] = try value(depth: depth + 1)
                more = try nextMember()
            }
            return .object(members)
        case 0x5B:
            var elements: [JSONValue] = []
            var more = try beginArray()
            while more {
                elements.append(try value(depth: depth + 1))
                more = try nextElement()
            }
            return .array(elements)
        case 0x22: return .string(try string())
        case 0x74: return try word("true", .bool(true))
        case 0x66: return try word("false", .bool(false))
        case 0x6E: return try word("null", .null)
        default: return .number(try number())
        }
    }

    /// Goes over whatever comes next. Checks it as `value` does, and keeps nothing.
    public mutating func skip() throws(Failure) {
        guard peek() == 0x5B else {
            _ = try value()
            return
        }
        var more = try beginArray()
        while more {
            _ = try value()
            more = try nextElement()
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(Failure) -> JSONValue {
        guard at < bytes.count, bytes[at...].starts(with: word.utf8) else { throw failure("a word isn't known") }
        at += word.utf8.count
        return value
    }
}
