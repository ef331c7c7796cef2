import Configuration
import Foundation
import Testing

@testable import longhand

/// A theme is found by its name; a project's file may give one.
@Suite struct ThemeFinderTests {
    @Test func aNameIsNoWayToAnotherFile() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "longhand-themes-\(UInt64.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        let own = folder.appending(path: "config/longhand/themes")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        for place in [own.appending(path: "mine.toml"), folder.appending(path: "elsewhere.toml")] {
            try Data("name = \"mine\"\n".utf8).write(to: place)
        }
        let paths = Paths(environment: ["HOME": folder.path, "XDG_CONFIG_HOME": folder.path + "/config"])
        let finder = ThemeFinder(paths: paths, settings: Settings())
        #expect(finder.names.contains("mine"))
        for name in ["../../../elsewhere", folder.path + "/elsewhere", "./mine"] {
            let found = finder.theme(name)
            #expect(
                found.theme.name == "ink" && found.problem?.message.contains("which is no theme") == true, "\(name)")
        }
    }
}
