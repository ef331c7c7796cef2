extension TestServer {
    /// A server that answers every request like OpenAI's chat with `chunks`, one event each.
    public static func chatCompletions(
        chunks: [String], delayMilliseconds: Int = 0
    ) throws -> TestServer {
        try TestServer { _ in
            .chatCompletions(chunks: chunks, delayMilliseconds: delayMilliseconds)
        }
    }
}

extension TestServer.Response {
    /// A stream of OpenAI's chat: one event a chunk, the finish reason, the usage, `[DONE]`.
    public static func chatCompletions(
        chunks: [String], delayMilliseconds: Int = 0, finishReason: String = "stop"
    ) -> TestServer.Response {
        var steps: [Step] = []
        for chunk in chunks {
            if delayMilliseconds > 0 { steps.append(.pause(milliseconds: delayMilliseconds)) }
            steps.append(.text(delta(chunk)))
        }
        steps.append(
            .text(#"data: {"choices":[{"index":0,"delta":{},"finish_reason":"\#(finishReason)"}]}"# + "\n\n"))
        steps.append(
            .text(#"data: {"choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7}}"# + "\n\n"))
        steps.append(.text("data: [DONE]\n\n"))
        return events(steps)
    }

    /// A stream of events made of `steps`.
    public static func events(_ steps: [Step]) -> TestServer.Response {
        TestServer.Response(
            headers: [("Content-Type", "text/event-stream")], steps: steps, framing: .chunked)
    }

    /// The event for one piece of text.
    public static func delta(_ text: String) -> String {
        #"data: {"choices":[{"index":0,"delta":{"content":\#(quoted(text))},"finish_reason":null}]}"# + "\n\n"
    }
}
