/// Paths, each standing for itself and all that is below it.
package struct PathSet {
    private let paths: Set<String>

    /// A set of paths without slashes at their ends.
    package init(_ paths: some Sequence<String>) { self.paths = Set(paths) }

    /// Whether `path` or a folder above it is in the set: a look-up for each of them.
    package func contains(_ path: String) -> Bool {
        if paths.contains(path) { return true }
        var rest = path[...]
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            if paths.contains(String(rest)) { return true }
        }
        return false
    }

    /// The paths without those that are below another, in order.
    package static func topmost(_ paths: Set<String>) -> [String] {
        let all = PathSet(paths)
        return paths.filter { path in
            guard let slash = path.lastIndex(of: "/") else { return true }
            return !all.contains(String(path[..<slash]))
        }.sorted()
    }
}
