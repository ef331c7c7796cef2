import Assistant
import Configuration
import Diagnostics
import Foundation
import Manuscript
import Retrieval
import TextCore

/// A request about one section of an article, from choosing its passages to writing the answer back.
struct SectionRequest {
    let article: String
    let section: String
    let options: RequestOptions

    func perform(applying: Bool, _ prompt: (DraftContext, String) -> ChatRequest) throws {
        let file = try ArticleFile(article)
        let opened = try OpenedProject(article)
        let outline = Outline(file.text)
        guard let found = outline.section(titled: section), let index = outline.sections.firstIndex(of: found) else {
            throw CommandError.noSuchSection(section, article: article, known: outline.sections.filter { $0.level > 0 }.map(\.title))
        }
        let body = file.text.slice(found.bodyRange)
        let question = [found.title, options.instruction ?? "", String(body.prefix(1_500))].joined(separator: "\n")
        let passages = try PassageChoice(opened: opened, isDryRun: options.dryRun)
            .passages(options.sources, or: question, excluding: opened.libraryPath(of: article))
        let provider = try opened.provider(allowingNone: options.dryRun)
        let context = DraftContext(
            article: file.text, outline: outline, section: index, passages: passages, instruction: options.instruction)
        let request = provider.applied(to: prompt(context, provider.model))
        let dispatch = Dispatch(provider: provider, request: request, options: options)
        guard let answer = try dispatch.perform(streaming: !options.json && !applying) else { return }
        let proposal = Proposal(
            id: 1, sectionTitle: found.title, original: body, text: answer, state: .complete, sources: request.sources,
            firstCitation: request.firstCitation)
        if applying { try apply(proposal, to: file, in: found.bodyRange) }
        let grounded = Grounding.resolve(
            proposal.body, passages: request.sources, in: file.text.string, firstNumber: request.firstCitation)
        if !applying || options.json { try dispatch.finish(grounded) }
    }

    /// Writes the article with the proposal in the section's place, unless someone else wrote it since.
    private func apply(_ proposal: Proposal, to file: ArticleFile, in range: Range<Int>) throws {
        guard try ArticleFile(article).text == file.text else { throw FileError.changedOnDisk(path: article) }
        var text = file.text
        try proposal.edit(in: text, replacing: range).changes.apply(to: &text)
        try AtomicFile.write(Array(text.string.utf8), to: article, keeping: Paths(environment: ProcessInfo.processInfo.environment).savesInPlace)
        Console.error("Put into \(article), section “\(proposal.sectionTitle)”.")
    }
}

/// Which passages go along with a request.
struct PassageChoice {
    let opened: OpenedProject
    /// Nothing may be sent, a query to a remote embedding model included.
    let isDryRun: Bool

    /// The sources named, whatever their scope, because the writer named them; else the closest
    /// passages of notes that are marked `share`.
    func passages(_ sources: [String], or question: String, excluding path: String?) throws -> [Passage] {
        let library = try isDryRun ? homeLibrary() : opened.library()
        guard sources.isEmpty else { return try sources.map { try passage(at: $0, in: library) } }
        guard try library.status().notes > 0 else { return [] }
        var query = Query(text: question, limit: 24)
        query.excludingPath = path
        return Array(try library.search(query).map(\.passage).filter { $0.scope == .share }.prefix(8))
    }

    /// The library as far as it can be asked without sending anything.
    private func homeLibrary() throws -> Library {
        guard let remote = try opened.remoteEmbedding() else { return try opened.library() }
        try remote.requirePermission()
        Console.error("Nothing is sent to \(remote.encoder.host) either: these passages are chosen by their words alone.")
        return try opened.library(encoder: nil)
    }

    private func passage(at source: String, in library: Library) throws -> Passage {
        let place = FilePlace(source)
        var passages = try library.passages(path: place.path)
        if passages.isEmpty, let path = opened.libraryPath(of: place.path) { passages = try library.passages(path: path) }
        let line = place.line ?? 1
        let match = passages.last { $0.line <= line } ?? passages.first
        guard let match else { throw CommandError.noSuchSource(source) }
        return match
    }
}

/// Sends a request, or shows what would be sent.
struct Dispatch {
    let provider: ProviderSettings
    let request: ChatRequest
    let options: RequestOptions

    /// - Parameter streaming: print the text as it arrives.
    /// - Returns: the answer; nil after a dry run.
    func perform(streaming: Bool) throws -> String? {
        if options.dryRun {
            Console.error(summary)
            try Console.print(request.prettyJSON(stream: true))
            return nil
        }
        Console.error(summary)
        Interruption.watch()
        let result = try OpenAIProvider(settings: provider).stream(
            request, isCancelled: { Interruption.isRequested },
            onDelta: { delta in
                guard streaming else { return }
                // A reader that went away stops nothing: the answer is still wanted whole.
                try? Console.write(Console.isOutputTerminal ? terminalSafe(delta, keepingNewlines: true) : delta)
            })
        if streaming { try Console.print() }
        if let warning = result.finishReason.warning { Console.error("longhand: " + warning) }
        return result.text
    }

    /// What leaves this machine, and where to.
    private var summary: String {
        let host = provider.baseURL.isEmpty ? "nowhere (no provider is configured)" : provider.baseURL
        let paths = Set(request.sources.map(\.path)).sorted()
        let notes = paths.isEmpty ? "no notes" : "\(request.sources.count) passages of \(paths.joined(separator: ", "))"
        return (options.dryRun ? "Would send to " : "Sending to ") + "\(host): \(notes), \(request.json(stream: true).count) bytes."
    }

    /// What follows the streamed text: the notes its marks stand for, or everything as JSON.
    func finish(_ grounded: Grounding) throws {
        if options.json {
            let used = grounded.used.map { passage in
                JSON.object([("path", .string(passage.path)), ("line", .integer(passage.line)), ("title", .string(passage.title)), ("id", .string(passage.id))])
            }
            try Console.print(
                JSON.document([
                    ("model", .string(request.model)), ("text", .string(grounded.text)),
                    ("definitions", .strings(grounded.definitions)), ("used", .array(used)),
                    ("unknown_markers", .strings(grounded.unknownMarkers)),
                ]).text)
            return
        }
        if !grounded.used.isEmpty {
            try Console.print()
            for passage in grounded.used {
                let number = (request.sources.firstIndex(of: passage) ?? 0) + request.firstCitation
                try Console.print("[\(number)] \(passage.title), \(passage.path):\(passage.line)")
            }
        }
        if !grounded.unknownMarkers.isEmpty {
            Console.error("longhand: the answer cites what was not sent: \(grounded.unknownMarkers.joined(separator: ", ")).")
        }
    }
}

extension OpenedProject {
    /// The configured provider; for a dry run a nameless one will do.
    func provider(allowingNone: Bool) throws -> ProviderSettings {
        if let provider = settings.providerSettings { return provider }
        guard allowingNone else { throw CommandError.noProvider }
        return ProviderSettings(baseURL: settings.provider.baseURL, model: settings.provider.model)
    }
}
