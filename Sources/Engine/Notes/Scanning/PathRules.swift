/// Patterns of gitignore in their order, of which the last that matches decides.
///
/// For a walk from the top down: what a folder matched is handed on to what is in it, so that most patterns
/// (`*.md`) have to be compared with the last name only. Patterns are read once.
///
/// `PathRulesTests` hold them against what `git check-ignore` says.
package struct PathRules: Sendable {
    private enum Test: Sendable {
        case ending([UInt8])
        case name(Glob)
        case path(Glob)
    }

    private var rules: [(test: Test, isNegated: Bool)] = []
    private var hidden: [Glob] = []

    /// Whether a file matches, and what is to be known of it for what lies below.
    package struct Verdict: Sendable {
        fileprivate var rule = -1
        /// Whether the last pattern that matched it, or a folder above, is one without `!`.
        package fileprivate(set) var isMatch = false

        /// No pattern has matched yet: the verdict above a walk's first folder.
        package static let none = Verdict()
    }

    /// Rules of these patterns, in the order in which the last match decides; empty ones are dropped.
    package init(_ patterns: [String]) {
        for pattern in patterns {
            let glob = Glob(pattern)
            if glob.isEmpty { continue }
            if let ending = glob.ending {
                rules.append((.ending(ending), glob.isNegated))
            } else if glob.nameOnly != nil {
                rules.append((.name(glob), glob.isNegated))
            } else {
                rules.append((.path(glob), glob.isNegated))
            }
            if !glob.isNegated { hidden += glob.hiddenNames }
        }
    }

    /// Judges a file or folder.
    ///
    /// - Parameters:
    ///   - name: the last of the path's names.
    ///   - above: the verdict on its folder.
    package func judge(path: String, name: String, isFolder: Bool, above: Verdict = .none) -> Verdict {
        var index = rules.count - 1
        while index > above.rule {
            if matches(rules[index].test, path, name, isFolder) {
                return Verdict(rule: index, isMatch: !rules[index].isNegated)
            }
            index -= 1
        }
        return above
    }

    /// The verdict on the file or folder at `path` and on all folders above it, for a single question.
    package func judge(path: String, isFolder: Bool) -> Verdict {
        var verdict = Verdict.none
        var above = ""
        let names = path.split(separator: "/")
        for (index, name) in names.enumerated() {
            above += above.isEmpty ? String(name) : "/" + name
            verdict = judge(
                path: above, name: String(name), isFolder: isFolder || index < names.count - 1, above: verdict)
        }
        return verdict
    }

    /// Whether a hidden file or folder is spelt out by one of the patterns.
    package func nameHidden(_ path: String) -> Bool {
        hidden.contains { $0.matches(exactly: path, isFolder: true) }
    }

    private func matches(_ test: Test, _ path: String, _ name: String, _ isFolder: Bool) -> Bool {
        switch test {
        case .ending(let ending):
            var name = name
            return name.withUTF8 { $0.count >= ending.count && $0.suffix(ending.count).elementsEqual(ending) }
        case .name(let glob): return glob.matches(name: name, isFolder: isFolder)
        case .path(let glob): return glob.matches(exactly: path, isFolder: isFolder)
        }
    }
}
