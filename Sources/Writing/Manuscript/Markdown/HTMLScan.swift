/// HTML as far as it makes blocks: how one begins and what ends it.
enum HTMLScan {
    enum Closing: Hashable {
        case blankLine
        /// The line that holds this, the first one included.
        case marker(String)
    }

    /// What would end the HTML block that begins with `<` at `from`; nil when none begins there.
    static func opening(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Closing? {
        guard from + 1 < end, bytes[from] == UInt8(ascii: "<") else { return nil }
        switch bytes[from + 1] {
        case UInt8(ascii: "!"):
            if from + 3 < end, bytes[from + 2] == UInt8(ascii: "-"), bytes[from + 3] == UInt8(ascii: "-") {
                return .marker("-->")
            }
            return from + 2 < end && bytes[from + 2].isASCIILetter ? .marker(">") : nil
        case UInt8(ascii: "?"):
            return .marker("?>")
        default:
            return tag(bytes, from, end)
        }
    }

    private static func tag(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Closing? {
        var i = from + 1
        let closing = bytes[i] == UInt8(ascii: "/")
        if closing { i += 1 }
        let start = i
        while i < end, i - start < 12, bytes[i].isASCIILetter || bytes[i].isASCIIDigit { i += 1 }
        guard i > start else { return nil }
        guard i == end || bytes[i].isSpaceOrTab || bytes[i] == UInt8(ascii: ">") || bytes[i] == UInt8(ascii: "/")
        else { return nil }
        let name = String(decoding: bytes[start..<i], as: UTF8.self).lowercased()
        if !closing, verbatim.contains(name) { return .marker("</\(name)>") }
        return blockTags.contains(name) ? .blankLine : nil
    }

    /// Whether ASCII `marker` is in the bytes from `from` to `end`, letters in any case.
    static func contains(_ marker: String, _ bytes: [UInt8], _ from: Int, _ end: Int) -> Bool {
        find(Array(marker.utf8), bytes, from, end) != nil
    }

    /// Where lower-case ASCII `marker` first is in the bytes from `from` to `end`.
    static func find(_ marker: [UInt8], _ bytes: [UInt8], _ from: Int, _ end: Int) -> Int? {
        guard let first = marker.first, end - from >= marker.count else { return nil }
        for i in from...(end - marker.count) where bytes[i] == first {
            var k = 1
            while k < marker.count, folded(bytes[i + k]) == marker[k] { k += 1 }
            if k == marker.count { return i }
        }
        return nil
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }

    private static let verbatim: Set<String> = ["script", "pre", "style", "textarea"]

    private static let blockTags: Set<String> = [
        "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center",
        "col", "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5",
        "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link", "main", "menu",
        "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "search", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
    ]
}
