import Foundation
import Synchronization
import TestModels
import TestServer
import Testing

/// A remote embedding model, from the settings to what leaves the machine, word for word.
@Suite(.serialized) struct RemoteEmbeddingTests {
    private typealias Response = TestServer.Response

    private static let notes = [
        "shared.md": "# Shared\n\nThe public passage speaks of maps and of the roads on them.\n",
        "other.md": "# Other\n\nAnother public passage speaks of bread and of ovens.\n",
    ]
    private static let secret = "The hidden passage speaks of maps that nobody may see."

    private static func inputs(_ request: TestServer.Request) -> [String] {
        let body = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
        return body?["input"] as? [String] ?? []
    }

    /// Three dimensions: maps, bread, and a constant.
    private static func answer(_ request: TestServer.Request) -> Response {
        let items = inputs(request).enumerated().map { place, text -> String in
            let values = [text.contains("map") ? 5.0 : 0, text.contains("bread") ? 5.0 : 0, 1]
            return "{\"index\":\(place),\"embedding\":\(values)}"
        }
        return .json("{\"data\":[\(items.joined(separator: ","))]}")
    }

    private func server() throws -> TestServer { try TestServer { Self.answer($0) } }

    private func sandbox(_ server: TestServer, sends: String = "send_notes = true\n") throws -> Sandbox {
        let sandbox = try Sandbox(
            article: "# Article\n\nA paragraph about maps.\n", notes: Self.notes,
            settings:
                "article = \"article.md\"\n[notes]\ninclude = [\"notes/**\"]\n[scopes]\nnotes = \"share\"\n\"notes/private\" = \"index\"\n",
            model: false)
        try FileManager.default.createDirectory(
            at: sandbox.project.appending(path: "notes/private"), withIntermediateDirectories: true)
        try sandbox.write("# Private\n\n" + Self.secret + "\n", to: "notes/private/hidden.md")
        try sandbox.writeUserSettings(
            "[embedding]\nbase_url = \"\(server.url)/v1\"\nmodel = \"big\"\nkey_env = \"EMBED_KEY\"\n" + sends)
        sandbox.set("EMBED_KEY", "sk-embed-secret")
        return sandbox
    }

    private func index(_ sandbox: Sandbox, _ more: [String] = []) throws -> Sandbox.Output {
        try sandbox.run(["index", "-p", sandbox.project.path] + more)
    }

