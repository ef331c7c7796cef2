import ArgumentParser
import ArticleFiles
import TextCore

struct ExportCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case markdown }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the finished article, its citations resolved into references.")
    @Argument(help: "The article; - reads standard input.") var article: String
    @Option(name: .shortAndLong, help: "Where to write; - is standard output. Beside the article by default.")
    var output: String?
    @Option(help: "The form of the result.") var format = Format.markdown

    func run() throws {
        let file = try ArticleArgument(article)
        let opened = try OpenedProject(article == "-" ? "." : article)
        let root = opened.project.root
        let target = output ?? (article == "-" ? "-" : ArticleExport.defaultTarget(for: article))
        let export = ArticleExport(file.text.string, article: article, root: root, target: target)
        for problem in export.problems { Console.error("longhand: \(article): \(problem)") }
        if target == "-" {
            try OutputDestination.check(target, against: [OutputDestination.Input(article)])
            try Console.write(document: export.markdown.utf8)
        } else {
            try export.write(to: target, isChosen: output != nil, keeping: opened.paths.savesInPlace, waits: true)
            Console.error("Exported to \(target).")
        }
    }
}
