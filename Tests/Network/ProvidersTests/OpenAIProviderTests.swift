import Assistant
import Diagnostics
import Foundation
import Providers
import Synchronization
import TestServer
import Testing
import Transfer

private typealias Response = TestServer.Response

private let request = ChatRequest(model: "m-1", messages: [ChatMessage(.user, "Hi")])

/// What a provider gave: the pieces, and the result or the error.
private struct Outcome {
    var deltas: [String] = []
    var result: ChatResult?
    var error: ProviderError?
}

private func ask(
    _ url: String, key: KeySource = .none, isCancelled: @Sendable () -> Bool = { false }
) -> Outcome {
    let deltas = Mutex<[String]>([])
    var outcome = Outcome()
    let provider = OpenAIProvider(settings: ProviderSettings(baseURL: url, model: "m-1", keySource: key))
    do throws(ProviderError) {
        outcome.result = try provider.stream(request, isCancelled: isCancelled) { delta in
            deltas.withLock { $0.append(delta) }
        }
    } catch {
        outcome.error = error
    }
    outcome.deltas = deltas.withLock { $0 }
    return outcome
}

private func answer(_ response: Response, key: KeySource = .none) throws -> Outcome {
    let server = try TestServer { _ in response }
    defer { server.stop() }
    return ask(server.url + "/v1", key: key)
}

