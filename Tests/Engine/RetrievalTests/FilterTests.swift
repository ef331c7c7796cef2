import Manuscript
import Testing

@testable import Notes
@testable import Retrieval

@Suite struct WhereExpressionTests {
    private let note = NoteFacts(
        path: "notes/a.md", title: "On Rivers", date: "2024-05-31", tags: ["history", "Rome"],
        fields: [
            "year": "2021", "status": "Read", "not": "x", "authors": NoteFacts.field(["Knuth", "Ada Lovelace"]),
            "empty": NoteFacts.field([]), "done": "yes",
            "started": "2024-05-31", "price": "9.90", "key word": "x", "in": "3",
        ])

    @Test(arguments: [
        ("year >= 2020 and status = \"read\"", true), ("year > 2021", false), ("year = 2021.0", true),
        ("year<9", false), ("status != read", false), ("missing = 1", false), ("missing != 1", true),
        ("has year", true), ("not has missing", true), ("has missing or (year = 2021 and not status = 'new')", true),
        ("tags = rome", true), ("tags ~ his", true), ("title ~ \"river\"", true), ("not = x", true),
        ("date >= 2024-05 and date < 2024-06", true), ("path ~ notes/", true), ("YEAR == 2021", true),
        ("status in (new, read)", true), ("status in [new]", false), ("year in (2019, 2021)", true),
        ("year not in (2019)", true),
        ("tags contains rome", true), ("tags contains rom", false), ("tags ~ rom", true),
        ("title contains river", true),
        ("authors contains knuth", true), ("authors = \"Ada Lovelace\"", true), ("authors != knuth", false),
        ("authors ~ love", true),
        ("authors contains love", false), ("authors not contains turing", true), ("exists authors", true),
        ("missing exists", false),
        ("year exists", true), ("empty exists", false), ("done = true", true), ("done = yes", true),
        ("done != false", true),
        ("done = \"true\"", false), ("started = 2024-05", true), ("started > 2024-05", false),
        ("started <= 2024-05", true),
        ("started = 2024", true), ("started >= 2024-06", false), ("started > 2023", true), ("price < 10.5", true),
        ("price < 9", false),
        ("\"key word\" = x", true), ("in = 3", true), ("exists = 1", false), ("status contains \"\"", true),
        ("not status in (new)", true),
        ("a = 1 or b = 2 and year = 2021", false), ("(a = 1 or year = 2021) and status = read", true),
    ])
    func holds(source: String, expected: Bool) throws {
        #expect(try WhereExpression.parse(source).holds(for: note) == expected)
    }

    @Test(arguments: [
        ("", 1), ("year", 5), ("year >=", 8), ("year = 1 and", 13), ("(year = 1", 10), ("year = \"x", 10),
        ("year = 1 year = 2", 10), ("= 3", 1), (") or (", 1),
        ("year in 3", 9), ("year in (", 10), ("year in (1", 11), ("year in (1 2)", 12), ("year not 3", 9),
        ("year not = 3", 6), ("日期 ? 3", 4),
    ])
    func refuses(source: String, column: Int) {
        do {
            _ = try WhereExpression.parse(source)
            Issue.record("\(source) was read")
        } catch {
            guard case .badExpression(_, let at, _) = error else {
                Issue.record("another error: \(error)")
                return
            }
            #expect(at == column)
        }
    }

    @Test func deepNestingIsRefusedNotCrashed() {
        #expect(throws: LibraryError.self) {
            try WhereExpression.parse(String(repeating: "(", count: 100_000))
        }
    }
}

@Suite struct FilterTests {
    private static let notes: [NoteFacts] = {
        var source = WordSource(seed: 7)
        return (0..<40).map { index in
            NoteFacts(
                path: ["notes", "talks", "notes/old"][source.below(3)] + "/n\(index).md", title: "N\(index)",
                date: index % 5 == 0 ? nil : "20\(20 + source.below(5))-0\(1 + source.below(9))-15",
                tags: ["art", "history/rome", "science"].filter { _ in source.below(2) == 0 },
                fields: ["year": "\(2015 + source.below(10))"])
        }
    }()

