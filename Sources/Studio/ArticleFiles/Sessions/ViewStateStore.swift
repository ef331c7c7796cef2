import Foundation
import Workbench

/// Keeps how the page looked for the next session, in a file among the program's state.
///
/// What was chosen in the studio counts for as long as the settings say what they said then; whoever writes a new
/// value into a settings file means it.
package struct ViewStateStore {
    package let path: String

    package init(path: String) { self.path = path }
    private static let longest = 1 << 16

    private struct Record: Codable, Equatable {
        var theme: String
        var typewriter: Bool
        var focus: String
        var lineNumbers: Bool
        var textWidth: Int
        var checksSpelling: Bool
        /// Younger than the others.
        var smartPunctuation: Bool?
        var chinesePunctuation: Bool?

        init(_ view: ViewOptions) {
            theme = view.theme
            typewriter = view.typewriter
            focus = view.focus.rawValue
            lineNumbers = view.lineNumbers
            textWidth = view.textWidth
            checksSpelling = view.checksSpelling
            smartPunctuation = view.smartPunctuation
            chinesePunctuation = view.chinesePunctuation
        }
    }

    private struct Memory: Codable {
        var version = 1
        var chosen: Record
        var configured: Record
    }

    /// `configured` with what was chosen in an earlier session; a file that can't be read remembers nothing.
    package func recall(configured: ViewOptions) -> ViewOptions {
        guard let bytes = try? AtomicFile.read(path, atMost: Self.longest),
            let memory = try? JSONDecoder().decode(Memory.self, from: Data(bytes))
        else { return configured }
        let (now, then, chosen) = (Record(configured), memory.configured, memory.chosen)
        var view = configured
        if now.theme == then.theme { view.theme = chosen.theme }
        if now.typewriter == then.typewriter { view.typewriter = chosen.typewriter }
        if now.focus == then.focus { view.focus = ViewOptions.Focus(rawValue: chosen.focus) ?? view.focus }
        if now.lineNumbers == then.lineNumbers { view.lineNumbers = chosen.lineNumbers }
        if now.textWidth == then.textWidth, ViewOptions.textWidths.contains(chosen.textWidth) {
            view.textWidth = chosen.textWidth
        }
        if now.checksSpelling == then.checksSpelling { view.checksSpelling = chosen.checksSpelling }
        if now.smartPunctuation == then.smartPunctuation {
            view.smartPunctuation = chosen.smartPunctuation ?? view.smartPunctuation
        }
        if now.chinesePunctuation == then.chinesePunctuation {
            view.chinesePunctuation = chosen.chinesePunctuation ?? view.chinesePunctuation
        }
        return view
    }

    /// - Throws: also where what was chosen earlier is there and the system refuses it: that is not replaced.
    package func remember(_ view: ViewOptions, configured: ViewOptions) throws(FileError) {
        _ = try AtomicFile.read(path)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        // Nothing in a record fails to be encoded: it holds names, flags and whole numbers.
        guard let data = try? encoder.encode(Memory(chosen: Record(view), configured: Record(configured))) else {
            return
        }
        // Where it can't be made, the write below fails and says why.
        try? FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try AtomicFile.write(Array(data), to: path)
    }
}
