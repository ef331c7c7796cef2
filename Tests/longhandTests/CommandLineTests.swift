import Foundation
import TestModels
import Testing

/// The contract that scripts depend on: exit statuses, JSON, and what goes to which stream.
@Suite(.serialized) struct CommandLineTests {
    private static let article = "# Title\n\nWords about bread.\n\n## Middle\n\nMore words.\n\n## End\n"
    private let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox(
            article: Self.article,
            notes: [
                "bread.md":
                    "---\ntitle: Bread\ntags: [food]\ndate: 2024-05-01\n---\n\n# Bread\n\nKnead the dough for ten minutes.\n",
                "maps.md": "# Maps\n\nA map shows roads and rivers.\n",
            ], model: false)
        try sandbox.install(TinyModel().files, as: "tiny")
        sandbox.set("LONGHAND_MODEL", "tiny")
    }

    private func run(_ arguments: [String], input: String = "") throws -> Sandbox.Output {
        try sandbox.run(arguments, input: input)
    }

    private func inProject(_ arguments: [String]) throws -> Sandbox.Output {
        try run(arguments + ["-p", sandbox.project.path])
    }

    private func json(_ output: Sandbox.Output, at place: SourceLocation = #_sourceLocation) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: output.bytes) as? [String: Any]
        #expect(value?["version"] as? Int == 1, sourceLocation: place)
        #expect(output.output.split(separator: "\n").count == 1, sourceLocation: place)
        return try #require(value, sourceLocation: place)
    }

    @Test func indexStatusAndSearchSpeakJSON() throws {
        let empty = try inProject(["search", "dough"])
        #expect(empty.status == 5)
        #expect(empty.errors.contains("longhand index"))
        let report = try json(inProject(["index", "--json"]))
        #expect(report["notes"] as? Int == 3 && report["embedded"] as? Int == 4, "\(report)")
        #expect(report["staying"] as? Int == 0 && report["remote"] == nil)
        let second = try json(inProject(["index", "--json"]))
        #expect(second["embedded"] as? Int == 0 && second["reused"] as? Int == 4)
        let status = try json(inProject(["status", "--json"]))
        #expect(status["model"] as? String == "tiny" && status["stale"] as? Int == 0)
        #expect(status["remote"] is NSNull)
        let found = try inProject(["search", "dough", "-k", "1", "--json"])
        #expect(found.status == 0)
        let search = try json(found)
        #expect(
            search["query"] as? String == "dough" && search["mode"] as? String == "hybrid"
                && search["took_ms"] is NSNumber)
        let hit = try #require((search["hits"] as? [[String: Any]])?.first)
        #expect(hit["path"] as? String == "notes/bread.md" && hit["rank"] as? Int == 1)
        for key in [
            "score", "strength", "similarity", "standing", "text_score", "fused", "penalty", "line", "end_line",
            "heading", "passage", "sentence", "tags", "id",
        ] {
            #expect(hit[key] != nil, "\(key)")
        }
        let nothing = try inProject(["search", "zzzz", "--mode", "text", "--json"])
        #expect(nothing.status == 1)
        #expect((try json(nothing)["hits"] as? [Any])?.isEmpty == true)
    }

    @Test func anUnknownEncodingIsLeftOutAndNamed() throws {
        // "知识管理" in GB18030, which is read, and UTF-8 that lost a byte, which isn't.
        try Data([0xD6, 0xAA, 0xCA, 0xB6, 0xB9, 0xDC, 0xC0, 0xED]).write(
            to: sandbox.project.appending(path: "notes/gbk.md"))
        try Data(Array("é ü ö ä".utf8) + [0xC3, 0x20, 0x61]).write(
            to: sandbox.project.appending(path: "notes/damaged.md"))
        let result = try inProject(["index"])
        #expect(result.status == 0)
        #expect(result.errors.contains("notes/damaged.md") && !result.errors.contains("notes/gbk.md"))
        let problems = try json(inProject(["status", "--json"]))["problems"] as? [[String: Any]]
        #expect(problems?.compactMap { $0["path"] as? String } == ["notes/damaged.md"])
        #expect((problems?.first?["reason"] as? String)?.contains("UTF-8") == true)
        let found = try json(inProject(["search", "知识", "--mode", "text", "--json"]))
        #expect((found["hits"] as? [[String: Any]])?.first?["path"] as? String == "notes/gbk.md")
    }

    @Test func whatCannotBeReadIsToldAndNotStale() throws {
        // Reading it fails whoever asks, and each process finds it dated otherwise.
        try FileManager.default.createSymbolicLink(
            atPath: sandbox.project.path + "/notes/broken.md", withDestinationPath: "/proc/self/mem")
        for isIndexed in [false, true] {
            if isIndexed { #expect(try inProject(["index"]).errors.contains("notes/broken.md: can't be read")) }
            let status = try json(inProject(["status", "--json"]))
            #expect(status["stale"] as? Int == (isIndexed ? 0 : 3))
            let problems = status["problems"] as? [[String: Any]]
            #expect(problems?.count == 1 && problems?.first?["path"] as? String == "notes/broken.md")
            #expect((problems?.first?["reason"] as? String)?.contains("can't be read") == true)
        }
        #expect(try inProject(["status"]).output.contains("stale     0\n"))
    }

    @Test func aFileOfAnyYearIsRead() throws {
        for (name, year) in [("past.md", -20_000_000_000.0), ("future.md", 10_000_000_000.0)] {
            let path = sandbox.project.appending(path: "notes/" + name).path
            try Data("Dough of another age.\n".utf8).write(to: URL(filePath: path))
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: year)], ofItemAtPath: path)
        }
        let report = try json(inProject(["index", "--json"]))
        #expect(report["notes"] as? Int == 5)
        let status = try json(inProject(["status", "--json"]))
        #expect(status["stale"] as? Int == 0)
        #expect(try run(["outline", sandbox.project.path + "/notes/future.md"]).status == 0)
    }

    @Test func wrongUsageIsTwoAndBadInputThree() throws {
        #expect(try inProject(["search", "x", "--no-such-option"]).status == 2)
        #expect(try inProject(["search", "x", "-k", "0"]).status == 2)
        #expect(try inProject(["search", "x", "--where", "year >"]).status == 2)
        #expect(try run(["similarity", "alone"]).status == 2)
        #expect(try run(["completions", "tcsh"]).status == 2)
        #expect(try inProject(["index", "--dry-run"]).status == 2)
        #expect(try run(["status", "-p", "/no/such/folder"]).status == 3)
        #expect(try run(["outline", "/no/such/article.md"]).status == 3)
        try sandbox.write("[editor]\nwidth = 3\n", to: "longhand.toml")
        let settings = try inProject(["status"])
        #expect(settings.status == 3)
        #expect(settings.errors.contains("longhand.toml:2"))
        #expect(settings.output.isEmpty)
    }

    @Test func aMissingModelIsFiveForWhatNeedsOne() throws {
        sandbox.set("LONGHAND_MODEL", "all-MiniLM-L6-v2")
        let embed = try run(["embed"], input: "a\n")
        #expect(embed.status == 5)
        #expect(embed.errors.contains("longhand model pull"))
        let index = try inProject(["index"])
        #expect(index.status == 0)
        #expect(index.errors.contains("not installed"))
        #expect(try inProject(["search", "dough"]).status == 0)
        #expect(try inProject(["search", "dough", "--mode", "semantic"]).status == 5)
    }

    @Test func aTruncatedModelIsSaidWithItsFile() throws {
        try sandbox.install(["model.safetensors": Array(TinyModel().weights.prefix(5000))], as: "tiny")
        let result = try run(["embed"], input: "a\n")
        #expect(result.status == 3)
        #expect(result.errors.contains("tiny/model.safetensors has 5000 bytes where its header promises"))
        #expect(result.output.isEmpty)
    }

    @Test func embedWritesNumPyAndJSONLines() throws {
        let array = Array(try run(["embed", "-o", "-"], input: "hello\nworld\n").bytes)
        try #require(array.count > 10)
        #expect(Array(array[0..<8]) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0])
        let length = Int(array[8]) | Int(array[9]) << 8
        let header = String(decoding: array[10..<(10 + length)], as: UTF8.self)
        #expect((10 + length) % 64 == 0 && header.hasSuffix("\n"))
        #expect(
            header.contains("'descr': '<f4'") && header.contains("'fortran_order': False")
                && header.contains("'shape': (2, 8)"))
        #expect(array.count == 10 + length + 2 * 8 * 4)
        let path = sandbox.folder.appending(path: "out.npy")
        #expect(try run(["embed", "-o", path.path], input: "hello\nworld\n").status == 0)
        #expect(Array(try Data(contentsOf: path)) == array)
        let lines = try run(["embed"], input: "hello\r\nworld").output.split(separator: "\n")
        #expect(lines.count == 2)
        let first = try JSONSerialization.jsonObject(with: Data((lines.first ?? "").utf8)) as? [String: Any]
        #expect(first?["text"] as? String == "hello")
        let vector = try #require(first?["embedding"] as? [Double])
        #expect(vector.count == 8 && abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-4)
        let bad = sandbox.folder.appending(path: "bad.txt")
        try Data([0xFF, 0xFE, 0x61]).write(to: bad)
        #expect(try run(["embed", bad.path]).status == 3)
    }

    @Test func similarityComparesTheFirstWithTheOthers() throws {
        let result = try json(run(["similarity", "bread", "bread", "map", "--json"]))
        let values = (result["similarities"] as? [[String: Any]])?.compactMap { $0["similarity"] as? Double } ?? []
        #expect(values.count == 2)
        #expect(abs((values.first ?? 0) - 1) < 1e-5 && (values.last ?? 1) < 0.9999)
    }

    @Test func wrongKeysAreToldWithFileAndLine() throws {
        try sandbox.writeUserSettings("keymap = \"emacs\"\n\n[keys]\nsave = [\"f12\"]\nquit = [\"f12\"]\n")
        let output = try run(["keys"])
        #expect(output.status == 3 && output.output.isEmpty)
        #expect(output.errors.contains("config.toml:5: F12 would be both quit and save."))
        try sandbox.writeUserSettings("[keys]\nsave = [\"f12\"]\n")
        #expect(try run(["keys"]).output.contains("F12                         Save"))
    }

    @Test func outlineExportAndKeys() throws {
        let path = sandbox.project.appending(path: "article.md").path
        let outline = try json(run(["outline", path, "--json"]))
        let sections = outline["sections"] as? [[String: Any]]
        #expect(sections?.compactMap { $0["title"] as? String } == ["Title", "Middle", "End"])
        #expect(sections?.compactMap { $0["line"] as? Int } == [1, 5, 9])
        let piped = try run(["outline", "-", "--json"], input: "# One\n")
        #expect((try json(piped)["sections"] as? [Any])?.count == 1)
        let export = try run(["export", path, "-o", "-"])
        #expect(export.status == 0 && export.output.contains("Words about bread."))
        #expect((try json(run(["keys", "--json"]))["commands"] as? [Any])?.isEmpty == false)
        #expect(try run(["keys", "--keymap", "emacs"]).output.contains("Ctrl-X Ctrl-S"))
        #expect(try run(["keys", "--keymap", "edlin"]).status == 3)
        let settings = try json(inProject(["config", "--json"]))["settings"] as? [[String: Any]]
        let model = settings?.first { $0["name"] as? String == "model" }
        #expect(model?["value"] as? String == "tiny" && model?["from"] as? String == "LONGHAND_MODEL")
        #expect(try run(["completions", "bash"]).output.contains("longhand"))
        #expect(try inProject(["doctor"]).output.contains("model tiny, 8 dimensions, 64 tokens"))
    }

    @Test func anUnknownSectionListsThoseThereAre() throws {
        #expect(try inProject(["index"]).status == 0)
        let path = sandbox.project.appending(path: "article.md").path
        let result = try run(["draft", path, "--section", "Nowhere", "--dry-run"])
        #expect(result.status == 3)
        #expect(result.errors.contains("Nowhere") && result.errors.contains("Middle"))
        let dry = try run(["draft", path, "--section", "Middle", "--instruction", "Go on.", "--dry-run"])
        #expect(dry.status == 0, "\(dry.errors)")
        #expect(dry.output.contains("Go on."))
        let unconfigured = try run(["draft", path, "--section", "Middle"])
        #expect(unconfigured.status == 3)
        #expect(unconfigured.errors.contains("[provider]"))
    }

    @Test func initBeginsAProjectOnce() throws {
        let folder = sandbox.folder.appending(path: "new").path
        #expect(try run(["init", folder]).status == 0)
        #expect(FileManager.default.fileExists(atPath: folder + "/longhand.toml"))
        let again = try run(["init", folder])
        #expect(again.status == 3)
        #expect(again.errors.contains("exists already"))
        #expect(try run(["status", "-p", folder]).status == 0)
    }

    @Test func aNoteWithWindowsLineEndsIsPublishedByItsTitle() throws {
        try sandbox.write("# Kneading\r\n\r\nKnead the dough.\r\n", to: "notes/dos.md")
        try sandbox.write("Said[^k].\n\n[^k]: Kneading — `notes/dos.md:3`\n", to: "cites.md")
        let export = try run(["export", sandbox.project.appending(path: "cites.md").path, "-o", "-"])
        #expect(
            export.status == 0 && export.output.contains("Kneading") && !export.output.contains("Knead the dough"),
            "\(export.output)")
        #expect(!export.output.contains("\r"))
    }
}
