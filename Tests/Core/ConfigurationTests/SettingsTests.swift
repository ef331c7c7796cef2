import Diagnostics
import Foundation
import Testing

@testable import Configuration

/// Which setting counts, and what is said of one that is wrong.
@Suite final class SettingsTests {
    private let folder: Folder
    private var paths: Paths { Paths(environment: ["HOME": folder.path, "XDG_CONFIG_HOME": folder.path + "/user"]) }
    private var userFile: String { folder.path + "/user/longhand/config.toml" }
    private var projectFile: String { folder.path + "/project/longhand.toml" }

    init() throws { folder = try Folder() }

    private func load(
        user: String? = nil, project: String? = nil, environment: [String: String] = [:],
        overrides: SettingsOverrides = SettingsOverrides()
    ) throws -> Settings {
        if let user { try folder.write(user, to: "user/longhand/config.toml") }
        if let project { try folder.write(project, to: "project/longhand.toml") }
        return try Settings.load(
            projectRoot: folder.path + "/project", paths: paths, environment: environment, overrides: overrides)
    }

    private func error(user: String? = nil, project: String? = nil) -> ConfigurationError? {
        #expect(throws: ConfigurationError.self) { try load(user: user, project: project) }
    }

    @Test func withoutFilesTheDefaultsHold() throws {
        let settings = try load()
        #expect(settings == Settings())
        #expect(settings.origins.isEmpty)
        #expect(!settings.usesRemoteEmbedding)
    }

    @Test func precisionIsOneOfTwo() throws {
        #expect(try load(user: "precision = \"int8\"\n").precision == .int8)
        #expect(try load(overrides: SettingsOverrides(precision: .fp32)).precision == .fp32)
        let wrong = error(user: "theme = \"ink\"\nprecision = \"int4\"\n")
        #expect(wrong?.message.contains("precision") == true && wrong?.message.contains("2") == true, "\(wrong as Any)")
    }

