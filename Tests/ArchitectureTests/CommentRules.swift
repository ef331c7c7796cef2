/// What a comment must say: what a public declaration is, and why an error is dropped.
enum CommentRules {
    /// Public declarations of `Sources` with no documentation above them, as `path:line`.
    static func undocumented(_ tree: SourceTree) -> [String] {
        tree.files.filter { $0.path.hasPrefix("Sources/") }.flatMap { file -> [String] in
            let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
            return lines.indices.compactMap { index in
                guard isPublicDeclaration(lines[index]) else { return nil }
                var above = index - 1
                while above >= 0, trimmed(lines[above]).hasPrefix("@") { above -= 1 }
                let isDocumented = above >= 0 && trimmed(lines[above]).hasPrefix("///")
                return isDocumented ? nil : "\(file.path):\(index + 1)"
            }
        }
    }

    /// Places of `Sources` where `try?` drops an error and no comment beside or just above says why it may.
    static func unexplainedDrops(_ tree: SourceTree) -> [String] {
        tree.files.filter { $0.path.hasPrefix("Sources/") }.flatMap { file -> [String] in
            let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
            return lines.indices.compactMap { index in
                let code = lines[index].firstRange(of: "//").map { lines[index][..<$0.lowerBound] } ?? lines[index]
                // Not the end of a longer word: `entry?`.
                guard [" try?", "(try?", "[try?"].contains(where: { code.contains($0) }) else { return nil }
                let near = lines[max(0, index - 3)...index]
                return near.contains { $0.contains("//") } ? nil : "\(file.path):\(index + 1)"
            }
        }
    }

    private static func isPublicDeclaration(_ line: Substring) -> Bool {
        var words = trimmed(line).split(separator: " ")[...]
        // `@inlinable public func`, and what only the setter is.
        while let first = words.first, first.hasPrefix("@") || first.hasSuffix("(set)") { words.removeFirst() }
        guard words.popFirst() == "public", let kind = words.first(where: { !$0.hasSuffix("(set)") }) else {
            return false
        }
        return kind != "extension" && kind != "import"
    }

    private static func trimmed(_ line: Substring) -> Substring { line.drop { $0 == " " } }
}
