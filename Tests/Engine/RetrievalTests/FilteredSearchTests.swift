import Foundation
import GRDB

import Manuscript
import TestProjects
import Testing

@testable import Notes
@testable import Retrieval

/// Filters hold inside the search: the answer is that of a linear scan over the passages that fit.
@Suite struct FilteredSearchTests {
    private static func filled(notes: Int = 36) throws -> TestProject {
        let project = try TestProject(scopes: [FolderScope("open", .share), FolderScope("shut", .ignore)])
        var random = WordSource(seed: 77)
        let chinese = ["河流与记忆的档案", "冬天的市场很安静", "博物馆里的桥梁理论", "花园与信件的边界"]
        // No two of them are alike, since an answer has only one of each kind.
        let characters = Array("天地人山水火木金土日月星风雨雪春夏秋冬东西南北上下左右")
        func hanzi(_ count: Int) -> String {
            String((0..<count).map { _ in characters[random.below(characters.count)] })
        }
        for index in 0..<notes {
            let folder = ["open", "notes", "notes/old", "shut"][random.below(4)]
            var text =
                "---\ntitle: N\(index)\nyear: \(2015 + random.below(10))\ndate: 20\(20 + random.below(5))-0\(1 + random.below(9))-15\n"
            text +=
                "authors: [Ada, \(random.below(2) == 0 ? "Bo" : "Cy")]\ntags: [\(["art", "science", "history/rome"][random.below(3)])]\n---\n"
            for part in 0..<3 {
                let isChinese = random.below(3) == 0
                text +=
                    "\n## Part \(part)\n\n"
                    + (isChinese
                        ? chinese[random.below(4)] + "，编号" + hanzi(30) + "。"
                        : "It is the " + random.sentence(9) + " And of the " + random.sentence(9)) + "\n"
            }
            try project.write("\(folder)/n\(index).md", text)
        }
        return project
    }

    private static func filters() throws -> [Filter] {
        [
            Filter(tags: ["art"]), Filter(paths: ["notes/", "!old/"]), Filter(after: "2022", before: "2023-06"),
            Filter(languages: [try #require(Language("zh"))]), Filter(scopes: [.share]),
            try Filter(fields: .parse("year >= 2018 and year < 2021 and authors contains bo")),
            Filter(containing: ["river"]), Filter(containing: ["river garden"]),
            Filter(containing: ["\"the river\" OR win*"]),
            Filter(containing: ["-river", "the"]), Filter(containing: ["档案"]),
            try Filter.parse(line: "tag:history lang:en scope:index year>2016 text:stone"), Filter(tags: ["none"]),
        ]
    }

    @Test func everyModeAnswersAsALinearScanDoes() throws {
        let project = try Self.filled()
        let library = try project.library()
        _ = try library.index()
        for filter in try Self.filters() {
            let fitting = try Self.scan(library, project, filter)
            for mode in SearchMode.allCases {
                for text in ["the river winter bridge", "河流 档案"] {
                    var query = Query(text: text, limit: 500, mode: mode)
                    let all = try library.search(query)
                    query.filter = filter
                    query.limit = 7
                    let found = try library.search(query)
                    let expected = all.filter { fitting.contains($0.passage.id) }.prefix(7)
                    if mode == .hybrid {
                        // Ranks are among those that fit, so the order may be another; how many there are isn't.
                        #expect(found.count == expected.count, "\(filter) \(text)")
                        #expect(found.allSatisfy { fitting.contains($0.passage.id) }, "\(filter)")
                    } else {
                        // Equal scores may come in another order.
                        #expect(found.map(\.score) == expected.map(\.score), "\(filter) \(mode) \(text)")
                        #expect(found.allSatisfy { fitting.contains($0.passage.id) }, "\(filter)")
                    }
                    query.index = .hnsw
                    if mode == .semantic { #expect(try library.search(query).count == expected.count, "\(filter)") }
                }
            }
        }
    }

    /// The ids of the passages that fit, found by looking at each of them with other means.
    private static func scan(_ library: Library, _ project: TestProject, _ filter: Filter) throws -> Set<String> {
        let notes = try library.store.read { db in
            try Row.fetchAll(db, sql: "SELECT path, title, date, tags, fields FROM notes").map { row in
                NoteFacts(
                    path: row[0], title: row[1], date: row[2], tags: ColumnCoding.list(row[3]),
                    fields: ColumnCoding.fields(row[4]))
            }
        }
        var ids: Set<String> = []
        for note in notes {
            guard filter.tags.allSatisfy({ tag in note.tags.contains { $0.hasPrefix(tag) } }) else { continue }
            if !filter.paths.isEmpty, !note.path.hasPrefix("notes/") || note.path.hasPrefix("notes/old") { continue }
            if let after = filter.after, (note.date ?? "") < after { continue }
            if let before = filter.before, (note.date ?? "9") >= before { continue }
            if !filter.scopes.isEmpty, !filter.scopes.contains(note.path.hasPrefix("open/") ? .share : .index) {
                continue
            }
            if filter.fields?.holds(for: note) == false { continue }
            for passage in try library.passages(path: note.path) {
                let isChinese = passage.text.contains("编号")
                if let language = filter.languages.first, (language.code == "zh") != isChinese { continue }
                let text = (passage.text + " " + passage.heading + " " + passage.title).lowercased()
                let words = Set(text.split { !$0.isLetter && !$0.isNumber })
                let holds = filter.containing.allSatisfy { condition in
                    switch condition {
                    case "river garden": words.contains("river") && words.contains("garden")
                    case "\"the river\" OR win*": text.contains("the river") || words.contains { $0.hasPrefix("win") }
                    case "-river": !words.contains("river")
                    case "档案": text.contains("档案")
                    default: words.contains(Substring(condition))
                    }
                }
                if holds { ids.insert(passage.id) }
            }
        }
        return ids
    }

    @Test func passagesSayTheirLanguage() throws {
        let project = try TestProject()
        try project.write(
            "a.md",
            "# 河\n\n这条河在冬天结冰了。\n\n# River\n\nThe river was frozen in the winter.\n\n# Names\n\nVolga, Elbe, Tiber\n")
        try project.write(
            "b.md", "# Fluss\n\nDer Fluss war gefroren, und es war kalt.\n\n# Namen\n\nWolga, Elbe, Tiber, Themse\n")
        let library = try project.library()
        _ = try library.index()
        #expect(try library.passages(path: "a.md").map(\.language).prefix(2) == ["zh", "en"])
        // Names are of the note's language.
        #expect(try library.passages(path: "b.md").map(\.language) == ["de", "de"])
        // Also after a passage's note has changed, and its catalog was read on.
        let query = Query(text: "river", filter: Filter(languages: [try #require(Language("de"))]))
        #expect(try library.search(query).count == 2)
        try project.write("b.md", "The river is not frozen and it flows.")
        _ = try library.index()
        #expect(try library.search(query).isEmpty)
    }
}