@Suite struct OpenAIProviderTests {
    @Test func aStreamIsHandedOver() throws {
        let server = try TestServer.chatCompletions(chunks: ["Hel", "lo ", "文\n"], delayMilliseconds: 2)
        defer { server.stop() }
        let outcome = ask(server.url + "/v1/")
        #expect(outcome.deltas == ["Hel", "lo ", "文\n"])
        #expect(
            outcome.result
                == ChatResult(finishReason: .stop, promptTokens: 11, completionTokens: 7, text: "Hello 文\n"))
        let sent = try #require(server.requests.first)
        #expect(sent.path == "/v1/chat/completions")
        #expect(sent.body == request.json(stream: true))
        #expect(sent.header("Content-Type") == "application/json")
        #expect(sent.header("Authorization") == nil)
    }

    @Test func aByteAtATimeIsTheSame() throws {
        let body =
            Response.delta("é文") + ": ping\r\n\r\n" + Response.delta("😀")
            + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
        let outcome = try answer(.events(Array(body.utf8).map { .bytes([$0]) }))
        #expect(outcome.deltas == ["é文", "😀"])
        #expect(outcome.result?.finishReason == .stop)
    }

    @Test(arguments: [
        ("stop", FinishReason.stop), ("length", .length), ("content_filter", .contentFilter),
        ("tool_calls", .other("tool_calls")),
    ])
    func finishReasons(name: String, reason: FinishReason) throws {
        let outcome = try answer(.chatCompletions(chunks: ["x"], finishReason: name))
        #expect(outcome.result?.finishReason == reason)
        // What asks for tools isn't the answer yet.
        #expect((outcome.result?.finishReason.warning != nil) == (name != "stop"))
    }

    @Test func aFilterBeforeAnyWordIsARefusal() throws {
        let outcome = try answer(.chatCompletions(chunks: [], finishReason: "content_filter"))
        #expect(outcome.error == .answer(.refused(detail: "the provider's filter stopped it")))
    }

    @Test func anAnswerWithoutAStreamIsRead() throws {
        let json =
            #" {"choices":[{"message":{"role":"assistant","content":"Whole."},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1}}"#
        let outcome = try answer(.json(json))
        #expect(outcome.deltas == ["Whole."])
        #expect(outcome.result == ChatResult(finishReason: .stop, promptTokens: 3, completionTokens: 1, text: "Whole."))
    }

    @Test func contentInPartsIsRead() throws {
        let json = #"{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]}"#
        #expect(try answer(.json(json)).deltas == ["ab"])
    }

    @Test(arguments: [
        (401, "key"), (403, "key"), (404, "no model `m-1`"), (429, "no more requests"), (400, "status 400"),
        (500, "status 500"), (503, "status 503"),
    ])
    func aStatusIsOneSentence(status: Int, words: String) throws {
        let outcome = try answer(.error(status, "It's\nso \u{1B}[31mbad"))
        let error = try #require(outcome.error)
        #expect(error.message.contains(words))
        #expect(error.message.contains("It's so \u{FFFD}[31mbad."))
        #expect(!error.message.contains("\n"))
        #expect(error.status == .network)
    }

    @Test(arguments: [
        (#"{"error":"plain"}"#, "plain"), (#"{"message":"said"}"#, "said"), (#"{"detail":"so"}"#, "so"),
        (#"[{"error":{"message":"listed"}}]"#, "listed"), ("just text", "just text"),
        ("<html><body>Bad Gateway</body></html>", ""), ("", ""), ("{broken", ""),
    ])
    func errorBodiesInManyForms(body: String, detail: String) throws {
        let outcome = try answer(Response(body, status: 502))
        #expect(outcome.error == .provider(host: "127.0.0.1", status: 502, detail: detail))
    }

    @Test func aRateLimitSaysWhen() throws {
        let outcome = try answer(.error(429, "slow down", headers: [("Retry-After", "20")]))
        #expect(outcome.error == .rateLimited(host: "127.0.0.1", retryAfter: 20, detail: "slow down"))
        #expect(outcome.error?.hint == "Try again in 20 seconds.")
    }

    @Test func anErrorWithinTheStream() throws {
        let outcome = try answer(
            .events([.text(Response.delta("some")), .text("data: {\"error\":{\"message\":\"overloaded\"}}\n\n"), .hang])
        )
        #expect(outcome.deltas == ["some"])
        #expect(outcome.error == .provider(host: "127.0.0.1", status: nil, detail: "overloaded"))
    }

    @Test func aCutStreamKeepsWhatArrived() throws {
        let steps: [[Response.Step]] = [[], [.pause(milliseconds: 60), .cut]]
        for end in steps {
            let outcome = try answer(.events([.text(Response.delta("half"))] + end))
            #expect(outcome.deltas == ["half"])
            #expect(outcome.error == .cutStream(host: "127.0.0.1", receivedCharacters: 4))
        }
    }

    @Test func aCutAfterTheFinishReasonIsNone() throws {
        let finish = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
        let outcome = try answer(
            .events([.text(Response.delta("all") + finish), .pause(milliseconds: 60), .cut]))
        #expect(outcome.result?.text == "all")
    }

    @Test func aConnectionKeptOpenIsNotWaitedFor() throws {
        let outcome = try answer(.events([.text(Response.delta("all") + "data: [DONE]\n\n"), .hang]))
        #expect(outcome.result?.text == "all")
    }

    @Test(arguments: ["data: not json\n\n", "{\"a\":", "{\"hello\":\"world\"}", "data: [DONE]\n\n"])
    func garbageIsCalledThat(body: String) throws {
        let outcome = try answer(.events([.text(body)]))
        guard case .badAnswer = outcome.error else {
            Issue.record("\(String(describing: outcome.error))")
            return
        }
        #expect(outcome.deltas.isEmpty)
    }

    @Test func aPageOfHTMLIsNoAnswer() throws {
        let outcome = try answer(Response("<html>Welcome</html>", type: "text/html"))
        #expect(outcome.error != nil)
        #expect(outcome.result == nil)
    }

    @Test func aCancelInTheStreamReturns() throws {
        let server = try TestServer { _ in .events([.text(Response.delta("x")), .hang]) }
        defer { server.stop() }
        let asked = Mutex(0)
        let outcome = ask(server.url) {
            asked.withLock {
                $0 += 1; return $0 > 5
            }
        }
        #expect(outcome.error == .cancelled)
    }

    @Test func nothingConfigured() {
        #expect(ask("").error == .notConfigured(reason: "base_url is not set"))
        #expect(ask("ftp://example.org").error?.status == .badInput)
        #expect(ask("").error?.status == .badInput)
    }

    /// With a key or without: the request holds the writer's text. The key isn't even read.
    @Test(arguments: [
        "example.org", "10.0.0.1", "192.168.1.2", "desk", "desk.local", "127.0.0.1.example.org",
        "localhost.example.org", "[fd00::1]",
    ])
    func nothingIsSentInTheClear(host: String) {
        #expect(ask("http://\(host)/v1").error == .insecure(host: host))
        #expect(ask("http://\(host)/v1", key: .command("exit 9")).error == .insecure(host: host))
    }

    @Test func theProfileMayAllowIt() {
        var settings = ProviderSettings(baseURL: "http://longhand.invalid/v1", model: "m", allowsPlainHTTP: true)
        let client = HTTPClient(options: TransferOptions(connectSeconds: 2))
        func error() -> ProviderError? {
            do throws(ProviderError) {
                _ = try OpenAIProvider(settings: settings, client: client).stream(request, isCancelled: { false }) {
                    _ in
                }
                return nil
            } catch {
                return error
            }
        }
        guard case .transfer = error() else {
            Issue.record("it should have been tried")
            return
        }
        settings.allowsPlainHTTP = false
        #expect(error() == .insecure(host: "longhand.invalid"))
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func anAnswerFromElsewhereIsNotTaken(status: Int) throws {
        let other = try TestServer.chatCompletions(chunks: ["forged"])
        let elsewhere = other.url + "/v1/chat/completions"
        let server = try TestServer { _ in .redirect(status, to: elsewhere) }
        defer {
            server.stop()
            other.stop()
        }
        let outcome = ask(server.url + "/v1", key: .command("echo sk-1"))
        #expect(outcome.error == .transfer(.redirectedElsewhere(from: server.url, to: other.url)))
        #expect(outcome.deltas.isEmpty && other.requests.isEmpty)
    }
}
