import Screen

/// The list of files to open or to go to, narrowed by what is typed.
///
/// What is typed is looked for in the names of the project's files, or, where it begins like a path (`/`, `~`, `./`, `../`), is
/// completed folder by folder. Whatever isn't there can be begun.
///
/// Known limits: `shownLimit` matches are kept.
public struct FilePicker: Panel {
    /// To open any file, or to go to an article that is open.
    public enum Purpose: Sendable { case open, goTo }

    struct Item: Sendable {
        /// Absolute.
        var path: String
        /// As the list says it: relative to the project where it can be; a folder ends with a slash.
        var shown: String
        var isModified = false
        var isOpen = false
        /// There is no such file yet.
        var isNew = false
        var name: FuzzyMatch.Name

        init(path: String, shown: String, isModified: Bool = false, isOpen: Bool = false, isNew: Bool = false) {
            self.path = path
            self.shown = shown
            self.isModified = isModified
            self.isOpen = isOpen
            self.isNew = isNew
            name = FuzzyMatch.Name(shown)
        }

        var isFolder: Bool { shown.hasSuffix("/") }
    }

    static let shownLimit = 500

    let purpose: Purpose
    var field = TextField("")
    var selected = 0
    /// What is shown, the best first.
    var matches: [Item] = []
    /// In the order that counts while nothing is typed: the most recent first.
    private var items: [Item]
    /// The project's files are still being listed.
    var isListing = false
    /// The folder whose files are known, as typed, and they.
    var folder: (typed: String, entries: [String])?
    /// Why the files of `folder` aren't known.
    private(set) var problem: FolderProblem?
    /// Enter waits for a folder's files.
    var isChosen = false
    /// Tab waits for a folder's files.
    var isCompleting = false
    private let positions: ArticlePaths

    init(_ purpose: Purpose, items: [Item], positions: ArticlePaths) {
        self.purpose = purpose
        self.items = items
        self.positions = positions
        match()
    }

    var query: String { field.text }

    /// The folder part of a typed path, with its slash; nil where what is typed is to be found among the project's files.
    var typedFolder: String? {
        guard purpose == .open, ["/", "~", "./", "../"].contains(where: query.hasPrefix) else { return nil }
        guard let slash = query.lastIndex(of: "/") else { return nil }
        return String(query[...slash])
    }

    mutating func replace(items: [Item]) {
        self.items = items
        match()
    }

    mutating func receive(folder: String, entries: [String], problem: FolderProblem? = nil) {
        guard folder == typedFolder else { return }
        self.folder = (folder, entries)
        self.problem = problem
        if isCompleting { complete() } else { match() }
    }

    /// Ranks anew after what is typed has changed.
    mutating func match() {
        selected = 0
        if folder?.typed != typedFolder { problem = nil }
        if purpose == .open, query == "~" || typedFolder != nil {
            matches = pathMatches()
        } else {
            matches = Self.ranked(items, by: query)
        }
        if let new = newItem() { matches.append(new) }
    }

    /// The items that `query` is in, the best first; of equals the one that was first before.
    static func ranked(_ items: [Item], by query: String) -> [Item] {
        guard query.contains(where: { !$0.isWhitespace }) else { return Array(items.prefix(shownLimit)) }
        var found: [(score: Int, index: Int)] = []
        for (index, item) in items.enumerated() {
            guard let match = FuzzyMatch(query, in: item.name) else { continue }
            found.append((match.score, index))
        }
        found.sort { $0.score != $1.score ? $0.score > $1.score : $0.index < $1.index }
        return found.prefix(shownLimit).map { items[$0.index] }
    }

    private func pathMatches() -> [Item] {
        guard let typed = typedFolder, let folder, folder.typed == typed else { return [] }
        let start = String(query.dropFirst(typed.count)).lowercased()
        return folder.entries.filter { entry in
            entry.lowercased().hasPrefix(start) && (!entry.hasPrefix(".") || start.hasPrefix("."))
        }.prefix(Self.shownLimit).map { Item(path: positions.absolute(typed + $0), shown: typed + $0) }
    }

    /// What is typed, as a file to begin; nil where it is one that is there, or none at all.
    private func newItem() -> Item? {
        let typed = query.trimmingSpaces
        guard purpose == .open, !typed.isEmpty, !typed.hasSuffix("/"), typed != "~", !typed.hasSuffix("/.."),
            !typed.hasSuffix("/.")
        else { return nil }
        if let typedFolder, folder?.typed != typedFolder || problem != nil { return nil }
        let name = ArticlePaths.withExtension(typed)
        let path = positions.absolute(name)
        let isThere = (items + matches).contains { $0.path == path || $0.shown == typed || $0.shown == typed + "/" }
        return isThere ? nil : Item(path: path, shown: name, isNew: true)
    }

    /// Why there is nothing to choose, as a sentence.
    var emptyText: String {
        if let typedFolder {
            if folder?.typed != typedFolder { return "Looking at \(typedFolder)…" }
            if let problem { return "\(typedFolder) can't be looked at: \(problem.reason)." }
        } else if isListing {
            return "Looking at the project's files…"
        }
        return "Nothing here has that in its name."
    }

    /// A path to try though the folder it is in can't be looked at; nil where there is none.
    var blindPath: String? {
        guard let problem, !problem.isMissing, !query.hasSuffix("/") else { return nil }
        return positions.absolute(query)
    }

    /// Tab: as much of a path as is certain, or the chosen name.
    mutating func complete() {
        isCompleting = false
        guard let typed = typedFolder, let folder, folder.typed == typed else {
            if typedFolder != nil || query == "~" { return }
            if matches.indices.contains(selected) { field = TextField(matches[selected].shown) }
            return match()
        }
        let start = String(query.dropFirst(typed.count))
        if let longer = ArticlePaths.completion(of: start, among: folder.entries) { field = TextField(typed + longer) }
        match()
    }
}
