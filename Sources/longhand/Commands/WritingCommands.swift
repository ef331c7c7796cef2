import ArgumentParser
import Assistant
import Diagnostics
import Foundation
import Manuscript
import Retrieval
import TextCore

struct OutlineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "outline", abstract: "The headings of an article, with their lines and words.")
    @Argument(help: "The article; - reads standard input.") var article: String
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let outline = Outline(try ArticleFile(article).text)
        let sections = outline.sections.filter { $0.level > 0 }
        if json {
            let rows = sections.map { section in
                JSON.object([
                    ("level", .integer(section.level)), ("title", .string(section.title)), ("line", .integer(section.line)),
                    ("words", .integer(section.words)),
                ])
            }
            try Console.print(JSON.document([("article", .string(article)), ("sections", .array(rows))]).text)
            return
        }
        for section in sections {
            try Console.print(String(repeating: "  ", count: section.level - 1) + "\(section.title)  (line \(section.line), \(section.words) words)")
        }
    }
}

struct ExportCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case markdown }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the finished article, its citations resolved into references.")
    @Argument(help: "The article; - reads standard input.") var article: String
    @Option(name: .shortAndLong, help: "Where to write; - is standard output. Beside the article by default.") var output: String?
    @Option(help: "The form of the result.") var format = Format.markdown

    func run() throws {
        let file = try ArticleFile(article)
        let opened = try OpenedProject(article == "-" ? "." : article)
        let root = opened.project.root
        let target = output ?? (article == "-" ? "-" : ArticleExport.defaultTarget(for: article))
        let export = ArticleExport(file.text.string, article: article, root: root, target: target)
        for problem in export.problems { Console.error("longhand: \(article): \(problem)") }
        if target == "-" {
            try OutputPlace.check(target, against: [OutputPlace.Input(article)])
            try Console.write(document: export.markdown.utf8)
        } else {
            try export.write(to: target, isChosen: output != nil, keeping: opened.paths.savesInPlace, waits: true)
            Console.error("Exported to \(target).")
        }
    }
}

/// What `draft`, `refine` and `ask` share: what is sent, and what is done with the answer.
struct RequestOptions: ParsableArguments {
    @Option(help: "What the model should do, in your words.") var instruction: String?
    @Option(name: .customLong("source"), help: "A passage to send, NOTE or NOTE:LINE; may be given again.") var sources: [String] = []
    @Option(help: "The provider's profile of config.toml to send to.") var profile: String?
    @Flag(help: "Agree that this project's longhand.toml chooses the address and the key.") var trustProject = false
    @Flag(help: "Print the request and send nothing.") var dryRun = false
    @Flag(help: "Print JSON.") var json = false
}

struct DraftCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "draft", abstract: "Have a section drafted by the configured model.")
    @Argument(help: "The article.") var article: String
    @Option(help: "The section's heading.") var section: String
    @Flag(help: "Put the answer into the article.") var apply = false
    @Flag(help: "Put it in even if it is not the whole answer.") var applyIncomplete = false
    @OptionGroup var options: RequestOptions

    func run() throws {
        try SectionRequest(article: article, section: section, options: options).perform(Applying(apply: apply, applyIncomplete: applyIncomplete)) { context, model in
            Prompts.draft(context, model: model)
        }
    }
}

struct RefineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "refine", abstract: "Have a section refined by the configured model.")
    @Argument(help: "The article.") var article: String
    @Option(help: "The section's heading.") var section: String
    @Option(name: .customLong("as"), help: "What to do to it: \(RefinePreset.allCases.map(\.rawValue).joined(separator: ", ")).") var preset: RefinePreset
    @Flag(help: "Put the answer into the article.") var apply = false
    @Flag(help: "Put it in even if it is not the whole answer.") var applyIncomplete = false
    @OptionGroup var options: RequestOptions

    func run() throws {
        try SectionRequest(article: article, section: section, options: options).perform(Applying(apply: apply, applyIncomplete: applyIncomplete)) { context, model in
            Prompts.refine(context, preset: preset, model: model)
        }
    }
}

struct AskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "ask", abstract: "Have a question answered from your notes.")
    @Argument(help: "The question.") var question: String
    @OptionGroup var project: ProjectOption
    @OptionGroup var options: RequestOptions

    func run() throws {
        let opened = try OpenedProject(project.path, profile: options.profile)
        // What is to be done with the passages doesn't say which they are.
        let asked = [question, options.instruction].compactMap { $0 }.joined(separator: "\n\n")
        let provider = try opened.provider(options)
        let passages = try PassageChoice(opened: opened, isDryRun: options.dryRun).passages(options.sources, or: question, excluding: nil)
        let request = provider.applied(to: Prompts.ask(question: asked, passages: passages, model: provider.model))
        let dispatch = Dispatch(provider: provider, request: request, options: options)
        let keeping = Keeping(opened.paths, "ask.md")
        guard let answer = try dispatch.perform(streaming: !options.json, keeping: keeping) else { return }
        let grounded = Grounding.resolve(ChatResult.withoutThoughts(answer.text), passages: request.sources, in: "", firstNumber: request.firstCitation)
        try dispatch.finish(grounded, answer, keeping: keeping)
    }
}

extension RefinePreset: ExpressibleByArgument {}

/// An article as a command reads it: whole, valid, from a file or standard input.
struct ArticleFile {
    let path: String
    let text: Text

    init(_ path: String) throws {
        self.path = path
        if path == "-" {
            text = Text(String(decoding: try Console.standardInput(), as: UTF8.self))
            return
        }
        guard let bytes = try AtomicFile.read(path) else { throw CommandError.noSuchFile(path) }
        guard let string = String(validating: bytes, as: UTF8.self) else { throw FileError.notUTF8(path: path, offset: 0) }
        text = Text(string)
    }
}
