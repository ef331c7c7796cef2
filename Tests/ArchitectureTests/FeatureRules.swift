/// What keeps the features of the studio apart: each is a folder, and knows what all share and nothing of another one.
struct FeatureRules {
    private struct Source {
        var path: String
        /// The folder in `Features`; nil for what all features share.
        var feature: String?
        var words: Words
    }

    private let sources: [Source]
    /// The feature that declares a type, by the type's name.
    private let owners: [String: String]
    private let features: Set<String>

    /// The files of the core that put the features together, and so name them.
    private static let joints: Set<String> = ["Event.swift", "Workspace.swift"]

    /// - Parameter target: the target's folder, `Sources/Studio/Workbench`.
    init(_ tree: SourceTree, target: String) {
        sources = tree.files.compactMap { file in
            guard file.path.hasPrefix(target + "/") else { return nil }
            let parts = file.path.dropFirst(target.count + 1).split(separator: "/")
            let words = Words(of: file.text)
            if parts.count > 2, parts[0] == "Features" {
                return Source(path: file.path, feature: String(parts[1]), words: words)
            }
            guard parts[0] == "Core", !Self.joints.contains(file.name) else { return nil }
            return Source(path: file.path, feature: nil, words: words)
        }
        features = Set(sources.compactMap(\.feature))
        var owners: [String: String] = [:]
        for source in sources {
            guard let feature = source.feature else { continue }
            for type in source.words.declared { owners[type] = feature }
        }
        self.owners = owners
    }

    /// A file of a feature, or of what all share, that names a type of another one, or one of its events or effects.
    var breaches: [String] {
        sources.flatMap { source in
            var breaches: [String] = []
            for word in source.words.all.sorted() {
                guard let owner = owners[word], owner != source.feature else { continue }
                breaches.append("\(source.path) names \(word), which is of \(owner)")
            }
            guard source.feature != nil else { return breaches }
            for feature in features.sorted() where feature != source.feature {
                if source.words.cases.contains(feature.lowercased()) {
                    breaches.append("\(source.path) makes an event or effect of \(feature)")
                }
            }
            return breaches
        }
    }
}

/// The words of a source outside of comments and texts.
private struct Words {
    var all: Set<String> = []
    /// The types that it declares, but for those within others.
    var declared: Set<String> = []
    /// Those behind a dot with nothing before it and another such in brackets behind them: `.saving(.save)`.
    var cases: Set<String> = []

    init(of source: String) {
        let code = FunctionScan.blanked(Array(source.utf8))
        var (index, depth) = (0, 0)
        var previous = ""
        while index < code.count {
            guard Self.isName(code[index]) else {
                if code[index] == UInt8(ascii: "{") { depth += 1 }
                if code[index] == UInt8(ascii: "}") { depth -= 1 }
                index += 1
                continue
            }
            let start = index
            while index < code.count, Self.isName(code[index]) { index += 1 }
            let word = String(decoding: code[start..<index], as: UTF8.self)
            all.insert(word)
            let isType = ["struct", "enum", "class", "protocol", "typealias"].contains(previous)
            if isType, depth == 0 { declared.insert(word) }
            previous = word
            let isMember = start > 0 && code[start - 1] == UInt8(ascii: ".")
            let isImplicit = isMember && (start == 1 || !Self.endsValue(code[start - 2]))
            if isImplicit, code[index...].starts(with: "(.".utf8) { cases.insert(word) }
        }
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    /// Whether a value may end with this byte, whose member is what comes behind the dot.
    private static func endsValue(_ byte: UInt8) -> Bool { isName(byte) || ")]}?!\"".utf8.contains(byte) }
}
