import Screen

extension CommandTable {
    static let versions: [Command] = [
        Command(
            "article-versions", "Versions of this article",
            "What each save kept: compare one with the text as it is, or bring it back.", in: .everywhere, [.alt("V")],
            .versions(.show))
    ]
}
