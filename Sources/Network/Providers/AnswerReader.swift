import Assistant
import JSON
import Review

/// Reads an answer as it arrives: a stream of events, or, from servers that don't stream, one JSON
/// document.
///
/// It throws where an answer holds no text. `FinishReason.warning` says that one isn't whole, and `ThoughtFilter`
/// keeps a model's thoughts out of what is printed while it arrives.
struct AnswerReader {
    private(set) var text = ""
    private(set) var finish: FinishReason?
    private(set) var isDone = false
    private(set) var promptTokens: Int?
    private(set) var completionTokens: Int?
    /// Whether anything of the protocol was seen.
    private(set) var isChat = false
    private var refusal = ""
    private var asksForTools = false

    private let failures: ProviderFailure
    private var events = EventStream()
    /// The document; nil once it is known that there is none.
    private var document: [UInt8]? = []
    private var isStream = false

    init(failures: ProviderFailure) {
        self.failures = failures
    }

    /// Hands over the text that `bytes` complete, up to an error in them.
    mutating func feed(
        _ bytes: [UInt8], onDelta: (String) -> Void
    ) throws(ProviderError) {
        var bytes = bytes
        if !isStream, let begun = document {
            // The first visible byte tells what it is; the content type often doesn't.
            let all = begun + bytes
            guard let first = all.first(where: { $0 > 0x20 }) else {
                document = all
                return
            }
            if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
                document = all
                return
            }
            document = nil
            isStream = true
            bytes = all
        }
        try read(events.feed(bytes), onDelta)
    }

    /// Hands over the text that the end of the answer completes.
    mutating func end(onDelta: (String) -> Void) throws(ProviderError) {
        guard let whole = document else {
            try read(events.finish(), onDelta)
            return
        }
        guard whole.contains(where: { $0 > 0x20 }) else { return }
        guard let value = JSONValue(whole) else { throw failures.badAnswer("its JSON is damaged") }
        if let delta = try read(value) { onDelta(delta) }
        guard isChat else { throw failures.badAnswer("it is JSON, but no chat") }
        isDone = true
    }

    /// The result of an answer that has ended, whole or not.
    func result() throws(ProviderError) -> ChatResult {
        guard let reason = finish ?? (isDone ? .stop : nil) else {
            throw .cutStream(host: failures.host, receivedCharacters: text.count)
        }
        guard isChat else { throw failures.badAnswer("it holds no chat") }
        if ChatResult.saysNothing(text) {
            if !refusal.isEmpty { throw failures.refused(refusal) }
            if reason == .contentFilter { throw failures.refused("the provider's filter stopped it") }
            throw failures.noText(emptiness(reason))
        }
        return ChatResult(
            finishReason: reason, promptTokens: promptTokens, completionTokens: completionTokens,
            text: text)
    }

    /// Why an answer that has ended says nothing.
    private func emptiness(_ reason: FinishReason) -> String {
        if reason == .length { return "the limit of tokens was reached before the first word" }
        if asksForTools { return "it asks for tools, and none were offered" }
        return ChatResult.isBlank(text) ? "" : "it holds nothing but the model's thoughts"
    }

    private mutating func read(
        _ events: [ServerEvent], _ onDelta: (String) -> Void
    ) throws(ProviderError) {
        for event in events where !isDone {
            if event.isDone {
                isDone = true
                continue
            }
            guard let value = JSONValue(event.data.utf8) else {
                throw failures.badAnswer("an event of its stream is not JSON")
            }
            if event.name == "error", value.errorMessage == nil {
                throw failures.inStream(value["message"]?.string ?? "")
            }
            if let delta = try read(value) { onDelta(delta) }
        }
    }

    /// The text of one chunk, or of a whole answer, which differ in one name only.
    private mutating func read(_ value: JSONValue) throws(ProviderError) -> String? {
        if let message = value.errorMessage { throw failures.inStream(message) }
        if let usage = value["usage"] {
            promptTokens = usage["prompt_tokens"]?.integer ?? promptTokens
            completionTokens = usage["completion_tokens"]?.integer ?? completionTokens
        }
        guard let choices = value["choices"] else { return nil }
        isChat = true
        guard let choice = choices.first else { return nil }
        if let reason = choice["finish_reason"]?.string, !reason.isEmpty { finish = FinishReason(reason) }
        let message = choice["delta"] ?? choice["message"]
        refusal += message?["refusal"]?.content ?? ""
        if message?["tool_calls"]?.first != nil || message?["function_call"]?["name"] != nil { asksForTools = true }
        guard let delta = message?["content"]?.content, !delta.isEmpty else { return nil }
        text += delta
        return delta
    }
}
