import TextCore

extension FrontMatter {
    /// Bytes within which a text's front matter must end to be looked at before the text was counted.
    private static let longestPreview = 16_384

    /// `lang:` (or `language:`) of a text's front matter, read from its first bytes alone; nil where it names none.
    public static func language(of text: Text) -> String? {
        let bytes = text.bytes(in: 0..<min(longestPreview, text.utf8Count))
        guard let range = FrontMatterScan.range(bytes) else { return nil }
        let fields = parse(String(decoding: bytes[..<range.close.next], as: UTF8.self)).0.fields
        return fields["lang"] ?? fields["language"]
    }
}