    @Test func whatIsCloserCountsMore() throws {
        let user = "model = \"of-user\"\ntheme = \"of-user\"\n[editor]\ntab_width = 2\nwrap_width = 60\n"
        let project = "model = \"of-project\"\n[editor]\nwrap_width = 70\n"
        var settings = try load(user: user)
        #expect(settings.model == "of-user" && settings.origins["model"] == userFile)
        settings = try load(project: project)
        #expect(settings.model == "of-project" && settings.origins["model"] == projectFile)
        #expect(settings.theme == "of-user" && settings.tabWidth == 2 && settings.wrapWidth == 70)
        #expect(
            settings.origins["editor.tab_width"] == userFile && settings.origins["editor.wrap_width"] == projectFile)
        settings = try load(environment: ["LONGHAND_MODEL": "of-environment", "LONGHAND_THEME": ""])
        #expect(settings.model == "of-environment" && settings.origins["model"] == "LONGHAND_MODEL")
        #expect(settings.theme == "of-user")
        settings = try load(
            environment: ["LONGHAND_MODEL": "of-environment"],
            overrides: SettingsOverrides(model: "of-flag", theme: "of-flag"))
        #expect(settings.model == "of-flag" && settings.origins["model"] == "--model")
        #expect(settings.theme == "of-flag")
    }

    @Test func punctuationIsAsTypedUnlessTheSettingsSayOtherwise() throws {
        #expect(try !load().writing.smartPunctuation && !load().writing.chinesePunctuation)
        let settings = try load(project: "[editor]\nsmart_punctuation = true\nchinese_punctuation = true\n")
        #expect(settings.writing.smartPunctuation && settings.writing.chinesePunctuation)
        #expect(settings.origins["editor.smart_punctuation"] == projectFile)
    }

    @Test func everySectionIsRead() throws {
        let settings = try load(
            project: """
                article = "a.md"
                [notes]
                include = ["x/**"]
                exclude = ["y"]
                [scopes]
                notes = "share"
                "notes/private" = "ignore"
                [provider]
                base_url = "https://a.example/v1"
                model = "m"
                key_env = "A_KEY"
                temperature = 1
                max_tokens = 900
                [research]
                pause_ms = 0
                limit = 3
                [editor]
                autosave = 30
                """)
        #expect(settings.article == "a.md" && settings.include == ["x/**"] && settings.exclude == ["y"])
        #expect(settings.scopes.map { "\($0.folder)=\($0.scope)" }.sorted() == ["notes/private=ignore", "notes=share"])
        #expect(settings.provider.temperature == 1 && settings.provider.maxTokens == 900)
        #expect(settings.researchPause == 0 && settings.researchLimit == 3)
        #expect(settings.writing.autosave == 30 && Settings().writing.autosave == 0)
    }

    @Test func anUnknownKeyIsNamedWithFileAndLine() {
        #expect(
            error(project: "theme = \"ink\"\n\n[editor]\nwidth = 3\n")
                == .unknownKey(
                    path: projectFile, line: 4, key: "editor.width",
                    known: [
                        "wrap_width", "tab_width", "typewriter", "focus", "line_numbers", "smart_punctuation",
                        "chinese_punctuation", "autosave",
                    ]))
        #expect(
            error(project: "theme = \"ink\"\r\n[editor]\r\nwidth = 3\r\n")
                == .unknownKey(
                    path: projectFile, line: 3, key: "editor.width",
                    known: [
                        "wrap_width", "tab_width", "typewriter", "focus", "line_numbers", "smart_punctuation",
                        "chinese_punctuation", "autosave",
                    ]))
        let message = error(user: "thme = \"ink\"\n")?.description ?? ""
        #expect(message.contains(userFile + ":1") && message.contains("thme") && message.contains("theme"))
    }

    @Test(arguments: [
        ("theme = 3\n", "theme"), ("[notes]\ninclude = \"x\"\n", "notes.include"),
        ("[notes]\ninclude = [1]\n", "notes.include"),
        ("notes = 3\n", "notes"), ("[editor]\ntab_width = \"4\"\n", "editor.tab_width"),
        ("[editor]\ntab_width = 99\n", "editor.tab_width"), ("[provider]\ntemperature = 9.5\n", "provider.temperature"),
        ("[research]\npause_ms = -1\n", "research.pause_ms"), ("[editor]\nautosave = 4000\n", "editor.autosave"),
    ])
    func aWrongTypeOrRangeIsNamed(source: String, key: String) {
        guard case .wrongType(let path, let line, let found, _) = error(project: source) else {
            Issue.record("no wrongType for \(source)")
            return
        }
        #expect(path == projectFile && found == key && line == source.split(separator: "\n").count)
    }

    @Test(arguments: [
        "versions = 1\n", "[notes]\nlinks = \"share\"\n", "[provider]\nallow_plain_http = true\n",
        "[providers.a]\nallow_plain_http = false\n",
    ])
    func whatOnlyTheWriterMaySay(source: String) throws {
        guard case .ownFileOnly(let path, let line, _) = error(project: source) else {
            Issue.record("no ownFileOnly for \(source)")
            return
        }
        #expect(path == projectFile && line == source.split(separator: "\n").count)
        try FileManager.default.removeItem(atPath: projectFile)
        _ = try load(user: source)
    }

    @Test func aWrongScopeIsNamed() {
        guard case .badValue(_, 2, "scopes.notes", _) = error(project: "[scopes]\nnotes = \"shared\"\n") else {
            Issue.record("no badValue")
            return
        }
    }

    @Test func brokenTOMLAndOtherBytesAreNamed() throws {
        guard case .badTOML(let path, 2, _) = error(project: "theme = \"ink\"\nmodel = \n") else {
            Issue.record("no badTOML")
            return
        }
        #expect(path == projectFile)
        try Data([0x74, 0xFF, 0xFE]).write(to: URL(filePath: projectFile))
        guard case .unreadable = error() else {
            Issue.record("not UTF-8")
            return
        }
    }

    @Test(arguments: ["provider", "embedding"])
    func aLiteralKeyIsRefusedAndNotRepeated(section: String) {
        let start = "[\(section)]\nbase_url = \"https://a.example/v1\"\nmodel = \"m\"\n"
        for line in [
            "key = \"sk-abc-123\"", "api_key = \"sk-abc-123\"", "token = \"sk-abc-123\"", "key_env = \"sk-abc-123\"",
        ] {
            let found = error(user: start + line + "\n")
            #expect(found == .literalKey(path: userFile, line: 4))
            #expect(found?.description.contains("sk-abc") == false)
            #expect(found?.status == .badInput)
        }
    }

    @Test func aRemoteEmbeddingIsTheUsersAlone() throws {
        let source = """
            [embedding]
            base_url = "https://a.example/v1"
            model = "big"
            key_env = "A_KEY"
            dimensions = 1536
            """
        let found = error(project: "theme = \"ink\"\n" + source)
        #expect(found == .embeddingInProject(path: projectFile, line: 2))
        #expect(found?.description.contains(projectFile) == true && found?.hint?.contains("config.toml") == true)
        try FileManager.default.removeItem(atPath: projectFile)
        let settings = try load(user: source)
        #expect(settings.usesRemoteEmbedding)
        #expect(!settings.embedding.sendNotes)
        #expect(settings.embedding.key == .environment("A_KEY") && settings.embedding.dimensions == 1536)
        #expect(try load(user: source + "\nsend_notes = true\n").embedding.sendNotes)
        guard case .wrongType = error(user: source + "\nsend_notes = \"yes\"\n") else {
            Issue.record("send_notes must be a truth value")
            return
        }
    }

    @Test func aRemoteEmbeddingNeedsPlaceAndModel() {
        guard case .badValue(_, 1, "embedding", _) = error(user: "[embedding]\nmodel = \"m\"\n") else {
            Issue.record("no badValue")
            return
        }
    }

    @Test func aLocalModelNamedCloserComesBeforeTheRemoteOne() throws {
        let user = "model = \"local\"\n[embedding]\nbase_url = \"https://a.example/v1\"\nmodel = \"big\"\n"
        #expect(try load(user: user).usesRemoteEmbedding)
        #expect(try !load(environment: ["LONGHAND_MODEL": "other"]).usesRemoteEmbedding)
        #expect(try !load(overrides: SettingsOverrides(model: "other")).usesRemoteEmbedding)
        #expect(try !load(project: "model = \"other\"\n").usesRemoteEmbedding)
    }
}
