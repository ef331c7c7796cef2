extension Citations {
    /// What `article` quotes: the text of its block quotations, without their marks and footnotes.
    public static func quotations(in article: String) -> [String] {
        let bytes = Array(article.utf8)
        return MarkdownBlocks.parse(bytes: bytes).filter { $0.kind == .quotation }.map { block in
            String(decoding: bytes[block.range], as: UTF8.self)
                .split(separator: "\n").map { line in
                    var rest = line.drop { $0 == " " }
                    while rest.first == ">" { rest = rest.dropFirst().drop { $0 == " " } }
                    return String(rest)
                }.joined(separator: "\n")
        }
    }
}
