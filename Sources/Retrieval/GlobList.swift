/// Globs for a walk from the top down: what a folder matched is known when its files are looked at, so that
/// patterns without a folder (most are `**/*.md`) have to be compared with the last name only.
struct GlobList: Sendable {
    private var endings: [[UInt8]] = []
    private var names: [Glob] = []
    private var paths: [Glob] = []

    init(_ patterns: [String]) {
        for pattern in patterns {
            var text = Substring(pattern)
            if text.hasPrefix("**/") { text = text.dropFirst(3) }
            if text.isEmpty || text.contains("/") || text.hasPrefix("**") {
                paths.append(Glob(pattern))
            } else if text.hasPrefix("*"), !text.dropFirst().contains(where: { "*?[".contains($0) }) {
                endings.append(Array(text.dropFirst().utf8))
            } else {
                names.append(Glob(pattern))
            }
        }
    }

    /// Whether the file or folder matches, if none of the folders above it does.
    func matches(path: String, name: String) -> Bool {
        if !endings.isEmpty {
            var name = name
            let isEnding = name.withUTF8 { bytes in
                endings.contains { ending in
                    bytes.count >= ending.count && bytes.suffix(ending.count).elementsEqual(ending)
                }
            }
            if isEnding { return true }
        }
        return names.contains { $0.matches(name) } || paths.contains { $0.matches(path) }
    }
}
