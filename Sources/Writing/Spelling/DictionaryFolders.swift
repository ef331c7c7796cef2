import Foundation

/// Where dictionaries are looked for. One is a pair of files, `de_AT.aff` and `de_AT.dic`.
public struct DictionaryFolders: Sendable {
    /// The writer's own folder, looked into first.
    public let own: String
    private let folders: [String]

    /// - Parameters:
    ///   - own: the writer's own folder.
    ///   - system: the folders of installed dictionaries.
    public init(
        own: String, system: [String] = ["/usr/share/hunspell", "/usr/share/myspell", "/usr/share/myspell/dicts"]
    ) {
        self.own = own
        folders = [own] + system
    }

    /// The languages there are dictionaries for.
    public var languages: [String] { Set(all().map(\.language)).sorted() }

    /// The languages that `list` names (`en_US,de-DE`), as they are written in a file's name.
    static func split(_ list: String) -> [String] {
        let separators: Set<Character> = [",", ";", " "]
        return list.split { separators.contains($0) }.map { String($0.map { $0 == "-" ? "_" : $0 }) }
    }

    /// A dictionary's path without `.aff` or `.dic`; nil where there is none.
    ///
    /// A language without a country takes the dictionary of the one it is named for (`de_DE`), or any. A country
    /// whose dictionary is away takes another's, but for English, where each would find fault with the other.
    func path(of language: String) -> String? {
        let wanted = language.lowercased()
        let known = all()
        if let exact = known.first(where: { $0.language.lowercased() == wanted }) { return exact.path }
        let base = wanted.prefix { $0 != "_" }
        let related = known.filter { $0.language.lowercased().prefix { $0 != "_" } == base }
        if base == "en", wanted != "en" { return related.first { $0.language == "en" }?.path }
        let home = base == "en" ? "en_us" : "\(base)_\(base)"
        return (related.first { $0.language.lowercased() == home } ?? related.first)?.path
    }

    private func all() -> [(language: String, path: String)] {
        folders.flatMap { folder in
            // Most systems lack some of these folders: one that can't be listed has no dictionaries.
            let names = Set((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
            return names.filter { $0.hasSuffix(".dic") && names.contains($0.dropLast(4) + ".aff") }.sorted().map {
                name in
                let language = String(name.dropLast(4))
                return (language.replacing("-", with: "_"), folder + "/" + language)
            }
        }
    }
}
