import ArticleFiles
import Assistant
import Diagnostics
import Foundation
import JSON
import Providers
import Retrieval
import Synchronization

/// Sends a request, or shows what would be sent.
struct RequestDispatch {
    let provider: ProviderSettings
    let request: ChatRequest
    let options: RequestOptions

    /// What came.
    struct Answer {
        var text: String
        /// A sentence that says why it isn't the whole answer; nil where it is.
        var gap: String?
        /// Where it is kept if it isn't whole.
        var keptPath: String?
    }

    /// The provider's host, as sentences name it.
    var host: String { URLComponents(string: provider.baseURL)?.host ?? provider.baseURL }

    /// - Parameters:
    ///   - streaming: print the text as it arrives.
    ///   - keeping: where an answer that isn't whole is kept.
    ///   - takesGaps: return what came where a failure cut the answer short.
    /// - Returns: the answer; nil after a dry run.
    /// - Throws: `ProviderError` where there is no answer, or only a part of one.
    func perform(streaming: Bool, keeping: AnswerBackup, takesGaps: Bool = false) throws -> Answer? {
        let client = OpenAIProvider(settings: provider)
        if options.dryRun {
            Console.error(summary)
            // Without a provider a dry run is as good: it shows what any would get.
            if provider.isConfigured {
                do throws(ProviderError) { try client.checkAddress() } catch { Console.complain(error) }
            }
            try showRequest()
            return nil
        }
        Interruption.watch()
        let arrived = Mutex((text: "", shown: ThoughtFilter()))
        do throws(ProviderError) {
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
            return Answer(text: result.text, gap: gap, keptPath: keep(result.text, keeping, isShown: streaming))
        } catch {
            let (text, rest) = arrived.withLock { ($0.text, $0.shown.finish()) }
            // The error that ended the stream is the one to tell.
            if streaming, !ChatResult.withoutThoughts(text).isEmpty { try? Console.print(rest) }
            guard !ChatResult.saysNothing(text) else { throw error }
            let keptPath = keep(text, keeping, isShown: streaming)
            guard takesGaps, error != .cancelled else { throw error }
            Console.error("longhand: " + error.message)
            return Answer(text: text, gap: error.message, keptPath: keptPath)
        }
    }

    /// Keeps what came of an answer, and says where.
    private func keep(_ text: String, _ keeping: AnswerBackup, isShown: Bool) -> String? {
        do throws(FileError) {
            let keptPath = try keeping.keep(plainText(text))
            Console.error("What arrived is in \(keptPath).")
            return keptPath
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
            OrderedJSON.document([
                ("destination", .string(provider.baseURL)), ("model", .string(request.model)),
                ("sources", .array(sources)),
                ("request", .verbatim(String(decoding: request.json(stream: true), as: UTF8.self))),
            ]).compact)
    }

    private static func json(_ passage: Passage) -> OrderedJSON {
        .object([
            ("path", .string(passage.path)), ("line", .integer(passage.line)), ("title", .string(passage.title)),
            ("id", .string(passage.id)),
        ])
    }

    /// What leaves this machine, and where to.
    private var summary: String {
        let host = provider.baseURL.isEmpty ? "nowhere (no provider is configured)" : provider.baseURL
        let paths = Set(request.sources.map(\.path)).sorted()
        let notes = paths.isEmpty ? "no notes" : "\(request.sources.count) passages of \(paths.joined(separator: ", "))"
        // A project may choose a dearer one.
        let model = request.model.isEmpty ? "" : ", to the model \(request.model)"
        return (options.dryRun ? "Would send to " : "Sending to ")
            + "\(host)\(model): \(notes), \(request.json(stream: true).count) bytes."
    }

    /// What follows the streamed text: the notes its marks stand for, or everything as JSON. An answer that standard output
    /// didn't take is kept.
    func finish(_ grounded: Grounding, _ answer: Answer, keeping: AnswerBackup) throws {
        do {
            try Console.write(piece: "")
            try show(grounded, answer)
        } catch let error as StreamError {
            if answer.keptPath == nil { _ = keep(answer.text, keeping, isShown: true) }
            throw error
        }
    }

    private func show(_ grounded: Grounding, _ answer: Answer) throws {
        if options.json {
            let used = grounded.used.map { Self.json($0) }
            try Console.print(
                OrderedJSON.document([
                    ("model", .string(request.model)), ("text", .string(grounded.text)),
                    ("definitions", .strings(grounded.definitions)), ("used", .array(used)),
                    ("unknown_markers", .strings(grounded.unknownMarkers)), ("complete", .boolean(answer.gap == nil)),
                    ("incomplete_because", .optional(answer.gap)), ("kept_in", .optional(answer.keptPath)),
                ]).compact)
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
            Console.error(
                "longhand: the answer cites what was not sent: \(grounded.unknownMarkers.joined(separator: ", ")).")
        }
    }
}
