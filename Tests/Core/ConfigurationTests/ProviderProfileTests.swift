import Foundation
import Testing

@testable import Configuration

/// Which provider is in force, and that a key goes nowhere but to the address it was configured with.
@Suite final class ProviderProfileTests {
    private let folder: Folder
    private var paths: Paths { Paths(environment: ["HOME": folder.path, "XDG_CONFIG_HOME": folder.path + "/user"]) }
    private var userFile: String { folder.path + "/user/longhand/config.toml" }
    private var projectFile: String { folder.path + "/project/longhand.toml" }

    private static let mine = """
        [provider]
        base_url = "https://mine.example/v1"
        model = "m"
        key_command = "pass show mine"
        max_tokens = 500

        [providers.work]
        base_url = "https://work.example/v1"
        model = "w"
        key_env = "WORK_KEY"
        allow_plain_http = true

        """

    init() throws { folder = try Folder() }

    private func load(
        user: String = ProviderProfileTests.mine, project: String? = nil, environment: [String: String] = [:],
        profile: String? = nil
    ) throws -> Settings {
        try folder.write(user, to: "user/longhand/config.toml")
        if let project { try folder.write(project, to: "project/longhand.toml") }
        return try Settings.load(
            projectRoot: folder.path + "/project", paths: paths, environment: environment,
            overrides: SettingsOverrides(profile: profile))
    }

    private func provider(
        user: String = ProviderProfileTests.mine, project: String? = nil, environment: [String: String] = [:],
        profile: String? = nil
    ) throws -> ProviderProfile {
        let settings = try load(user: user, project: project, environment: environment, profile: profile)
        #expect(settings.providerProblem == nil)
        return settings.provider
    }

    private func error(user: String = "", project: String? = nil, environment: [String: String] = [:])
        -> ConfigurationError?
    {
        #expect(throws: ConfigurationError.self) { try load(user: user, project: project, environment: environment) }
    }

    @Test func theOldTableIsTheProfileDefault() throws {
        let settings = try load()
        #expect(settings.provider.name == "default" && settings.provider.baseURL == "https://mine.example/v1")
        #expect(settings.provider.key == .command("pass show mine") && settings.provider.maxTokens == 500)
        #expect(!settings.provider.isOfProject && settings.provider.isConfigured)
        #expect(settings.origins["provider.base_url"] == userFile && settings.provider.keyOrigin == userFile)
        #expect(settings.profiles.map(\.name) == ["default", "work"])
    }

    @Test func whatIsCloserChoosesTheProfile() throws {
        #expect(try provider(user: "profile = \"work\"\n" + Self.mine).name == "work")
        #expect(try provider(project: "profile = \"work\"\n").key == .environment("WORK_KEY"))
        #expect(try !provider(project: "profile = \"work\"\n").isOfProject)
        #expect(try provider(environment: ["LONGHAND_PROFILE": "default"]).name == "default")
        #expect(try provider(environment: ["LONGHAND_PROFILE": "default"], profile: "work").name == "work")
    }

