import TextCore

extension Citations {
    /// What `article` quotes: the text of its block quotations, without their marks and footnotes.
    public static func quotations(in article: Text) -> [String] {
        // Most texts need no reading: a mark is rare anywhere, and no quotation is without one.
        var hasMark = false
        article.forEachChunk(in: 0..<article.utf8Count) { if !hasMark { hasMark = $0.contains(UInt8(ascii: ">")) } }
        return hasMark ? quotations(in: article.bytes(in: 0..<article.utf8Count)) : []
    }

    static func quotations(in bytes: [UInt8]) -> [String] {
        return MarkdownBlocks.parse(bytes: bytes).filter { $0.kind == .quotation }.map { block in
            String(decoding: bytes[block.range], as: UTF8.self)
                .split(whereSeparator: \.isNewline).map { line in
                    var rest = line.drop { $0 == " " }
                    while rest.first == ">" { rest = rest.dropFirst().drop { $0 == " " } }
                    return String(rest)
                }.joined(separator: "\n")
        }
    }
}
