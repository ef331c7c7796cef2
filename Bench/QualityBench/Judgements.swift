import Foundation

/// A passage of the test set, which becomes a note.
struct SetPassage {
    var id: String
    /// Author and book.
    var source: String
    var text: String
}

/// A query and how relevant passages are to it: 2 answers it, 1 touches it; all others are 0.
struct SetQuery {
    /// question, keyword, paraphrase or name.
    var kind: String
    var text: String
    var grades: [String: Int]
}

/// A query and the sentence of a passage that answers it.
struct SetSentence {
    var query: String
    var passage: String
    var beginning: String
}

/// Passages, queries and sentences, from the files in `Data`, whose README.md says where they come from.
struct TestSet {
    /// The passages' language, and behind a hyphen that of the queries where it is another.
    var name: String
    var passages: [SetPassage] = []
    var queries: [SetQuery] = []
    var sentences: [SetSentence] = []

    struct Malformed: Error, CustomStringConvertible {
        var description: String
    }

    var title: String {
        func language(_ code: Substring) -> String { code == "zh" ? "Chinese" : "English" }
        let codes = name.split(separator: "-")
        return codes.count > 1 ? "\(language(codes[1])) queries on \(language(codes[0])) passages" : language(codes[0])
    }

    init(name: String, folder: String) throws {
        self.name = name
        let passageFiles = name.split(separator: "-")[0] + "."
        for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where file.hasSuffix(".txt") {
            let isOwn = file.hasPrefix(name + ".")
            let lines = try String(contentsOfFile: folder + "/" + file, encoding: .utf8).split(separator: "\n").map(
                String.init)
            if file.hasSuffix(".queries.txt") {
                guard isOwn else { continue }
                for line in lines { queries.append(try Self.query(line)) }
            } else if file.hasSuffix(".sentences.txt") {
                guard isOwn else { continue }
                for line in lines {
                    let parts = Self.parts(line)
                    guard parts.count == 3 else { throw Malformed(description: "\(file): \(line)") }
                    sentences.append(SetSentence(query: parts[0], passage: parts[1], beginning: parts[2]))
                }
            } else if file.hasPrefix(passageFiles) {
                try read(lines)
            }
        }
        let known = Set(passages.map(\.id))
        for id in queries.flatMap(\.grades.keys) + sentences.map(\.passage) where !known.contains(id) {
            throw Malformed(description: "\(name): no passage is called \(id)")
        }
    }

    /// Lines of `@ source`, and below each its passages, `id text`.
    private mutating func read(_ lines: [String]) throws {
        var source = ""
        for line in lines {
            if line.hasPrefix("@ ") {
                source = String(line.dropFirst(2))
                continue
            }
            guard let space = line.firstIndex(of: " ") else {
                throw Malformed(description: "a passage without text: \(line)")
            }
            passages.append(
                SetPassage(id: String(line[..<space]), source: source, text: String(line[line.index(after: space)...])))
        }
    }

    /// `kind | query | id=2 id=1`.
    private static func query(_ line: String) throws -> SetQuery {
        let parts = parts(line)
        guard parts.count == 3 else { throw Malformed(description: "no query: \(line)") }
        var grades: [String: Int] = [:]
        for judgement in parts[2].split(separator: " ") {
            let pair = judgement.split(separator: "=")
            guard pair.count == 2, let grade = Int(pair[1]), (0...2).contains(grade) else {
                throw Malformed(description: "no judgement: \(judgement) in \(line)")
            }
            if grade > 0 { grades[String(pair[0])] = grade }
        }
        return SetQuery(kind: parts[0], text: parts[1], grades: grades)
    }

    private static func parts(_ line: String) -> [String] {
        line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
