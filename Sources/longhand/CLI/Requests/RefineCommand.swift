import ArgumentParser
import Assistant

struct RefineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refine", abstract: "Have a section refined by the configured model.")
    @Argument(help: "The article.") var article: String
    @Option(help: "The section's heading.") var section: String
    @Option(
        name: .customLong("as"),
        help: "What to do to it: \(RefinePreset.allCases.map(\.rawValue).joined(separator: ", ")).") var preset:
        RefinePreset
    @Flag(help: "Put the answer into the article.") var apply = false
    @Flag(help: "Put it in even if it is not the whole answer.") var applyIncomplete = false
    @OptionGroup var options: RequestOptions

    func run() throws {
        try SectionRequest(article: article, section: section, options: options).perform(
            Applying(apply: apply, applyIncomplete: applyIncomplete)
        ) { context, model in
            Prompts.refine(context, preset: preset, model: model)
        }
    }
}

extension RefinePreset: ExpressibleByArgument {}
