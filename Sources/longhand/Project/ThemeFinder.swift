import ArticleFiles
import Configuration
import FileAccess
import Foundation
import Screen
import Workbench

/// Finds a theme by its name: the user's own first, then those that came with the program.
struct ThemeFinder {
    let paths: Paths
    let settings: Settings

    /// The theme called `name`. One that is missing or broken doesn't keep anybody from writing: it is the default
    /// then, and `problem` is the sentence that says why.
    func theme(_ name: String) -> (theme: Theme, problem: Failure?) {
        do throws(ThemeError) {
            if let theme = try read(name) { return (theme, nil) }
        } catch {
            return (.ink, Failure(error))
        }
        let location = settings.origins["theme"] ?? paths.userSettings
        let error = ConfigurationError.badValue(
            path: location, line: nil, key: "theme",
            reason: "is “\(name)”, which is no theme; there are: \(names.joined(separator: ", "))")
        return (.ink, Failure(error))
    }

    /// Every theme there is, by name, and what is wrong with the first that can't be read.
    func all() -> (themes: [Theme], problem: Failure?) {
        var problem: Failure?
        let themes = names.compactMap { name -> Theme? in
            do throws(ThemeError) {
                return try read(name)
            } catch {
                problem = problem ?? Failure(error)
                return nil
            }
        }
        return (themes, problem)
    }

    /// The theme in the file called `name`, or the built-in one; nil where there is neither.
    private func read(_ name: String) throws(ThemeError) -> Theme? {
        // A project's file may name it: it is a name and never a way to some other file.
        guard !name.contains("/") else { return nil }
        // The default is built in, but whoever has a file of that name means it.
        let locations = name == Theme.ink.name ? [own] : folders
        for folder in locations {
            let path = folder + "/" + name + ".toml"
            // One that can't be read is passed over as one that isn't there.
            guard let bytes = try? RegularFile.read(path, atMost: 1 << 20) else { continue }
            return try Theme.parse(toml: String(decoding: bytes, as: UTF8.self), path: path).named(name)
        }
        switch name {
        case Theme.ink.name: return .ink
        case Theme.plain.name: return .plain
        default: return nil
        }
    }

    private var own: String { paths.config + "/themes" }

    /// The user's themes, then the installed ones, then those of a source tree the binary was built in.
    private var folders: [String] {
        var folders = [own]
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
        var found: Set<String> = [Theme.ink.name, Theme.plain.name]
        for folder in folders {
            // Most of these folders aren't there; one that can't be read has no themes to offer.
            for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            where file.hasSuffix(".toml") {
                found.insert(String(file.dropLast(5)))
            }
        }
        return found.sorted()
    }
}
