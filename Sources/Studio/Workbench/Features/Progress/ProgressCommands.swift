extension CommandTable {
    static let progress: [Command] = [
        Command(
            "count", "Count words and characters", "The article, the section and the selection, with their targets.",
            in: .everywhere, [], .progress(.showCounts)),
        Command(
            "history", "Writing history", "The words written on each day.", in: .everywhere, [],
            .progress(.showHistory)),
    ]
}
