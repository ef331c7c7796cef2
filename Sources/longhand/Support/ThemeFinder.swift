import Configuration
import Diagnostics
import Foundation
import Screen

/// Finds a theme by its name: the user's own first, then those that came with the program.
struct ThemeFinder {
    let paths: Paths
    let settings: Settings

    /// The theme that the settings name.
    ///
    /// - Throws: `ThemeError` where the file is wrong, `ConfigurationError` where there is none.
    func theme() throws -> Theme {
        let name = settings.theme
        if name == "plain" { return .plain }
        for folder in folders {
            let path = folder + "/" + name + ".toml"
            guard let data = FileManager.default.contents(atPath: path) else { continue }
            return try Theme.parse(toml: String(decoding: data, as: UTF8.self), path: path)
        }
        // The default theme's file may be away, as when the binary is copied alone; the terminal's own
        // colours always work.
        if name == Settings().theme { return .plain }
        throw ConfigurationError.badValue(
            path: settings.origins["theme"] ?? paths.userSettings, line: nil, key: "theme",
            reason: "is “\(name)”, which is no theme; there are: \(names.joined(separator: ", "))")
    }

    /// The user's themes, then the installed ones, then those of a source tree the binary was built in.
    private var folders: [String] {
        var folders = [paths.config + "/themes"]
        if let program = Bundle.main.executablePath, let real = realpath(program, nil) {
            defer { free(real) }
            var folder = (String(cString: real) as NSString).deletingLastPathComponent
            folders.append((folder as NSString).deletingLastPathComponent + "/share/longhand/themes")
            for _ in 0..<4 {
                folder = (folder as NSString).deletingLastPathComponent
                folders.append(folder + "/Themes")
            }
        }
        return folders
    }

    var names: [String] {
        var found: Set<String> = ["plain"]
        for folder in folders {
            for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where file.hasSuffix(".toml") {
                found.insert(String(file.dropLast(5)))
            }
        }
        return found.sorted()
    }
}
