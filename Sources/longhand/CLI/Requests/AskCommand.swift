import ArgumentParser
import Assistant
import Retrieval

struct AskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask", abstract: "Have a question answered from your notes.")
    @Argument(help: "The question.") var question: String
    @OptionGroup var project: ProjectOption
    @OptionGroup var options: RequestOptions

    func run() throws {
        let opened = try OpenedProject(project.path, profile: options.profile)
        // What is to be done with the passages doesn't say which they are.
        let asked = [question, options.instruction].compactMap { $0 }.joined(separator: "\n\n")
        let provider = try opened.provider(options)
        let passages = try PassageChoice(opened: opened, isDryRun: options.dryRun).passages(
            options.sources, or: question, excluding: nil)
        let request = provider.requestDefaults.applied(
            to: Prompts.ask(question: asked, passages: passages, model: provider.model))
        let dispatch = RequestDispatch(provider: provider, request: request, options: options)
        let keeping = AnswerBackup(opened.paths, "ask.md")
        guard let answer = try dispatch.perform(streaming: !options.json, keeping: keeping) else { return }
        let grounded = Grounding.resolve(
            ChatResult.withoutThoughts(answer.text), passages: request.sources, in: "",
            firstNumber: request.firstCitation)
        try dispatch.finish(grounded, answer, keeping: keeping)
    }
}
