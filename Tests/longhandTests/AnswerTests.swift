import Foundation
import TestServer
import Testing

@testable import longhand

/// What `draft`, `refine` and `ask` make of answers: what is shown, what goes into the article, what is kept.
@Suite(.serialized) struct AnswerTests {
    private typealias Response = TestServer.Response

    private static let article = "# Title\n\nOpening.\n\n## Middle\n\nThe old words.\n\n## End\n\nThe end.\n"
    /// Everything a terminal obeys or a reader doesn't see, with what may follow it.
    private static let hostile =
        "\u{1B}[2J\u{1B}]0;owned\u{7}\u{9B}31m\u{202E}drowssap\u{202C}\u{2066}x\u{2069}\u{2028}y\u{2029}\u{8}\u{7F}\u{E0041}\u{E0042}"

    private func sandbox(_ server: TestServer?, notes: [String: String] = [:], settings: String = "") throws -> Sandbox
    {
        let sandbox = try Sandbox(article: Self.article, notes: notes, model: false)
        if let server {
            try sandbox.writeUserSettings(settings + "[provider]\nbase_url = \"\(server.url)/v1\"\nmodel = \"m-1\"\n")
        }
        return sandbox
    }

    private func path(_ sandbox: Sandbox) -> String { sandbox.project.appending(path: "article.md").path }

    private func draft(_ sandbox: Sandbox, _ more: [String]) throws -> Sandbox.Output {
        try sandbox.run(["draft", path(sandbox), "--section", "Middle"] + more)
    }

