import Foundation
import TestServer
import TestTerminal
import Testing

/// A project that was cloned gets no key of the writer's, and sends nothing that the writer didn't agree to.
@Suite(.serialized) struct ProviderTrustTests {
    private static let article = "# Title\n\n## Middle\n\nWords about bread.\n"
    private static let secret = "sk-SECRET-of-the-writer"

    private func sandbox(mine: String, project: String, more: String = "") throws -> Sandbox {
        let sandbox = try Sandbox(article: Self.article, settings: project, model: false)
        try sandbox.writeUserSettings(
            "[provider]\nbase_url = \"\(mine)/v1\"\nmodel = \"m\"\nkey_command = \"echo \(Self.secret)\"\n" + more)
        sandbox.set("STOLEN", Self.secret)
        return sandbox
    }

    private func draft(_ sandbox: Sandbox, _ more: [String] = []) throws -> Sandbox.Output {
        try sandbox.run(["draft", sandbox.project.path + "/article.md", "--section", "Middle"] + more)
    }

    private func answering() throws -> TestServer { try TestServer.chatCompletions(chunks: ["An answer."]) }

    private func keys(_ server: TestServer) -> [String?] { server.requests.map { $0.header("Authorization") } }

    @Test func aProjectsAddressGetsNothingUntilAgreedAndNeverTheWritersKey() throws {
        let mine = try answering()
        let evil = try answering()
        defer {
            mine.stop()
            evil.stop()
        }
        let sandbox = try sandbox(mine: mine.url, project: "[provider]\nbase_url = \"\(evil.url)/v1\"\n")
        for arguments in [
            ["draft", sandbox.project.path + "/article.md", "--section", "Middle"],
            ["refine", sandbox.project.path + "/article.md", "--section", "Middle", "--as", "tighten"],
            ["ask", "why?", "-p", sandbox.project.path],
        ] {
            let result = try sandbox.run(arguments)
            #expect(result.status == 3, "\(result.errors)")
            for words in ["longhand.toml", evil.url, "no key", "--trust-project", "--profile", "Nothing was sent"] {
                #expect(result.errors.contains(words), "\(words): \(result.errors)")
            }
        }
        #expect(evil.requests.isEmpty && mine.requests.isEmpty)

        let agreed = try draft(sandbox, ["--trust-project"])
        #expect(agreed.status == 0, "\(agreed.errors)")
        // Agreed once for this project and this address.
        #expect(try draft(sandbox).status == 0)
        #expect(keys(evil) == [nil, nil] && mine.requests.isEmpty)
        try sandbox.write("[provider]\nbase_url = \"\(evil.url)/v2\"\n", to: "longhand.toml")
        #expect(try draft(sandbox).status == 3)
        try sandbox.write("[provider]\nbase_url = \"\(evil.url)/v1\"\nmodel = \"dear\"\n", to: "longhand.toml")
        #expect(try draft(sandbox).status == 3)
        #expect(evil.requests.count == 2)
        // The writer's own is one flag away, with its key.
        #expect(try draft(sandbox, ["--profile", "default"]).status == 0)
        #expect(keys(mine) == ["Bearer \(Self.secret)"] && evil.requests.count == 2)
        #expect(try sandbox.holds(Self.secret).isEmpty)
    }

    @Test func aProjectsKeyIsAskedAboutAndAChangeOfItAnew() throws {
        let mine = try answering()
        let theirs = try answering()
        defer {
            mine.stop()
            theirs.stop()
        }
        let start = "profile = \"theirs\"\n[providers.theirs]\nbase_url = \"\(theirs.url)\"\nmodel = \"t\"\n"
        let sandbox = try sandbox(mine: mine.url, project: start)
        #expect(try draft(sandbox, ["--trust-project"]).status == 0)
        #expect(keys(theirs) == [nil])
        try sandbox.write(start + "key_env = \"STOLEN\"\n", to: "longhand.toml")
        let refused = try draft(sandbox)
        #expect(refused.status == 3 && refused.errors.contains("environment variable STOLEN"))
        // A key alone, for the writer's own address, is asked about as well.
        try sandbox.write("[provider]\nkey_env = \"STOLEN\"\n", to: "longhand.toml")
        let alone = try draft(sandbox)
        #expect(alone.status == 3 && alone.errors.contains("STOLEN") && alone.errors.contains("longhand.toml"))
        #expect(theirs.requests.count == 1 && mine.requests.isEmpty)
        #expect(!(refused.errors + alone.errors).contains(Self.secret))
    }

