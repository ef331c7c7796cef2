import ArgumentParser
import JSON
import Manuscript

struct OutlineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outline", abstract: "The headings of an article, with their lines and words.")
    @Argument(help: "The article; - reads standard input.") var article: String
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let outline = Outline(try ArticleArgument(article).text)
        let sections = outline.sections.filter { $0.level > 0 }
        if json {
            let rows = sections.map { section in
                OrderedJSON.object([
                    ("level", .integer(section.level)), ("title", .string(section.title)),
                    ("line", .integer(section.line)),
                    ("words", .integer(section.words)),
                ])
            }
            try Console.print(
                OrderedJSON.document([("article", .string(article)), ("sections", .array(rows))]).compact)
            return
        }
        for section in sections {
            try Console.print(
                String(repeating: "  ", count: section.level - 1)
                    + "\(section.title)  (line \(section.line), \(section.words) words)")
        }
    }
}
