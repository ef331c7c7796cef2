import Assistant
import Foundation
import Providers
import TestServer
import Testing

private let secret = "sk-SECRET-12345"

private func ask(_ server: TestServer, _ key: KeySource) -> ProviderError? {
    let settings = ProviderSettings(baseURL: server.url, model: "m", keySource: key)
    do throws(ProviderError) {
        _ = try OpenAIProvider(settings: settings)
            .stream(ChatRequest(model: "m", messages: []), isCancelled: { false }) { _ in }
        return nil
    } catch {
        return error
    }
}

@Suite struct APIKeyReaderTests {
    @Test func aCommandsOutputIsTheKey() throws {
        let server = try TestServer.chatCompletions(chunks: ["x"])
        defer { server.stop() }
        #expect(ask(server, .command("printf '  %s\\n\\n' \(secret)")) == nil)
        #expect(server.requests.first?.header("Authorization") == "Bearer \(secret)")
    }

    @Test func aVariableIsTheKey() throws {
        let name = "LONGHAND_TEST_KEY_\(UInt32.random(in: 0 ... .max))"
        setenv(name, secret + "\n", 1)
        defer { unsetenv(name) }
        let server = try TestServer.chatCompletions(chunks: ["x"])
        defer { server.stop() }
        #expect(ask(server, .environment(name)) == nil)
        #expect(server.requests.first?.header("Authorization") == "Bearer \(secret)")
    }

    @Test func aMissingVariableIsNamed() throws {
        let server = try TestServer.chatCompletions(chunks: [])
        defer { server.stop() }
        let error = ask(server, .environment("LONGHAND_NO_SUCH_VARIABLE"))
        #expect(error == .keyMissing(variable: "LONGHAND_NO_SUCH_VARIABLE"))
        #expect(error?.status == .badInput)
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: [
        ("exit 3", "ended with status 3"), ("true", "printed nothing"), ("kill -9 $$", "was ended by signal 9"),
        ("echo \(secret); exit 1", "ended with status 1"), ("echo a b", "printed more than a key"),
        ("printf 'a\\nX-Injected: b'", "printed more than a key"), ("yes", "printed more than a key"),
        ("no-such-command-\(secret) 2>&1 | false", "ended with status 1"),
    ])
    func aCommandThatFails(command: String, reason: String) throws {
        let server = try TestServer.chatCompletions(chunks: [])
        defer { server.stop() }
        let error = try #require(ask(server, .command(command)))
        #expect(error == .keyCommand(reason: reason))
        #expect(!error.description.contains(secret))
        #expect(server.requests.isEmpty)
    }

    @Test func aCommandThatHangsCanBeCancelled() {
        let settings = ProviderSettings(
            baseURL: "http://127.0.0.1:9", model: "m", keySource: .command("sleep 1000"))
        #expect(throws: ProviderError.cancelled) {
            try OpenAIProvider(settings: settings)
                .stream(ChatRequest(model: "m", messages: []), isCancelled: { true }) { _ in }
        }
    }

    @Test(arguments: [401, 404, 429, 500, 200])
    func noErrorRepeatsTheKey(status: Int) throws {
        let server = try TestServer { request in
            .error(status, "Incorrect key: \(request.header("Authorization") ?? "")")
        }
        defer { server.stop() }
        let error = try #require(ask(server, .command("echo \(secret)")))
        #expect(server.requests.first?.header("Authorization") == "Bearer \(secret)")
        #expect(error.message.contains("Incorrect key: Bearer …"))
        for text in [error.description, String(reflecting: error), "\(error.hint ?? "")"] {
            #expect(!text.contains(secret))
        }
    }

    @Test func aCommandIsNotShown() {
        #expect(!"\(KeySource.command("echo \(secret)"))".contains(secret))
    }
}