    private func json(_ output: Sandbox.Output) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: output.bytes) as? [String: Any])
    }

    @Test func onlyWhatMayBeSharedLeaves() throws {
        let server = try server()
        defer { server.stop() }
        let sandbox = try sandbox(server)
        let indexed = try index(sandbox, ["--yes", "--json"])
        #expect(indexed.status == 0, "\(indexed.errors)")
        #expect(indexed.errors.contains("2 passages of 2 notes would be sent to 127.0.0.1:\(server.port)"))
        #expect(indexed.errors.contains("1 passage of 1 note stays on this machine"))
        let report = try json(indexed)
        #expect(report["embedded"] as? Int == 2 && report["staying"] as? Int == 1)
        #expect((report["remote"] as? [String: Any])?["sent"] as? Bool == true)
        let sent = Set(server.requests.flatMap(Self.inputs).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) })
        #expect(
            sent == [
                "The public passage speaks of maps and of the roads on them.",
                "Another public passage speaks of bread and of ovens.",
            ])
        #expect(server.requests.allSatisfy { $0.header("Authorization") == "Bearer sk-embed-secret" })

        // A second run sends nothing, and needs no yes.
        let count = server.requests.count
        #expect(try index(sandbox).status == 0)
        #expect(server.requests.count == count)

        // The query leaves, alone; both the shared and the hidden note are found, the latter by its words.
        let found = try sandbox.run(["search", "maps", "-p", sandbox.project.path, "--json"])
        #expect(found.status == 0, "\(found.errors)")
        #expect(server.requests.dropFirst(count).flatMap(Self.inputs) == ["maps"])
        let hits = try #require(try json(found)["hits"] as? [[String: Any]])
        let hidden = hits.first { $0["path"] as? String == "notes/private/hidden.md" }
        #expect(hits.first?["path"] as? String == "notes/shared.md")
        #expect(hidden != nil && hidden?["similarity"] is NSNull)

        // What is private stays so in whatever way it is asked about.
        let words = try sandbox.run(["search", "maps", "-p", sandbox.project.path, "--mode", "text"])
        #expect(words.status == 0)
        #expect(server.requests.count == count + 1)
        #expect(!server.requests.contains { $0.bodyText.contains("hidden") })

        // A dry run of anything sends nothing at all.
        for arguments in [
            ["ask", "maps?", "-p", sandbox.project.path],
            ["draft", sandbox.project.path + "/article.md", "--section", "Article"],
        ] {
            let dry = try sandbox.run(arguments + ["--dry-run"])
            #expect(dry.status == 0, "\(dry.errors)")
            #expect(dry.errors.contains("chosen by their words"))
        }
        #expect(server.requests.count == count + 1)
        let said = [indexed, found, words].map { $0.errors + $0.output }.joined()
        #expect(!said.contains("sk-embed-secret"))
        #expect(try sandbox.holds("sk-embed-secret").isEmpty)
    }

    @Test func withoutSendNotesNothingLeaves() throws {
        let server = try server()
        defer { server.stop() }
        let sandbox = try sandbox(server, sends: "")
        for arguments in [
            ["index"], ["index", "--yes"], ["index", "--dry-run"], ["search", "maps"], ["ask", "maps?", "--dry-run"],
        ] {
            let result = try sandbox.run(arguments + ["-p", sandbox.project.path])
            #expect(result.status == 3, "\(arguments): \(result.errors)")
            #expect(result.errors.contains("send_notes"))
        }
        for arguments in [["status"], ["doctor"], ["config"]] {
            let result = try sandbox.run(arguments + ["-p", sandbox.project.path])
            #expect(result.status == 0, "\(result.errors)")
            #expect((result.output + result.errors).contains("127.0.0.1:\(server.port)"))
            #expect((result.output + result.errors).contains("nothing is sent"))
        }
        #expect(server.requests.isEmpty)
    }

    @Test func withoutATerminalItMustBeSaidAndADryRunSendsNothing() throws {
        let server = try server()
        defer { server.stop() }
        let sandbox = try sandbox(server)
        let dry = try index(sandbox, ["--dry-run"])
        #expect(dry.status == 0)
        #expect(dry.errors.contains("2 passages of 2 notes would be sent"))
        let plain = try index(sandbox)
        #expect(plain.status == 2)
        #expect(plain.errors.contains("--yes"))
        // Not agreed: words are searched, and the query stays too.
        let found = try sandbox.run(["search", "maps", "-p", sandbox.project.path])
        #expect(found.status == 0)
        #expect(found.errors.contains("longhand index"))
        #expect(server.requests.isEmpty)
    }

    @Test func inATerminalItAsksTheFirstTime() throws {
        let server = try server()
        defer { server.stop() }
        let sandbox = try sandbox(server)
        let no = try sandbox.studio(["index", "-p", sandbox.project.path])
        try no.wait(for: "[y/N]")
        no.send("\r")
        #expect(try no.waitForExit() == 0)
        #expect(server.requests.isEmpty)
        let yes = try sandbox.studio(["index", "-p", sandbox.project.path])
        try yes.wait(for: "[y/N]")
        yes.send("y\r")
        #expect(try yes.waitForExit() == 0)
        #expect(server.requests.count == 1)
        // The studio says that paragraphs leave, and asks the model only now.
        let studio = try sandbox.studio()
        try studio.wait(for: "remote model")
        try studio.wait(for: "public passage")
        studio.send("\u{11}")
        #expect(try studio.waitForExit() == 0)
        #expect(!server.requests.contains { $0.bodyText.contains("hidden") })
    }

    @Test func otherScopesAskAgain() throws {
        let server = try server()
        defer { server.stop() }
        let sandbox = try sandbox(server)
        #expect(try index(sandbox, ["--yes"]).status == 0)
        let count = server.requests.count
        try sandbox.write(
            "article = \"article.md\"\n[notes]\ninclude = [\"notes/**\"]\n[scopes]\nnotes = \"share\"\n",
            to: "longhand.toml")
        let result = try index(sandbox)
        #expect(result.status == 2)
        #expect(result.errors.contains("1 passage of 1 note would be sent"))
        #expect(server.requests.count == count)
    }

    @Test func aStudioThatWasNotAgreedToSendsNothing() throws {
        let server = try server()
        defer { server.stop() }
        let sandbox = try sandbox(server)
        let studio = try sandbox.studio()
        try studio.wait(for: "no model: text only")
        studio.send("\u{1B}rmaps\r")
        try studio.wait(for: "speaks of maps")
        studio.send("\u{11}")
        #expect(try studio.waitForExit() == 0)
        #expect(server.requests.isEmpty)
    }

    @Test func aProjectCannotTurnItOn() throws {
        let server = try server()
        defer { server.stop() }
        let sandbox = try Sandbox(
            article: "# A\n", notes: Self.notes,
            settings:
                "[scopes]\nnotes = \"share\"\n[embedding]\nbase_url = \"\(server.url)\"\nmodel = \"m\"\nsend_notes = true\n",
            model: false)
        let result = try index(sandbox, ["--yes"])
        #expect(result.status == 3)
        #expect(result.errors.contains("longhand.toml:3"))
        #expect(result.errors.contains("config.toml"))
        #expect(server.requests.isEmpty)
    }

    @Test func aLocalModelThatIsNamedComesFirst() throws {
        let server = try server()
        defer { server.stop() }
        let sandbox = try sandbox(server)
        try sandbox.install(TinyModel().files, as: "tiny")
        sandbox.set("LONGHAND_MODEL", "tiny")
        let result = try index(sandbox)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("embedded 3 passages"))
        #expect(server.requests.isEmpty)
    }

    @Test func anErrorOfTheServerIsSaidWithoutTheKey() throws {
        let server = try TestServer { _ in .error(401, "Incorrect API key sk-embed-secret") }
        defer { server.stop() }
        let result = try index(sandbox(server), ["--yes"])
        #expect(result.status == 4)
        #expect(result.errors.contains("refused the key"))
        #expect(!result.errors.contains("sk-embed-secret"))
    }

    @Test func aMissingKeyIsNamedByItsVariable() throws {
        let server = try server()
        defer { server.stop() }
        let sandbox = try sandbox(server)
        sandbox.set("EMBED_KEY", "")
        let result = try index(sandbox, ["--yes"])
        #expect(result.status == 3)
        #expect(result.errors.contains("EMBED_KEY"))
        #expect(server.requests.isEmpty)
    }
}
