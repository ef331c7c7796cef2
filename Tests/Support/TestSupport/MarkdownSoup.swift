/// Markdown's own marks, thrown together: what a parser stumbles over.
public func markdownSoup(seed: UInt64, pieces: Int = 60, citations: Bool = true) -> String {
    var random = SeededGenerator(seed: seed)
    var parts = [
        "# ", "## ", "\n", "\n\n", "\n", "```", "~~~", "`", "``", "*", "**", "_", "- ", "1. ", "> ", "    ",
        "\t", "[^a]", "[^b]", "\n[^a]: ", "\n[^1]: ", "[^1]", "[", "]", "(", ")", "[[", "]]", "|", "| --- |",
        "---", "\n---\n", "===", "<!--", "-->", "<div>", "<script>", "</script>", "word", "two words", "字",
        "。", "é", "👩‍👩‍👧", "\\", "!", "https://a.b/c", "key: value", "\r\n", "<?", "***", "\u{301}", "+ ", "[ ] ",
    ]
    if citations { parts += [" — `n/x.md:3`", "\n[^c]: T, *H* — `y.md:1`", "[^c]"] }
    return (0..<pieces).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
}

/// Random bytes made into a string: mostly what is no text at all.
public func byteSoup(seed: UInt64, count: Int = 200) -> String {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    return String(decoding: bytes, as: UTF8.self)
}
