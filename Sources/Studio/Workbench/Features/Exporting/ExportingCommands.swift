import Screen

extension CommandTable {
    static let exporting: [Command] = [
        Command(
            "export", "Export the article", "Write finished Markdown with its references.", in: .everywhere,
            [.alt("e")], .exporting(.export))
    ]
}
