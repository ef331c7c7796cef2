/// Raw HTML inside of running text, as CommonMark has it.
enum HTMLTag {
    /// Where the tag, comment, instruction, declaration or section that starts at `from` ends; nil where it is none.
    static func end(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Int? {
        guard from + 1 < end, bytes[from] == UInt8(ascii: "<") else { return nil }
        if bytes[from + 1] == UInt8(ascii: "?") { return close("?>", bytes, from + 2, end) }
        guard bytes[from + 1] == UInt8(ascii: "!") else { return tag(bytes, from, end) }
        if starts(Array("<!-->".utf8), bytes, from, end) { return from + 5 }
        if starts(Array("<!--->".utf8), bytes, from, end) { return from + 6 }
        if starts(Array("<!--".utf8), bytes, from, end) { return close("-->", bytes, from + 4, end) }
        if starts(Array("<![CDATA[".utf8), bytes, from, end) { return close("]]>", bytes, from + 9, end) }
        guard from + 2 < end, bytes[from + 2].isASCIILetter else { return nil }
        return close(">", bytes, from + 2, end)
    }

    static func starts(_ text: [UInt8], _ bytes: [UInt8], _ from: Int, _ end: Int) -> Bool {
        end - from >= text.count && bytes[from..<from + text.count].elementsEqual(text)
    }

    private static func close(_ marker: String, _ bytes: [UInt8], _ from: Int, _ end: Int) -> Int? {
        HTMLScan.find(Array(marker.utf8), bytes, from, end).map { $0 + marker.utf8.count }
    }

    /// Where the open or closing tag at `from` ends.
    static func tag(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Int? {
        var i = from + 1
        let isClosing = i < end && bytes[i] == UInt8(ascii: "/")
        if isClosing { i += 1 }
        guard i < end, bytes[i].isASCIILetter else { return nil }
        while i < end, bytes[i].isASCIILetter || bytes[i].isASCIIDigit || bytes[i] == UInt8(ascii: "-") { i += 1 }
        if isClosing {
            i = afterBlanks(bytes, i, end)
            return i < end && bytes[i] == UInt8(ascii: ">") ? i + 1 : nil
        }
        while true {
            let next = afterBlanks(bytes, i, end)
            guard next < end else { return nil }
            if bytes[next] == UInt8(ascii: ">") { return next + 1 }
            if bytes[next] == UInt8(ascii: "/") {
                return next + 1 < end && bytes[next + 1] == UInt8(ascii: ">") ? next + 2 : nil
            }
            guard next > i, let after = attribute(bytes, next, end) else { return nil }
            i = after
        }
    }

    /// Behind the attribute at `from`, with its value if it has one.
    private static func attribute(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Int? {
        guard bytes[from].isASCIILetter || bytes[from] == UInt8(ascii: "_") || bytes[from] == UInt8(ascii: ":") else {
            return nil
        }
        var i = from
        while i < end, bytes[i].isASCIILetter || bytes[i].isASCIIDigit || "_.:-".utf8.contains(bytes[i]) { i += 1 }
        let equals = afterBlanks(bytes, i, end)
        guard equals < end, bytes[equals] == UInt8(ascii: "=") else { return i }
        i = afterBlanks(bytes, equals + 1, end)
        guard i < end else { return nil }
        if bytes[i] == UInt8(ascii: "\"") || bytes[i] == UInt8(ascii: "'") {
            return bytes[(i + 1)..<end].firstIndex(of: bytes[i]).map { $0 + 1 }
        }
        let start = i
        while i < end, bytes[i] > 0x20, !"\"'=<>`".utf8.contains(bytes[i]) { i += 1 }
        return i > start ? i : nil
    }

    private static func afterBlanks(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Int {
        var i = from
        while i < end, bytes[i].isSpaceOrTab || bytes[i] == .newline || bytes[i] == 0x0D { i += 1 }
        return i
    }
}
