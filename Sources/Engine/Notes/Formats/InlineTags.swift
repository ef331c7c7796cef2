import TextAnalysis

/// Finds the `#tags` of running text: `#` behind a blank or at a line's start, and a word that has more than
/// digits. Code and HTML have none, and the marks of a heading are none.
package enum InlineTags {
    /// In order, each once.
    package static func find(in blocks: [NoteBlock]) -> [String] {
        var tags: [String] = []
        var known: Set<String> = []
        for block in blocks where block.kind != .code && block.kind != .html {
            guard block.lines.contains(where: { $0.text.utf8.contains(UInt8(ascii: "#")) }) else { continue }
            let text = block.lines.map(\.text).joined(separator: "\n")
            for tag in InlineTags.tags(text) where known.insert(tag).inserted { tags.append(tag) }
        }
        return tags
    }

    private static func tags(_ text: String) -> [String] {
        var tags: [String] = []
        var previous: Unicode.Scalar = "\n"
        var inCode = false
        var word: String.UnicodeScalarView?
        func finish() {
            guard let scalars = word else { return }
            var tag = String(scalars)
            while tag.hasSuffix("-") || tag.hasSuffix("/") { tag.removeLast() }
            if tag.unicodeScalars.contains(where: \.properties.isAlphabetic) { tags.append(tag) }
            word = nil
        }
        for scalar in text.unicodeScalars {
            if word != nil, scalar.isTermPart || scalar == "-" || scalar == "_" || scalar == "/" {
                word?.append(scalar)
                previous = scalar
                continue
            }
            finish()
            if scalar == "`" { inCode.toggle() }
            let opens = previous.properties.isWhitespace || previous == "(" || previous.isCJK
            if scalar == "#", opens, !inCode { word = String.UnicodeScalarView() }
            previous = scalar
        }
        finish()
        return tags
    }
}