    private func json(_ output: Sandbox.Output) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: output.bytes) as? [String: Any], "\(output.output)")
    }

    private func holdsHazard(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x09, 0x0A: false
            case 0x00..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x206F, 0xE0000...0xE007F: true
            default: false
            }
        }
    }

    private func kept(_ sandbox: Sandbox) throws -> [String] {
        let folder = sandbox.folder.appending(path: "home/.local/state/longhand/answers").path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try names.sorted().map { name in
            let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            return try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
        }
    }

    @Test func nothingForPeopleCarriesWhatATerminalObeys() throws {
        let server = try TestServer.chatCompletions(chunks: ["Zebra ", Self.hostile, " stripes.[^1]"])
        defer { server.stop() }
        let note =
            "---\ntitle: \"Zebra \(Self.hostile.filter { $0 != "\u{2028}" && $0 != "\u{2029}" })\"\n---\n\n# Zebra\(Self.hostile)\n\nZebra facts \(Self.hostile) here.\n"
        let sandbox = try sandbox(server, notes: ["zebra\u{1B}[1m\u{202E}.md": note])
        let project = ["-p", sandbox.project.path]
        #expect(try sandbox.run(["index"] + project).status == 0)
        let commands = [
            ["ask", "Zebra?"] + project, ["search", "zebra"] + project, ["search", "zebra", "--explain"] + project,
            ["status"] + project,
            ["draft", path(sandbox), "--section", "Middle", "--instruction", "zebra"],
            ["draft", path(sandbox), "--section", "Middle", "--instruction", "zebra", "--dry-run"],
            ["refine", path(sandbox), "--section", "Middle", "--as", "tighten"], ["related", path(sandbox)],
            ["outline", path(sandbox)],
            ["search", "zebra", "--where", "a\u{1B}[1m\u{202E} >"] + project,
            ["draft", "no\u{1B}[1m\u{202E}\nlonghand: all is well.md", "--section", "A"],
            ["ser\u{1B}[1mch", "--\u{202E}x"],
        ]
        for command in commands {
            let plain = try sandbox.run(command)
            #expect(
                !holdsHazard(plain.output) && !holdsHazard(plain.errors),
                "\(command): \(plain.output.debugDescription) \(plain.errors.debugDescription)")
            let json = try sandbox.run(command + ["--json"])
            #expect(
                !holdsHazard(json.output) && !holdsHazard(json.errors), "\(command): \(json.output.debugDescription)")
        }
        let found = try json(sandbox.run(["search", "zebra", "--json"] + project))
        let hit = try #require((found["hits"] as? [[String: Any]])?.first)
        #expect((hit["passage"] as? String)?.contains("\u{1B}[2J") == true)
        let answer = try json(sandbox.run(["ask", "Zebra?", "--json"] + project))
        #expect((answer["text"] as? String)?.contains("\u{1B}[2J") == true)
        // A name with a line end forges no line.
        let forged = try sandbox.run(["outline", "no\nlonghand: all is well.md"])
        #expect(forged.errors.split(separator: "\n").count == 1)
    }

    @Test func whatComesIntoTheArticleIsPlain() throws {
        let server = try TestServer.chatCompletions(chunks: ["Zebra\t", Self.hostile, " stripes.[^1]"])
        defer { server.stop() }
        let sandbox = try sandbox(server, notes: ["zebra.md": "# Zebra\(Self.hostile)\n\nZebra facts.\n"])
        #expect(try sandbox.run(["index", "-p", sandbox.project.path]).status == 0)
        let applied = try draft(sandbox, ["--instruction", "zebra", "--apply"])
        #expect(applied.status == 0, "\(applied.errors)")
        let text = try sandbox.read("article.md")
        #expect(text.contains("Zebra\t") && text.contains("stripes.[^") && text.contains("notes/zebra.md:3"))
        #expect(!holdsHazard(text))
    }

    private static let empty: [(String, Response)] = [
        ("nothing", .chatCompletions(chunks: [])),
        ("blanks", .chatCompletions(chunks: [" \n", "\t\u{3000}\u{200B}\u{FEFF}\u{2060}\n"])),
        ("only hidden", .chatCompletions(chunks: ["\u{E0041}\u{202E}\u{1B}"])),
        ("thoughts", .chatCompletions(chunks: ["<think>", "Let me see.", "</think>\n\n"])),
        ("thoughts without an end", .chatCompletions(chunks: ["<think>Let me see."], finishReason: "length")),
        ("several thoughts", .chatCompletions(chunks: ["<think>a</think>\n<thinking>b</thinking>"])),
        ("no room", .chatCompletions(chunks: [], finishReason: "length")),
        ("a heading", .chatCompletions(chunks: ["## Middle\n\n"])),
        ("a fence", .chatCompletions(chunks: ["```markdown\n\n```"])),
        (
            "tools",
            .events([
                .text(
                    #"data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"run","arguments":"{}"}}]},"finish_reason":null}]}"#
                        + "\n\n"),
                .text(#"data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"# + "\n\ndata: [DONE]\n\n"),
            ])
        ),
        ("a document", .json(#"{"choices":[{"message":{"content":null},"finish_reason":"stop"}]}"#)),
        ("the filter", .chatCompletions(chunks: [], finishReason: "content_filter")),
    ]

    @Test func anAnswerWithoutTextIsAFailureAndReplacesNothing() throws {
        for (what, response) in Self.empty {
            let server = try TestServer { _ in response }
            defer { server.stop() }
            let sandbox = try sandbox(server)
            for more in [["--apply"], ["--apply-incomplete"], [], ["--json"]] {
                let output = try draft(sandbox, more)
                #expect(output.status == 4, "\(what) \(more): \(output.errors)")
                #expect(output.errors.contains("longhand: "), "\(what): \(output.errors)")
                #expect(try sandbox.read("article.md") == Self.article, "\(what)")
            }
            #expect(
                try sandbox.run(["refine", path(sandbox), "--section", "Middle", "--as", "clarify", "--apply"]).status
                    == 4, "\(what)")
            #expect(try sandbox.read("article.md") == Self.article, "\(what)")
            // For a question a heading is an answer.
            if what != "a heading", what != "a fence" {
                #expect(try sandbox.run(["ask", "Why?", "-p", sandbox.project.path]).status == 4, "\(what)")
            }
        }
    }

    @Test func whatIsReplacedIsAVersionFirst() throws {
        let server = try TestServer.chatCompletions(chunks: ["The new words."])
        defer { server.stop() }
        let sandbox = try sandbox(server)
        let none = try sandbox.run(["versions", path(sandbox), "--json"])
        #expect(none.status == 1)
        #expect(try json(none)["version"] as? Int == 1 && (json(none)["versions"] as? [Any])?.isEmpty == true)
        #expect(try draft(sandbox, ["--apply"]).status == 0)
        #expect(try sandbox.read("article.md").contains("The new words."))
        #expect(
            try json(sandbox.run(["versions", path(sandbox), "--json"]))["versions"].map { ($0 as? [Any])?.count } == 2)
        #expect(try sandbox.run(["versions", path(sandbox), "--restore", "2"]).status == 0)
        #expect(try sandbox.read("article.md") == Self.article)
    }

    @Test func withoutVersionsItIsKeptBeside() throws {
        let server = try TestServer.chatCompletions(chunks: ["The new words."])
        defer { server.stop() }
        let sandbox = try sandbox(server, settings: "versions = \"off\"\n")
        let output = try draft(sandbox, ["--apply"])
        #expect(output.status == 0, "\(output.errors)")
        #expect(try kept(sandbox) == [Self.article])
        #expect(output.errors.contains("/answers/"))
    }

    @Test func whatCanNotBeKeptIsNotReplaced() throws {
        let server = try TestServer.chatCompletions(chunks: ["The new words."])
        defer { server.stop() }
        let sandbox = try sandbox(server)
        let state = sandbox.folder.appending(path: "home/.local/state/longhand")
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        try Data("no folder".utf8).write(to: state.appending(path: "versions"))
        let output = try draft(sandbox, ["--apply"])
        #expect(output.status == 3, "\(output.errors)")
        #expect(try sandbox.read("article.md") == Self.article)
    }

    private static let cut: [(String, Response)] = [
        ("length", .chatCompletions(chunks: ["Half of the words"], finishReason: "length")),
        ("filter", .chatCompletions(chunks: ["Half of the words"], finishReason: "content_filter")),
        ("unknown", .chatCompletions(chunks: ["Half of the words"], finishReason: "lost interest")),
        ("cut", .events([.text(Response.delta("Half of the words")), .pause(milliseconds: 60), .cut])),
        (
            "error",
            .events([
                .text(Response.delta("Half of the words")), .text("data: {\"error\":{\"message\":\"overloaded\"}}\n\n"),
            ])
        ),
    ]

    @Test func whatIsNotTheWholeAnswerIsKeptAndAppliedOnlyWhenSaid() throws {
        for (what, response) in Self.cut {
            let server = try TestServer { _ in response }
            defer { server.stop() }
            let sandbox = try sandbox(server)
            let refused = try draft(sandbox, ["--apply"])
            #expect(refused.status == 4, "\(what): \(refused.errors)")
            #expect(try sandbox.read("article.md") == Self.article)
            #expect(try kept(sandbox) == ["Half of the words"], "\(what)")
            #expect(refused.errors.contains("/answers/"), "\(what): \(refused.errors)")
            let applied = try draft(sandbox, ["--apply-incomplete"])
            #expect(applied.status == 0, "\(what): \(applied.errors)")
            #expect(try sandbox.read("article.md").contains("\n\nHalf of the words\n\n## End"))
            #expect(try kept(sandbox).count == 2)
        }
    }

    @Test func aFilteredAnswerIsShownKeptAndToldInJSON() throws {
        let server = try TestServer.init { _ in .chatCompletions(chunks: ["Half of it"], finishReason: "length") }
        defer { server.stop() }
        let sandbox = try sandbox(server)
        let shown = try sandbox.run(["ask", "Why?", "-p", sandbox.project.path])
        #expect(shown.status == 0 && shown.output == "Half of it\n" && shown.errors.contains("not complete"))
        let told = try json(draft(sandbox, ["--json"]))
        #expect(
            told["version"] as? Int == 1 && told["complete"] as? Bool == false
                && told["text"] as? String == "Half of it")
        let place = try #require(told["kept_in"] as? String)
        #expect(try String(contentsOfFile: place, encoding: .utf8) == "Half of it")
        #expect(try kept(sandbox).count == 2)
    }

    @Test func whatWouldBeSentHasAVersionAsJSON() throws {
        let sandbox = try sandbox(nil)
        for command in [
            ["draft", path(sandbox), "--section", "Middle"],
            ["refine", path(sandbox), "--section", "Middle", "--as", "clarify"],
            ["ask", "Why?", "-p", sandbox.project.path],
        ] {
            let output = try sandbox.run(command + ["--dry-run", "--json"])
            #expect(output.status == 0, "\(output.errors)")
            let document = try json(output)
            #expect(document["version"] as? Int == 1)
            #expect(((document["request"] as? [String: Any])?["messages"] as? [Any])?.count == 2)
        }
    }
}
