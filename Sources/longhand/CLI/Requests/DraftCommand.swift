import ArgumentParser
import Assistant

struct DraftCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draft", abstract: "Have a section drafted by the configured model.")
    @Argument(help: "The article.") var article: String
    @Option(help: "The section's heading.") var section: String
    @Flag(help: "Put the answer into the article.") var apply = false
    @Flag(help: "Put it in even if it is not the whole answer.") var applyIncomplete = false
    @OptionGroup var options: RequestOptions

    func run() throws {
        try SectionRequest(article: article, section: section, options: options).perform(
            Applying(apply: apply, applyIncomplete: applyIncomplete)
        ) { context, model in
            Prompts.draft(context, model: model)
        }
    }
}
