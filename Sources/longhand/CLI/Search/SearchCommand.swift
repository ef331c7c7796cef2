import ArgumentParser
import Retrieval

struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find passages of your notes by meaning and by words.",
        discussion: """
            In QUERY, "quoted words", +word and -word (or NOT word) are conditions that every passage fulfils; word* stands
            for all words that begin so; AND between two makes conditions of both, OR one condition of either. All other
            words are alternatives: more and rarer ones come first.
            """)
    @Argument(help: "What to look for; - reads standard input.") var query: String
    @OptionGroup var project: ProjectOption
    @OptionGroup var options: SearchOptions

    func run() throws {
        let text = query == "-" ? String(decoding: try Console.standardInput(), as: UTF8.self) : query
        var search = try options.query(text)
        search.syntax = .operators
        try options.show(search, in: OpenedProject(project.path).indexedLibrary())
    }
}