    @Test func partsMeanWhatTheySay() throws {
        func paths(_ filter: Filter) throws -> [String] {
            let compiled = try CompiledFilter(filter)
            return FilterTests.notes.filter(compiled.accepts).map(\.path)
        }
        func expected(_ holds: (NoteFacts) -> Bool) -> [String] {
            FilterTests.notes.filter(holds).map(\.path)
        }
        #expect(try paths(Filter()) == expected { _ in true })
        #expect(
            try paths(Filter(tags: ["#Art", "history"])) == expected { $0.tags.starts(with: ["art", "history/rome"]) })
        #expect(try paths(Filter(paths: ["notes"])) == expected { $0.path.hasPrefix("notes/") })
        #expect(try paths(Filter(paths: ["notes/*.md", "talks"])) == expected { !$0.path.hasPrefix("notes/old") })
        #expect(
            try paths(Filter(after: "2021", before: "2023-05"))
                == expected {
                    $0.date.map { $0 >= "2021-01-01" && $0 < "2023-05-01" } ?? false
                })
        #expect(
            try paths(Filter(fields: .parse("year >= 2020")))
                == expected { Int($0.fields["year"] ?? "").map { $0 >= 2020 } ?? false })
    }

    @Test(arguments: ["yesterday", "24-01-01", "2024-1", "2024-13", "2024-01-32", "2024-01-01-01", ""])
    func badDatesAreRefused(date: String) {
        #expect(throws: LibraryError.badDate(date)) { try CompiledFilter(Filter(after: date)) }
    }
}

@Suite struct FilterLineTests {
    @Test func aLineSaysTheSameAsTheParts() throws {
        let line =
            "tag:history path:notes/ lang:zh after:2020 before:2024-05 scope:share text:\"small worlds\" year>=2020 status = \"to: read\""
        #expect(
            try Filter.parse(line: line)
                == Filter(
                    tags: ["history"], paths: ["notes/"], after: "2020", before: "2024-05",
                    fields: .parse("year >= 2020 and status = \"to: read\""), languages: [try #require(Language("zh"))],
                    scopes: [.share],
                    containing: ["\"small worlds\""]))
        #expect(try Filter.parse(line: "tag:\"two words\"  TAG:b").tags == ["two words", "b"])
        #expect(try Filter.parse(line: "a=1 or b=2 c=3").fields == .parse("a = 1 or b = 2 and c = 3"))
        #expect(
            try Filter.parse(line: "tag:x (a=1 or b=2) path:y not c=3").fields
                == .parse("(a = 1 or b = 2) and not c = 3"))
        #expect(try Filter.parse(line: "  ").isEmpty)
    }

    @Test(arguments: [
        ("tag:", 5), ("lang:xx", 6), ("after:soon", 7), ("tag:x year >", 13), ("path:a scope:none", 14),
        ("year>=2020 tag", 15),
        ("tag:a \"open", 12), ("before:2024-13 x=1", 8), ("unknown:3", 10),
    ])
    func whatCannotBeReadIsPlaced(line: String, column: Int) {
        do {
            let filter = try Filter.parse(line: line)
            Issue.record("\(line) was read as \(filter)")
        } catch {
            guard case .badExpression(let source, let at, _) = error else {
                Issue.record("another error: \(error)")
                return
            }
            #expect((source, at) == (line, column))
        }
    }

    @Test func theExcerptMarksThePlace() throws {
        do {
            _ = try WhereExpression.parse("日期 ? 3")
            Issue.record("it was read")
        } catch {
            #expect(error.excerpt == "  日期 ? 3\n       ^")
        }
        #expect(LibraryError.noModel.excerpt == nil)
    }
}
