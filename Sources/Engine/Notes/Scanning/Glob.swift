/// One pattern in the syntax of gitignore, for paths relative to the project.
///
/// `*` and `?` stay within one name, `**` between slashes crosses folders, `[a-z]`, `[!a-z]` and `[[:alpha:]]` are
/// sets, and a backslash takes what follows as it is. A pattern with a slash at its beginning or inside is one for the
/// path from the root, any other one for a name at any depth; one that ends with a slash is for folders only. Whatever
/// matches a folder matches all below it. `!` before a pattern means the opposite, which `PathRules` heeds.
///
/// Unlike git's, `?` and sets take a whole character, also beyond ASCII; `./` before a pattern is
/// dropped. Limits: case matters; braces, and slashes in sets, mean nothing.
public struct Glob: Sendable, Equatable {
    private let parts: [NamePattern]
    /// Whether `!` stands before it.
    package let isNegated: Bool
    private let foldersOnly: Bool
    /// How many names the pattern spells out: the deeper of two folders has more.
    package let depth: Int

    /// Reads one pattern; there is none that can't be read, but a comment and a broken one match nothing.
    public init(_ pattern: String) {
        var text = Array(pattern.utf8)[...]
        while text.last == UInt8(ascii: " "), !Glob.endsEscaped(text) { text.removeLast() }
        isNegated = text.first == UInt8(ascii: "!")
        if isNegated { text.removeFirst() }
        if text.starts(with: "./".utf8) { text.removeFirst(2) }
        let slash = UInt8(ascii: "/")
        foldersOnly = text.last == slash
        var names = text.split(separator: slash)
        let isAnchored = text.first == slash || names.count > 1
        // A comment, as git has it.
        if text.first == UInt8(ascii: "#"), !isNegated { names = [] }
        var parts = names.map { NamePattern($0, isAlone: !isAnchored) }
        if !isAnchored, !parts.isEmpty { parts.insert(.folders, at: 0) }
        self.parts = parts
        depth = parts.count { $0 != .folders }
    }

    private init(parts: [NamePattern]) {
        self.parts = parts
        isNegated = false
        foldersOnly = true
        depth = parts.count
    }

    /// Whether a backslash stands before the last byte, and isn't itself taken as it is.
    private static func endsEscaped(_ text: ArraySlice<UInt8>) -> Bool {
        text.dropLast().reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
    }

    /// Whether it can match anything.
    package var isEmpty: Bool { parts.isEmpty }

    /// The ending that a name must have, where that is all the pattern says: `*.md`.
    package var ending: [UInt8]? {
        guard !foldersOnly, parts.count == 2, parts[0] == .folders, case .ending(let bytes) = parts[1] else {
            return nil
        }
        return bytes
    }

    /// The pattern for a name, where it says nothing of the folders above.
    package var nameOnly: NamePattern? { parts.count == 2 && parts[0] == .folders ? parts[1] : nil }

    /// Whether the file at `path`, or a folder above it, matches.
    public func matches(_ path: String) -> Bool {
        let names = Glob.names(path)
        guard !parts.isEmpty, !names.isEmpty else { return false }
        return match(parts[...], names[...], isFolder: false, takesBelow: true)
    }

    /// Whether the file or folder at `path` matches by itself.
    package func matches(exactly path: String, isFolder: Bool) -> Bool {
        if foldersOnly, !isFolder { return false }
        let names = Glob.names(path)
        guard !parts.isEmpty, !names.isEmpty else { return false }
        return match(parts[...], names[...], isFolder: isFolder, takesBelow: false)
    }

    /// Whether `name` does, for a pattern that has `nameOnly`.
    package func matches(name: String, isFolder: Bool) -> Bool {
        guard isFolder || !foldersOnly, let pattern = nameOnly else { return false }
        return pattern.matches(Array(name.utf8))
    }

    /// The hidden folders and files that the pattern spells out, as patterns: `/a/.b` of `/a/.b/*.md`.
    package var hiddenNames: [Glob] {
        parts.indices.filter { parts[$0].namesHidden }.map { Glob(parts: Array(parts[...$0])) }
    }

    private static func names(_ path: String) -> [[UInt8]] { path.utf8.split(separator: 0x2F).map(Array.init) }

    private func match(
        _ parts: ArraySlice<NamePattern>, _ names: ArraySlice<[UInt8]>, isFolder: Bool, takesBelow: Bool
    ) -> Bool {
        guard let part = parts.first else {
            // Names left over lie below the folder that matched.
            return names.isEmpty ? !foldersOnly || isFolder : takesBelow
        }
        if part == .folders {
            let rest = parts.dropFirst().drop { $0 == .folders }
            if rest.isEmpty { return names.count > (foldersOnly && takesBelow ? 1 : 0) }
            // Up to the next `**` the first place that fits is as good as any later one, which leaves it fewer names; so
            // places are never tried in all their combinations.
            let piece = rest.prefix { $0 != .folders }
            let isLast = piece.endIndex == rest.endIndex
            var tail = names
            while tail.count >= piece.count, !tail.isEmpty {
                if zip(piece, tail).allSatisfy({ $0.matches($1) }) {
                    let behind = tail.dropFirst(piece.count)
                    if !isLast {
                        return match(rest[piece.endIndex...], behind, isFolder: isFolder, takesBelow: takesBelow)
                    }
                    if behind.isEmpty ? !foldersOnly || isFolder : takesBelow { return true }
                }
                tail = tail.dropFirst()
            }
            return false
        }
        guard let name = names.first, part.matches(name) else { return false }
        return match(parts.dropFirst(), names.dropFirst(), isFolder: isFolder, takesBelow: takesBelow)
    }
}
