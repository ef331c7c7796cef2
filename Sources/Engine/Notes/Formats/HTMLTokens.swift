/// Cuts HTML into texts and tags, as a browser would where it matters: quoted attributes may hold `>`, what
/// is not closed at the end is dropped, and inside of scripts nothing is a tag.
package struct HTMLTokens {
    /// A stretch of text, a tag, or an element that is passed over as a whole.
    package enum Token: Equatable {
        /// Text with its entities, and the line it begins on.
        case text(ArraySlice<UInt8>, line: Int)
        /// The name in lower case, and the bytes of the attributes.
        case open(String, attributes: ArraySlice<UInt8>, line: Int)
        case close(String)
        /// An element in which nothing is a tag, with what is in it.
        case raw(String, ArraySlice<UInt8>)
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    /// Raw elements that are never closed from here on: looked for once.
    private var unclosed: Set<String> = []

    /// Tokens of these bytes, from their start.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Elements whose content is no text of the page, and `title`.
    private static let raw: Set<String> = [
        "script", "style", "title", "template", "noscript", "svg", "iframe", "object", "textarea", "select",
    ]

    /// The next token; nil at the end. Comments and declarations are passed over.
    package mutating func next() -> Token? {
        while position < bytes.count {
            if bytes[position] != UInt8(ascii: "<") || !opensMarkup(position) { return text() }
            if let token = markup() { return token }
        }
        return nil
    }

    private mutating func text() -> Token {
        let start = position
        let first = line
        var end = position
        repeat { end += 1 } while end < bytes.count && !(bytes[end] == UInt8(ascii: "<") && opensMarkup(end))
        advance(to: end)
        return .text(bytes[start..<end], line: first)
    }

    private func opensMarkup(_ at: Int) -> Bool {
        guard at + 1 < bytes.count else { return false }
        switch bytes[at + 1] {
        case UInt8(ascii: "!"), UInt8(ascii: "?"): return true
        case UInt8(ascii: "/"): return at + 2 < bytes.count && HTMLTokens.isLetter(bytes[at + 2])
        default: return HTMLTokens.isLetter(bytes[at + 1])
        }
    }

    /// Nil for a comment or a declaration.
    private mutating func markup() -> Token? {
        let start = position
        if bytes[start...].starts(with: Array("<!--".utf8)) {
            advance(to: find(Array("-->".utf8), from: start + 4).map { $0 + 3 } ?? bytes.count)
            return nil
        }
        if bytes[start + 1] == UInt8(ascii: "!") || bytes[start + 1] == UInt8(ascii: "?") {
            advance(to: (bytes[start...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1) + 1)
            return nil
        }
        let closes = bytes[start + 1] == UInt8(ascii: "/")
        let nameStart = start + (closes ? 2 : 1)
        var nameEnd = nameStart
        while nameEnd < bytes.count, !HTMLTokens.endsName(bytes[nameEnd]) { nameEnd += 1 }
        let name = String(decoding: bytes[nameStart..<min(nameEnd, nameStart + 32)], as: UTF8.self).lowercased()
        let first = line
        let end = tagEnd(nameEnd)
        let attributes = bytes[nameEnd..<end]
        advance(to: min(end + 1, bytes.count))
        if end == bytes.count { return nil }
        if closes { return .close(name) }
        if HTMLTokens.raw.contains(name), attributes.last != UInt8(ascii: "/") || name == "script" {
            return rawContent(name) ?? .open(name, attributes: attributes, line: first)
        }
        return .open(name, attributes: attributes, line: first)
    }

    /// Where the `>` of a tag is; the end of the text without one.
    private func tagEnd(_ from: Int) -> Int {
        var quote: UInt8?
        var previous: UInt8 = 0
        var i = from
        while i < bytes.count {
            let byte = bytes[i]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: ">") {
                return i
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), previous == UInt8(ascii: "=") {
                quote = byte
            }
            if !HTMLTokens.isBlank(byte) { previous = byte }
            i += 1
        }
        return bytes.count
    }

    /// What stands until the closing tag. A script that isn't closed is dropped to the end; of another element
    /// that isn't, only the tag is, for more than it would be lost.
    private mutating func rawContent(_ name: String) -> Token? {
        let start = position
        if !unclosed.contains(name), let end = closing(name, from: start) {
            advance(to: end)
            return .raw(name, bytes[start..<end])
        }
        unclosed.insert(name)
        guard name == "script" || name == "style" else { return nil }
        advance(to: bytes.count)
        return .raw(name, bytes[start...])
    }

    private func closing(_ name: String, from: Int) -> Int? {
        let wanted = Array(name.utf8)
        var i = from
        while i + 1 + wanted.count < bytes.count {
            if bytes[i] == UInt8(ascii: "<"), bytes[i + 1] == UInt8(ascii: "/"),
                zip(bytes[(i + 2)...], wanted).allSatisfy({ $0 | 0x20 == $1 }),
                i + 2 + wanted.count >= bytes.count || HTMLTokens.endsName(bytes[i + 2 + wanted.count])
            {
                return i
            }
            i += 1
        }
        return nil
    }

    private func find(_ wanted: [UInt8], from: Int) -> Int? {
        var i = from
        while i + wanted.count <= bytes.count {
            if bytes[i] == wanted[0], bytes[i..<(i + wanted.count)].elementsEqual(wanted) { return i }
            i += 1
        }
        return nil
    }

    private mutating func advance(to end: Int) {
        while position < end {
            if bytes[position] == 0x0A { line += 1 }
            position += 1
        }
    }

    /// The attributes of a tag, names in lower case, the first of a name counting, values as written.
    package static func attributes(_ bytes: ArraySlice<UInt8>) -> [String: String] {
        var found: [String: String] = [:]
        var i = bytes.startIndex
        while i < bytes.endIndex {
            while i < bytes.endIndex,
                isBlank(bytes[i]) || bytes[i] == UInt8(ascii: "/") || bytes[i] == UInt8(ascii: "=")
            {
                i += 1
            }
            let nameStart = i
            while i < bytes.endIndex, !endsName(bytes[i]), bytes[i] != UInt8(ascii: "=") { i += 1 }
            let name = String(decoding: bytes[nameStart..<i], as: UTF8.self).lowercased()
            while i < bytes.endIndex, isBlank(bytes[i]) { i += 1 }
            var value = ""
            if i < bytes.endIndex, bytes[i] == UInt8(ascii: "=") {
                i += 1
                while i < bytes.endIndex, isBlank(bytes[i]) { i += 1 }
                let start: Int
                if i < bytes.endIndex, bytes[i] == UInt8(ascii: "\"") || bytes[i] == UInt8(ascii: "'") {
                    let quote = bytes[i]
                    i += 1
                    start = i
                    while i < bytes.endIndex, bytes[i] != quote { i += 1 }
                    value = String(decoding: bytes[start..<i], as: UTF8.self)
                    i = min(i + 1, bytes.endIndex)
                } else {
                    start = i
                    while i < bytes.endIndex, !isBlank(bytes[i]) { i += 1 }
                    value = String(decoding: bytes[start..<i], as: UTF8.self)
                }
            }
            if !name.isEmpty, found[name] == nil { found[name] = value }
        }
        return found
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || byte == 0x0C
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        isBlank(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
    }
}
