import Foundation
import TestServer
import TestTerminal
import Testing

/// What never leaves isn't said to: neither asked about, nor announced, nor called well.
@Suite(.serialized) struct RefusedRequestTests {
    private static let article = "# Title\n\n## Middle\n\nWords about bread.\n"

    private func sandbox(mine: String, project: String = "") throws -> Sandbox {
        let sandbox = try Sandbox(article: Self.article, settings: project, model: false)
        try sandbox.writeUserSettings(mine)
        return sandbox
    }

    private func draft(_ sandbox: Sandbox, _ more: [String] = []) throws -> Sandbox.Output {
        try sandbox.run(["draft", sandbox.project.path + "/article.md", "--section", "Middle"] + more)
    }

    private static let plain = "[provider]\nbase_url = \"http://10.255.255.1/v1\"\nmodel = \"m\"\n"

    @Test func nothingIsAnnouncedThatIsRefused() throws {
        let server = try TestServer.chatCompletions(chunks: ["An answer."])
        defer { server.stop() }
        let here = "[provider]\nbase_url = \"\(server.url)\"\nmodel = \"m\"\n"
        for (mine, reason) in [
            (Self.plain, "plain http"), (here + "key_env = \"LONGHAND_UNSET\"\n", "LONGHAND_UNSET"),
            (here + "key_command = \"exit 3\"\n", "command for the provider's key"),
        ] {
            let result = try draft(sandbox(mine: mine))
            #expect(result.status == 3 && result.errors.contains(reason), "\(result.errors)")
            #expect(!result.errors.contains("Sending to"), "\(result.errors)")
        }
        #expect(server.requests.isEmpty)
        let dry = try draft(sandbox(mine: Self.plain), ["--dry-run"])
        #expect(
            dry.status == 0 && dry.errors.contains("Would send to http://10.255.255.1")
                && dry.errors.contains("plain http"))
        let sent = try draft(sandbox(mine: here))
        #expect(sent.status == 0 && sent.errors.contains("Sending to \(server.url), to the model m: no notes"))
    }

    @Test func nobodyAgreesToWhatIsRefused() throws {
        let sandbox = try sandbox(mine: "", project: Self.plain)
        let trusted = try draft(sandbox, ["--trust-project"])
        #expect(trusted.status == 3 && trusted.errors.contains("plain http"))
        #expect(!FileManager.default.fileExists(atPath: sandbox.folder.path + "/home/.local/state/longhand/providers"))
        let studio = try sandbox.studio()
        try studio.wait(for: "Words about bread")
        studio.send("\u{1B}d")
        try studio.wait(for: "plain http")
        #expect(!studio.screen.text.contains("What should the draft do?"))
        studio.send("\u{11}")
        #expect(try studio.waitForExit() == 0)
    }

    @Test func doctorCallsNothingWellThatWouldBeRefused() throws {
        let mine =
            Self.plain
            + "[providers.unset]\nbase_url = \"https://u.example\"\nmodel = \"m\"\nkey_env = \"LONGHAND_UNSET\"\n"
            + "[providers.half]\nbase_url = \"https://h.example\"\n"
            + "[providers.allowed]\nbase_url = \"http://a.example\"\nmodel = \"m\"\nallow_plain_http = true\n"
        let project =
            "[providers.theirs]\nbase_url = \"https://t.example\"\nmodel = \"t\"\n"
            + "[providers.open]\nbase_url = \"http://o.example\"\nmodel = \"o\"\n"
        let sandbox = try sandbox(mine: mine, project: project)
        let output = try sandbox.run(["doctor", "-p", sandbox.project.path]).output
        let lines = output.split(separator: "\n").filter { $0.contains("provider ") }
        func line(_ name: String) -> String { lines.first { $0.contains("provider \(name):") }.map(String.init) ?? "" }
        #expect(line("default").hasPrefix("warn") && line("default").contains("plain http"))
        #expect(line("unset").hasPrefix("warn") && line("unset").contains("LONGHAND_UNSET is not set"))
        #expect(line("half").hasPrefix("warn") && line("half").contains("model is not set"))
        #expect(line("allowed").hasPrefix("ok"))
        #expect(line("theirs").hasPrefix("warn") && line("theirs").contains("did not agree"))
        #expect(line("open").hasPrefix("warn") && line("open").contains("plain http"))
        #expect(lines.count == 6, "\(output)")
    }

    @Test func configShowsEveryProfileOfTheProject() throws {
        let project =
            "profile = \"work\"\n[providers.work]\nmodel = \"dear\"\n[providers.theirs]\nbase_url = \"https://t.example\"\n"
        let sandbox = try sandbox(
            mine: "[providers.work]\nbase_url = \"https://w.example\"\nmodel = \"w\"\n", project: project)
        let file = sandbox.project.path + "/longhand.toml]"
        let output = try sandbox.run(["config", "-p", sandbox.project.path]).output
        #expect(output.contains("providers.theirs.base_url = https://t.example  [\(file)"))
        #expect(output.contains("providers.work.model = w  ["))
        #expect(output.contains("providers.work.model = dear  [\(file)"))
        #expect(output.contains("provider.model = dear  [\(file)"))
        let json = try sandbox.run(["config", "-p", sandbox.project.path, "--json"]).output
        #expect(json.contains("\"providers.theirs.base_url\""))
    }

    @Test func thoughtsAreNoPartOfTheAnswer() throws {
        let server = try TestServer.chatCompletions(chunks: [
            "<thi", "nk>Secret [1]", " thoughts</th", "ink>\n\n", "Real ", "words.",
        ])
        defer { server.stop() }
        let sandbox = try sandbox(mine: "[provider]\nbase_url = \"\(server.url)\"\nmodel = \"m\"\n")
        let drafted = try draft(sandbox)
        #expect(drafted.status == 0 && drafted.output == "Real words.\n", "\(drafted.output)")
        let asked = try sandbox.run(["ask", "why?", "-p", sandbox.project.path])
        #expect(asked.output == "Real words.\n", "\(asked.output)")
        let json = try sandbox.run(["ask", "why?", "-p", sandbox.project.path, "--json"]).output
        #expect(json.contains("\"text\":\"Real words.\"") && !json.contains("Secret"), "\(json)")
        #expect(!json.contains("[1]"))
    }
}