    @Test func anotherProjectIsAskedAboutByItself() throws {
        let evil = try answering()
        defer { evil.stop() }
        let settings = "[provider]\nbase_url = \"\(evil.url)\"\nmodel = \"m\"\n"
        let sandbox = try sandbox(mine: "https://mine.example", project: settings)
        #expect(try draft(sandbox, ["--trust-project"]).status == 0)
        let other = sandbox.folder.appending(path: "other")
        try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
        try Data(settings.utf8).write(to: other.appending(path: "longhand.toml"))
        try Data(Self.article.utf8).write(to: other.appending(path: "article.md"))
        #expect(try sandbox.run(["draft", other.path + "/article.md", "--section", "Middle"]).status == 3)
        #expect(evil.requests.count == 1)
    }

    @Test func aProfileOfTheWritersIsUsedWithoutAQuestionAndItsNameIsNoWayAround() throws {
        let mine = try answering()
        let work = try answering()
        let evil = try answering()
        defer { for server in [mine, work, evil] { server.stop() } }
        let more = "[providers.work]\nbase_url = \"\(work.url)\"\nmodel = \"w\"\nkey_env = \"STOLEN\"\n"
        let sandbox = try sandbox(mine: mine.url, project: "profile = \"work\"\n", more: more)
        #expect(try draft(sandbox).status == 0)
        #expect(keys(work) == ["Bearer \(Self.secret)"])
        try sandbox.write("profile = \"work\"\n[providers.work]\nbase_url = \"\(evil.url)\"\n", to: "longhand.toml")
        let shadowing = try draft(sandbox)
        #expect(shadowing.status == 3 && shadowing.errors.contains(evil.url))
        #expect(try draft(sandbox, ["--profile", "work"]).status == 0)
        #expect(work.requests.count == 2 && evil.requests.isEmpty && mine.requests.isEmpty)
    }

    @Test func theEnvironmentsAddressGetsNoKeyOfAFile() throws {
        let mine = try answering()
        let other = try answering()
        defer {
            mine.stop()
            other.stop()
        }
        let sandbox = try sandbox(mine: mine.url, project: "")
        sandbox.set("LONGHAND_PROVIDER_URL", other.url + "/v1")
        #expect(try draft(sandbox).status == 0)
        #expect(keys(other) == [nil] && mine.requests.isEmpty)
        sandbox.set("LONGHAND_PROVIDER_KEY_ENV", "STOLEN")
        #expect(try draft(sandbox).status == 0)
        #expect(keys(other) == [nil, "Bearer \(Self.secret)"])
    }

    @Test func inATerminalItAsks() throws {
        let evil = try answering()
        defer { evil.stop() }
        let sandbox = try sandbox(mine: "https://mine.example", project: "[provider]\nbase_url = \"\(evil.url)\"\n")
        let arguments = ["draft", sandbox.project.path + "/article.md", "--section", "Middle"]
        let no = try sandbox.studio(arguments)
        try no.wait(for: "[y/N]")
        #expect(no.screen.text.contains("It is not the profile “default” of"))
        no.send("\r")
        #expect(try no.waitForExit() == 3)
        #expect(evil.requests.isEmpty)
        let yes = try sandbox.studio(arguments)
        try yes.wait(for: "[y/N]")
        yes.send("y\r")
        #expect(try yes.waitForExit() == 0)
        #expect(evil.requests.count == 1)
    }

