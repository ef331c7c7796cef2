import ArticleFiles
import Assistant
import Configuration
import Foundation
import JSON
import Manuscript
import Notes
import Providers
import Retrieval
import Review
import TextCore

/// A request about one section of an article, from choosing its passages to writing the answer back.
struct SectionRequest {
    let article: String
    let section: String
    let options: RequestOptions

    func perform(_ applying: Applying, _ prompt: (DraftContext, String) -> ChatRequest) throws {
        // Before anything is paid for: what isn't a file couldn't take the answer.
        if applying != .nothing, article == "-" || !OutputDestination(article).isFile {
            throw CommandError.usage("--apply needs an article that is a file.")
        }
        let file = try ArticleArgument(article)
        let opened = try OpenedProject(article, profile: options.profile)
        let outline = Outline(file.text)
        guard let found = outline.section(titled: section), let index = outline.sections.firstIndex(of: found) else {
            throw CommandError.noSuchSection(
                section, article: article, known: outline.sections.filter { $0.level > 0 }.map(\.title))
        }
        let provider = try opened.provider(options)
        let body = file.text.slice(found.bodyRange)
        let question = [found.title, options.instruction ?? "", String(body.prefix(1_500))].joined(separator: "\n")
        let passages = try PassageChoice(opened: opened, isDryRun: options.dryRun)
            .passages(options.sources, or: question, excluding: opened.libraryPath(of: article))
        let context = DraftContext(
            article: file.text, outline: outline, section: index, passages: passages, instruction: options.instruction)
        let request = provider.requestDefaults.applied(to: prompt(context, provider.model))
        let dispatch = RequestDispatch(provider: provider, request: request, options: options)
        let keeping = AnswerBackup(opened.paths, "answer-" + (article as NSString).lastPathComponent)
        let isStreaming = !options.json && applying == .nothing
        guard
            let answer = try dispatch.perform(
                streaming: isStreaming, keeping: keeping, takesGaps: applying == .whatThereIs)
        else { return }
        let proposal = Proposal(
            id: 1, sectionTitle: found.title, original: body, text: answer.text, state: .complete,
            sources: request.sources,
            firstCitation: request.firstCitation)
        // A heading and nothing below it, or an empty fence.
        guard !proposal.isBlank else { throw AssistantError.noText(host: dispatch.host, detail: "") }
        if applying == .wholeAnswers, let gap = answer.gap { throw AnswerError.notWhole(article: article, gap: gap) }
        if applying != .nothing { try apply(proposal, to: file, in: found.bodyRange, opened) }
        let grounded = Grounding.resolve(
            proposal.body, passages: request.sources, in: file.text.string, firstNumber: request.firstCitation)
        if applying == .nothing || options.json { try dispatch.finish(grounded, answer, keeping: keeping) }
    }

    /// Writes the article with the proposal in the section's place, unless someone else wrote it since. What it replaces is
    /// kept first, and where it can't be, nothing is replaced.
    private func apply(
        _ proposal: Proposal<Passage>, to file: ArticleArgument, in range: Range<Int>, _ opened: OpenedProject
    ) throws {
        guard try ArticleArgument(article).text == file.text else { throw FileError.changedOnDisk(path: article) }
        let absolute = article.hasPrefix("/") ? article : FileManager.default.currentDirectoryPath + "/" + article
        let path = ArticlePath.canonical((absolute as NSString).standardizingPath)
        let versions = opened.settings.writing.versionMegabytes.map {
            VersionStore(folder: opened.paths.state + "/versions", limit: $0 << 20)
        }
        var recovery = "what was there is a version (longhand versions)"
        if let versions {
            try versions.keep(path)
        } else {
            recovery =
                "what was there is kept in "
                + (try AnswerBackup(opened.paths, "before-" + (path as NSString).lastPathComponent).keep(
                    file.text.string))
        }
        var text = file.text
        try proposal.edit(in: text, replacing: range).changes.apply(to: &text)
        try AtomicFile.write(Array(text.string.utf8), to: article, keeping: opened.paths.savesInPlace)
        Console.error("Put into \(article), section “\(proposal.sectionTitle)”; \(recovery).")
        do { try versions?.keep(path) } catch {
            Console.error("longhand: no version is kept of what is there now: \(error.message)")
        }
    }
}

/// Which answers go into the article.
enum Applying: Equatable {
    case nothing, wholeAnswers, whatThereIs

    init(apply: Bool, applyIncomplete: Bool) {
        self = applyIncomplete ? .whatThereIs : apply ? .wholeAnswers : .nothing
    }
}