    @Test func aProfileThatIsMissingIsNamedOnlyWhenOneIsWanted() throws {
        let settings = try load(project: "theme = \"ink\"\nprofile = \"theirs\"\n")
        #expect(
            settings.providerProblem
                == .unknownProfile(path: projectFile, line: 2, name: "theirs", known: ["default", "work"]))
        #expect(!settings.provider.isConfigured && settings.theme == "ink")
        #expect(
            try load(project: "", profile: "no").providerProblem
                == .unknownProfile(path: "--profile", line: nil, name: "no", known: ["default", "work"]))
        let named = "[providers.work]\nbase_url = \"https://work.example\"\nmodel = \"w\"\n"
        #expect(try load(user: named).providerProblem == .noProfileChosen(known: ["work"]))
    }

    /// The fault: the writer's key went to whatever address the project named.
    @Test(arguments: [
        "https://evil.example/v1", "https://mine.example.evil/v1", "http://mine.example/v1",
        "https://mine.example:444/v1", "https://mine.example/v2",
    ])
    func anAddressOfTheProjectGetsNoKeyOfTheWriters(address: String) throws {
        let profile = try provider(project: "[provider]\nbase_url = \"\(address)\"\n")
        #expect(profile.baseURL == address && profile.key == .none)
        #expect(profile.isOfProject && profile.isAddressOfProject && profile.addressOrigin == projectFile)
        #expect(profile.shadowed == userFile)
        // Nor the one that the environment names for the writer's own provider.
        let withVariable = try provider(environment: ["LONGHAND_PROVIDER_KEY_ENV": "MY_KEY"])
        #expect(withVariable.key == .none && withVariable.isOfProject)
    }

    @Test func aProjectsAddressCarriesNoPlainHTTPOfTheWriters() throws {
        let project = "profile = \"work\"\n[providers.work]\nbase_url = \"http://evil.example\"\n"
        let profile = try provider(project: project)
        #expect(profile.isOfProject && profile.key == .none && !profile.allowsPlainHTTP && profile.shadowed == userFile)
        // By hand the writer means the writer's own.
        for chosen in [
            try provider(project: project, profile: "work"),
            try provider(project: project, environment: ["LONGHAND_PROFILE": "work"]),
        ] {
            #expect(
                chosen.baseURL == "https://work.example/v1" && chosen.key == .environment("WORK_KEY")
                    && !chosen.isOfProject)
        }
    }

    @Test func aKeyThatTheProjectNamesIsTheProjects() throws {
        let profile = try provider(project: "[provider]\nkey_env = \"AWS_SECRET\"\n")
        #expect(profile.baseURL == "https://mine.example/v1" && profile.key == .environment("AWS_SECRET"))
        #expect(profile.isOfProject && !profile.isAddressOfProject && profile.keyOrigin == projectFile)
        let own = try provider(environment: ["LONGHAND_PROVIDER_KEY_ENV": "MY_KEY"])
        #expect(own.key == .environment("MY_KEY") && !own.isOfProject)
    }

    @Test func aCommandForTheKeyIsTheUsersAlone() throws {
        for section in ["provider", "providers.x"] {
            #expect(
                error(project: "[\(section)]\nkey_command = \"touch /tmp/x\"\n")
                    == .commandInProject(path: projectFile, line: 2))
        }
    }

    @Test func theSameAddressAndNoKeyIsTheWritersOwn() throws {
        let profile = try provider(
            project: "[provider]\nbase_url = \"https://mine.example/v1/\"\nmodel = \"better\"\ntemperature = 1\n")
        #expect(profile.key == .command("pass show mine") && !profile.isOfProject)
        #expect(profile.model == "better" && profile.temperature == 1 && profile.origins["model"] == projectFile)
    }

    @Test func aProjectsOwnProfileIsMarked() throws {
        let project =
            "profile = \"theirs\"\n[providers.theirs]\nbase_url = \"https://theirs.example\"\nmodel = \"t\"\nkey_env = \"THEIR_KEY\"\n"
        for profile in [try provider(project: project), try provider(profile: "theirs")] {
            #expect(
                profile.isOfProject && profile.name == "theirs" && profile.key == .environment("THEIR_KEY")
                    && profile.shadowed == nil)
        }
        // It isn't among the writer's.
        #expect(try load().profiles.map(\.name) == ["default", "work"])
    }

    @Test func anAddressOfTheEnvironmentBringsItsOwnKeyOrNone() throws {
        let url = ["LONGHAND_PROVIDER_URL": "https://env.example/v1"]
        var profile = try provider(environment: url)
        #expect(
            profile.baseURL == "https://env.example/v1" && profile.key == .none && profile.model == "m"
                && !profile.isOfProject)
        // Not even the address that the key is for keeps it.
        #expect(try provider(environment: ["LONGHAND_PROVIDER_URL": "https://mine.example/v1"]).key == .none)
        #expect(try !provider(project: "profile = \"work\"\n", environment: url).allowsPlainHTTP)
        profile = try provider(
            project: "[provider]\nbase_url = \"https://evil.example\"\nkey_env = \"AWS_SECRET\"\n",
            environment: url.merging(["LONGHAND_PROVIDER_KEY_ENV": "A_KEY", "LONGHAND_PROVIDER_MODEL": "e"]) { $1 })
        #expect(
            profile.baseURL == "https://env.example/v1" && profile.key == .environment("A_KEY") && profile.model == "e"
                && !profile.isOfProject)
        #expect(try load(environment: url).origins["provider.base_url"] == "LONGHAND_PROVIDER_URL")
        // A flag is closer than a variable.
        #expect(try provider(project: "", environment: url, profile: "work").baseURL == "https://work.example/v1")
    }

    @Test func aKeyInPlaceOfAVariablesNameIsNotRepeated() {
        let found = error(environment: ["LONGHAND_PROVIDER_KEY_ENV": "sk-abc-123"])
        #expect(found == .literalKey(path: "LONGHAND_PROVIDER_KEY_ENV", line: nil))
        for section in ["provider", "providers.x"] {
            let found = error(user: "[\(section)]\nmodel = \"m\"\nkey_env = \"sk-abc-123\"\n")
            #expect(found == .literalKey(path: userFile, line: 3) && found?.description.contains("sk-abc") == false)
        }
    }

    @Test(arguments: [
        "ftp://mine.example", "mine.example/v1", "https://user:secret@mine.example",
        "https://mine.example@evil.example", "https://mine.example/v1?key=secret",
        "https://mine.example/#secret", "https://mine.example\\\\@evil.example", "https://mine.example/ secret",
        "https://mïne.example",
    ])
    func anAddressIsSchemeHostAndPath(address: String) {
        for section in ["provider", "providers.x", "embedding"] {
            guard
                case .badValue(userFile, 3, section + ".base_url", _)? = error(
                    user: "[\(section)]\nmodel = \"m\"\nbase_url = \"\(address)\"\n")
            else {
                Issue.record("\(section) \(address)")
                continue
            }
        }
        #expect(error(environment: ["LONGHAND_PROVIDER_URL": address])?.description.contains("secret") == false)
    }

    @Test func tablesAreToldApartByTheirLines() {
        let user = "[providers.a]\nmodel = \"m\"\n\n[providers.b]\nmodel = 3\n"
        guard case .unknownKey(userFile, _, "providers.b.modle", _)? = error(user: "[providers.b]\nmodle = 3\n") else {
            Issue.record("no unknownKey")
            return
        }
        guard case .wrongType(userFile, _, "providers.b.model", _)? = error(user: user) else {
            Issue.record("no wrongType")
            return
        }
        #expect(
            error(user: "[provider]\nmodel = \"m\"\n[providers.default]\nmodel = \"m\"\n")?.description.contains(
                "keep one of the two") == true)
        #expect(error(user: "[providers]\nwork = \"x\"\n")?.description.contains("[providers.work]") == true)
    }
}
