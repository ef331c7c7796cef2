import Testing

@testable import Configuration

@Suite struct KeySettingsTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private func load(user: String? = nil, project: String? = nil) throws -> Settings {
        if let user { try folder.write(user, to: "config/longhand/config.toml") }
        if let project { try folder.write(project, to: "project/longhand.toml") }
        let environment = ["HOME": folder.path, "XDG_CONFIG_HOME": folder.path + "/config"]
        return try Settings.load(
            projectRoot: folder.path + "/project", paths: Paths(environment: environment), environment: environment)
    }

    @Test func keysComeWithTheirLines() throws {
        let settings = try load(
            user: """
                keymap = "emacs"
                # save = "a comment"
                [editor]
                wrap_width = 70
                [keys]
                save = ["ctrl-s", "ctrl-x ctrl-s"]
                quit = []
                export = "f12"
                "research.cite" = ["c"]
                research.open = ["o"]
                """)
        #expect(settings.keymap == "emacs" && settings.keymapLine == 1)
        #expect(settings.keys.map(\.command) == ["save", "quit", "export", "research.cite", "research.open"])
        #expect(settings.keys.map(\.line) == [6, 7, 8, 9, 10])
        #expect(settings.keys.map(\.keys) == [["ctrl-s", "ctrl-x ctrl-s"], [], ["f12"], ["c"], ["o"]])
    }

    @Test func whatIsNoListOfKeysIsRefused() throws {
        let path = folder.path + "/config/longhand/config.toml"
        #expect(
            throws: ConfigurationError.wrongType(path: path, line: 2, key: "keys.save", expected: "a list of strings")
        ) {
            try load(user: "[keys]\nsave = 3\n")
        }
    }

    @Test func aProjectChangesNoKeys() throws {
        let path = folder.path + "/project/longhand.toml"
        #expect(throws: ConfigurationError.keysInProject(path: path, line: 1, key: "keymap")) {
            try load(project: "keymap = \"emacs\"\n")
        }
        #expect(throws: ConfigurationError.keysInProject(path: path, line: 2, key: "[keys]")) {
            try load(project: "\n[keys]\nsave = []\n")
        }
    }
}