    @Test func theStudiosPanelAsksWithAKeyOfItsOwn() throws {
        let evil = try answering()
        defer { evil.stop() }
        let sandbox = try sandbox(
            mine: "https://mine.example", project: "[provider]\nbase_url = \"\(evil.url)\"\nkey_env = \"STOLEN\"\n")
        let studio = try sandbox.studio()
        try studio.wait(for: "Words about bread")
        studio.send("\u{06}Middle\r\u{1B}d")
        try studio.wait(for: "What should the draft do?")
        studio.send("\r")
        try studio.wait(for: "y agree and send")
        for words in [evil.url, "longhand.toml", "variable STOLEN", "not you"] {
            #expect(studio.screen.text.contains(words), "\(words)")
        }
        studio.send("\r")
        studio.send("y")
        try studio.wait(for: "An answer.")
        studio.send("r")
        try studio.wait(for: "Rejected")
        studio.send("\u{1B}d")
        try studio.wait(for: "What should the draft do?")
        studio.send("\r")
        try studio.wait(for: "Enter send")
        studio.send("\u{1B}")
        try studio.wait(for: "Nothing was sent")
        studio.send("\u{11}")
        #expect(try studio.waitForExit() == 0)
        #expect(evil.requests.count == 1)
        // The panel's word holds for the command line too.
        #expect(try draft(sandbox).status == 0)
    }

    @Test func plainHTTPLeavesThisMachineOnlyWhereTheWriterSaysSo() throws {
        let proxy = try answering()
        defer { proxy.stop() }
        for host in ["10.255.255.1", "nowhere.local", "longhand-nowhere", "127.0.0.1.longhand.invalid"] {
            let sandbox = try sandbox(mine: "http://\(host)", project: "")
            for name in ["http_proxy", "all_proxy", "ALL_PROXY"] { sandbox.set(name, proxy.url) }
            let result = try draft(sandbox)
            #expect(
                result.status == 3 && result.errors.contains("plain http")
                    && result.errors.contains("allow_plain_http"), "\(result.errors)")
        }
        let allowed = try sandbox(mine: "http://longhand.invalid", project: "", more: "allow_plain_http = true\n")
        allowed.set("http_proxy", proxy.url)
        #expect(try draft(allowed).status == 4)
        #expect(proxy.requests.isEmpty)
    }

    @Test func aRedirectElsewhereIsNamedAndNotFollowed() throws {
        let other = try answering()
        let elsewhere = other.url + "/v1/chat/completions"
        let mine = try TestServer { _ in .redirect(302, to: elsewhere) }
        defer {
            mine.stop()
            other.stop()
        }
        let result = try draft(sandbox(mine: mine.url, project: ""))
        #expect(result.status == 4 && !result.output.contains("An answer"))
        #expect(result.errors.contains(mine.url) && result.errors.contains(other.url))
        #expect(other.requests.isEmpty)
    }

    @Test func configAndDoctorShowProfilesAndOriginsButNoKey() throws {
        let sandbox = try sandbox(
            mine: "https://mine.example", project: "[provider]\nbase_url = \"https://evil.example\"\n",
            more: "[providers.work]\nbase_url = \"https://work.example\"\nmodel = \"w\"\nkey_env = \"STOLEN\"\n")
        let config = try sandbox.run(["config", "-p", sandbox.project.path])
        #expect(
            config.output.contains("provider.base_url = https://evil.example  [\(sandbox.project.path)/longhand.toml]"))
        #expect(config.output.contains("providers.work.key_env = STOLEN  ["))
        #expect(config.output.contains("providers.default.key_command = (a command)"))
        let doctor = try sandbox.run(["doctor", "-p", sandbox.project.path])
        #expect(doctor.output.contains("warn  provider default: https://evil.example"))
        #expect(doctor.output.contains("ok    provider work: https://work.example, model w"))
        #expect(!(config.output + doctor.output).contains(Self.secret))
    }

    /// What a clone brings along as links: the writer's files elsewhere are neither opened unasked nor written.
    @Test func linksOfAProjectLeadNowhereUnasked() throws {
        let sandbox = try Sandbox(article: "# Mine\n", settings: "article = \"../home/private.md\"\n", model: false)
        let outside = sandbox.folder.appending(path: "home/private.md")
        try Data("# Private\n".utf8).write(to: outside)
        let opened = try sandbox.run([sandbox.project.path])
        #expect(opened.status == 3 && opened.errors.contains("leads out of the project"))
        try sandbox.write("", to: "longhand.toml")
        try FileManager.default.createSymbolicLink(
            atPath: sandbox.project.path + "/article.export.md", withDestinationPath: outside.path)
        let export = try sandbox.run(["export", sandbox.project.path + "/article.md"])
        #expect(export.status == 3 && export.errors.contains("article.export.md is a link"))
        #expect(try String(contentsOf: outside, encoding: .utf8) == "# Private\n")
    }
}
