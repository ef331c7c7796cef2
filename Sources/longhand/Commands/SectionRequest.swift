import Assistant
import Configuration
import Diagnostics
import Foundation
import Manuscript
import Notes
import Retrieval
import Review
import Synchronization
import TextCore

/// A request about one section of an article, from choosing its passages to writing the answer back.
struct SectionRequest {
    let article: String
    let section: String
    let options: RequestOptions

    func perform(_ applying: Applying, _ prompt: (DraftContext, String) -> ChatRequest) throws {
        // Before anything is paid for: what isn't a file couldn't take the answer.
        if applying != .nothing, article == "-" || !OutputPlace(article).isFile { throw CommandError.usage("--apply needs an article that is a file.") }
        let file = try ArticleFile(article)
        let opened = try OpenedProject(article, profile: options.profile)
        let outline = Outline(file.text)
        guard let found = outline.section(titled: section), let index = outline.sections.firstIndex(of: found) else {
            throw CommandError.noSuchSection(section, article: article, known: outline.sections.filter { $0.level > 0 }.map(\.title))
        }
        let provider = try opened.provider(options)
        let body = file.text.slice(found.bodyRange)
        let question = [found.title, options.instruction ?? "", String(body.prefix(1_500))].joined(separator: "\n")
        let passages = try PassageChoice(opened: opened, isDryRun: options.dryRun)
            .passages(options.sources, or: question, excluding: opened.libraryPath(of: article))
        let context = DraftContext(
            article: file.text, outline: outline, section: index, passages: passages, instruction: options.instruction)
        let request = provider.applied(to: prompt(context, provider.model))
        let dispatch = Dispatch(provider: provider, request: request, options: options)
        let keeping = Keeping(opened.paths, "answer-" + (article as NSString).lastPathComponent)
        let isStreaming = !options.json && applying == .nothing
        guard let answer = try dispatch.perform(streaming: isStreaming, keeping: keeping, takesGaps: applying == .whatThereIs) else { return }
        let proposal = Proposal(
            id: 1, sectionTitle: found.title, original: body, text: answer.text, state: .complete, sources: request.sources,
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
    private func apply(_ proposal: Proposal<Passage>, to file: ArticleFile, in range: Range<Int>, _ opened: OpenedProject) throws {
        guard try ArticleFile(article).text == file.text else { throw FileError.changedOnDisk(path: article) }
        let absolute = article.hasPrefix("/") ? article : FileManager.default.currentDirectoryPath + "/" + article
        let path = ArticleDesk.canonical((absolute as NSString).standardizingPath)
        let versions = opened.settings.writing.versionMegabytes.map { VersionStore(folder: opened.paths.state + "/versions", limit: $0 << 20) }
        var place = "what was there is a version (longhand versions)"
        if let versions {
            try versions.keep(path)
        } else {
            place = "what was there is kept in " + (try Keeping(opened.paths, "before-" + (path as NSString).lastPathComponent).keep(file.text.string))
        }
        var text = file.text
        try proposal.edit(in: text, replacing: range).changes.apply(to: &text)
        try AtomicFile.write(Array(text.string.utf8), to: article, keeping: opened.paths.savesInPlace)
        Console.error("Put into \(article), section “\(proposal.sectionTitle)”; \(place).")
        do { try versions?.keep(path) } catch { Console.error("longhand: no version is kept of what is there now: \(error.message)") }
    }
}

/// Which answers go into the article.
enum Applying: Equatable {
    case nothing, wholeAnswers, whatThereIs

    init(apply: Bool, applyIncomplete: Bool) {
        self = applyIncomplete ? .whatThereIs : apply ? .wholeAnswers : .nothing
    }
}

/// Where a text of one request is kept that has no other place.
struct Keeping {
    private let store: AnswerStore
    private let name: String

    init(_ paths: Paths, _ name: String) {
        store = AnswerStore(folder: paths.state + "/answers")
        self.name = name
    }

    /// - Returns: the file's path.
    func keep(_ text: String) throws(FileError) -> String { try store.keep(text, as: name) }
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

    /// What came.
    struct Answer {
        var text: String
        /// A sentence that says why it isn't the whole answer; nil where it is.
        var gap: String?
        /// Where it is kept if it isn't whole.
        var place: String?
    }

    /// The provider's host, as sentences name it.
    var host: String { URLComponents(string: provider.baseURL)?.host ?? provider.baseURL }

    /// - Parameters:
    ///   - streaming: print the text as it arrives.
    ///   - keeping: where an answer that isn't whole is kept.
    ///   - takesGaps: return what came where a failure cut the answer short.
    /// - Returns: the answer; nil after a dry run.
    /// - Throws: `AssistantError` where there is no answer, or only a part of one.
    func perform(streaming: Bool, keeping: Keeping, takesGaps: Bool = false) throws -> Answer? {
        let client = OpenAIProvider(settings: provider)
        if options.dryRun {
            Console.error(summary)
            // Without a provider a dry run is as good: it shows what any would get.
            if provider.isConfigured {
                do throws(AssistantError) { try client.checkAddress() } catch { Console.complain(error) }
            }
            try showRequest()
            return nil
        }
        Interruption.watch()
        let arrived = Mutex((text: "", shown: ThoughtFilter()))
        do throws(AssistantError) {
            let result = try client.stream(
                request, isCancelled: { Interruption.isRequested }, onSending: { Console.error(summary) },
                onDelta: { delta in
                    let words = arrived.withLock { arrived in
                        arrived.text += delta
                        return arrived.shown.take(delta)
                    }
                    // A reader that went away stops nothing: the answer is still wanted whole.
                    if streaming, !words.isEmpty { try? Console.write(piece: words) }
                })
            // Output that failed stays failed and is told at the end; the answer is kept either way.
            if streaming { try? Console.print(arrived.withLock { $0.shown.finish() }) }
            guard let gap = result.finishReason.warning else { return Answer(text: result.text) }
            Console.error("longhand: " + gap)
            return Answer(text: result.text, gap: gap, place: keep(result.text, keeping, isShown: streaming))
        } catch {
            let (text, rest) = arrived.withLock { ($0.text, $0.shown.finish()) }
            // The error that ended the stream is the one to tell.
            if streaming, !ChatResult.withoutThoughts(text).isEmpty { try? Console.print(rest) }
            guard !ChatResult.saysNothing(text) else { throw error }
            let place = keep(text, keeping, isShown: streaming)
            guard takesGaps, error != .cancelled else { throw error }
            Console.error("longhand: " + error.message)
            return Answer(text: text, gap: error.message, place: place)
        }
    }

    /// Keeps what came of an answer, and says where.
    private func keep(_ text: String, _ keeping: Keeping, isShown: Bool) -> String? {
        do throws(FileError) {
            let place = try keeping.keep(plainText(text))
            Console.error("What arrived is in \(place).")
            return place
        } catch {
            Console.error("longhand: what arrived could not be kept: \(error.message)")
            // Then it is at least to be seen.
            if !isShown, !options.json { try? Console.print(text: text) }
            return nil
        }
    }

    /// The body as it would be sent; as JSON, in a document with what else is to be known.
    private func showRequest() throws {
        guard options.json else { return try Console.print(text: request.prettyJSON(stream: true)) }
        let sources = request.sources.map { Self.json($0) }
        try Console.print(
            JSON.document([
                ("destination", .string(provider.baseURL)), ("model", .string(request.model)), ("sources", .array(sources)),
                ("request", .verbatim(String(decoding: request.json(stream: true), as: UTF8.self))),
            ]).text)
    }

    private static func json(_ passage: Passage) -> JSON {
        .object([("path", .string(passage.path)), ("line", .integer(passage.line)), ("title", .string(passage.title)), ("id", .string(passage.id))])
    }

    /// What leaves this machine, and where to.
    private var summary: String {
        let host = provider.baseURL.isEmpty ? "nowhere (no provider is configured)" : provider.baseURL
        let paths = Set(request.sources.map(\.path)).sorted()
        let notes = paths.isEmpty ? "no notes" : "\(request.sources.count) passages of \(paths.joined(separator: ", "))"
        // A project may choose a dearer one.
        let model = request.model.isEmpty ? "" : ", to the model \(request.model)"
        return (options.dryRun ? "Would send to " : "Sending to ") + "\(host)\(model): \(notes), \(request.json(stream: true).count) bytes."
    }

    /// What follows the streamed text: the notes its marks stand for, or everything as JSON. An answer that standard output
    /// didn't take is kept.
    func finish(_ grounded: Grounding, _ answer: Answer, keeping: Keeping) throws {
        do {
            try Console.write(piece: "")
            try show(grounded, answer)
        } catch let error as StreamError {
            if answer.place == nil { _ = keep(answer.text, keeping, isShown: true) }
            throw error
        }
    }

    private func show(_ grounded: Grounding, _ answer: Answer) throws {
        if options.json {
            let used = grounded.used.map { Self.json($0) }
            try Console.print(
                JSON.document([
                    ("model", .string(request.model)), ("text", .string(grounded.text)),
                    ("definitions", .strings(grounded.definitions)), ("used", .array(used)),
                    ("unknown_markers", .strings(grounded.unknownMarkers)), ("complete", .bool(answer.gap == nil)),
                    ("incomplete_because", .optional(answer.gap)), ("kept_in", .optional(answer.place)),
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
    /// The configured provider, if the writer agreed to it; for a dry run, which sends nothing, any will do.
    func provider(_ options: RequestOptions) throws -> ProviderSettings {
        if let problem = settings.providerProblem, !options.dryRun || options.profile != nil { throw problem }
        if let provider = settings.providerSettings {
            // Nobody is asked to agree to what would be refused.
            if !options.dryRun {
                try OpenAIProvider(settings: provider).checkAddress()
                try providerConsent.require(isTrusted: options.trustProject)
            }
            return provider
        }
        guard options.dryRun else { throw CommandError.noProvider }
        return ProviderSettings(baseURL: settings.provider.baseURL, model: settings.provider.model)
    }

    var providerConsent: ProviderConsent {
        let agreement = ProviderAgreement(settings.provider, project: project, paths: paths)
        return ProviderConsent(profile: settings.provider, agreement: agreement)
    }
}
