extension String {
    var trimmingSpaces: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}

/// Paths as a writer types them. Pure: no link is followed and nothing is looked up.
struct ArticlePaths: Sendable {
    var root: String
    var home: String

    /// The absolute path of what is typed: relative to the project, `~` the home folder, without `.` and `..`.
    func absolute(_ typed: String) -> String {
        var path = typed
        if path == "~" || path.hasPrefix("~/") {
            path = home + path.dropFirst()
        } else if !path.hasPrefix("/") {
            path = root + "/" + path
        }
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// A path as the screen says it.
    func shown(_ path: String) -> String {
        if path.hasPrefix(root + "/") { return String(path.dropFirst(root.utf8.count + 1)) }
        if home.utf8.count > 1, path.hasPrefix(home + "/") { return "~" + path.dropFirst(home.count) }
        return path
    }

    /// Whether what is typed can be nothing but a folder: `notes/`, `.`, `a/..`.
    static func isFolder(_ typed: String) -> Bool {
        let last = typed.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        return ["", ".", "..", "~"].contains(last)
    }

    /// Bytes that a file's name may have.
    static let longestName = 255

    static func isTooLong(_ typed: String) -> Bool {
        withExtension(typed).split(separator: "/").contains { $0.utf8.count > longestName }
    }

    /// A new article is Markdown unless its name says otherwise.
    static func withExtension(_ path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        return name.dropFirst().contains(".") ? path : path + ".md"
    }

    /// The longest start that all entries have in common which begin with `start`; nil where none does.
    static func completion(of start: String, among entries: [String]) -> String? {
        var fitting = entries.filter { $0.hasPrefix(start) && (!$0.hasPrefix(".") || start.hasPrefix(".")) }
        if fitting.isEmpty { fitting = entries.filter { $0.lowercased().hasPrefix(start.lowercased()) } }
        guard var common = fitting.first else { return nil }
        for entry in fitting.dropFirst() { common = common.commonPrefix(with: entry) }
        return common.count >= start.count ? common : nil
    }
}

extension String {
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
