import Foundation
import Testing

/// Where `-o` leads: nothing that is read is written over, and what is no regular file is written into.
@Suite struct ExportDestinationTests {
    private static let article = "# A\n\nSaid[^x].\n\n[^x]: X — `notes/x.md:1`\n"
    private static let exported = "# A\n\nSaid[1].\n\n## References\n\n1. *X*. "

    private func sandbox() throws -> Sandbox {
        try Sandbox(article: Self.article, notes: ["x.md": "# X\n\nWords.\n"], model: false)
    }

    private func type(of path: String) -> mode_t {
        var info = stat()
        return lstat(path, &info) == 0 ? info.st_mode & S_IFMT : 0
    }

    @Test func whatIsReadIsNotWrittenOver() throws {
        let box = try sandbox()
        let root = box.project.path
        symlink("article.md", root + "/link.md")
        symlink("link.md", root + "/far.md")
        link(root + "/article.md", root + "/hard.md")
        let before = try ["article.md", "notes/x.md", "longhand.toml"].map(box.read)
        for name in [
            "article.md", "./notes/../article.md", "link.md", "far.md", "hard.md", "notes/x.md", "longhand.toml",
        ] {
            let result = try box.run(["export", root + "/article.md", "-o", root + "/" + name])
            #expect(result.status == 3, "\(name)")
            #expect(result.errors.contains("would be lost; nothing was written"), "\(name): \(result.errors)")
        }
        // By another name of the article too, and where nobody named the place.
        symlink("article.md", root + "/hard.export.md")
        for arguments in [["export", root + "/link.md", "-o", root + "/article.md"], ["export", root + "/hard.md"]] {
            #expect(try box.run(arguments).status == 3)
        }
        #expect(try ["article.md", "notes/x.md", "longhand.toml"].map(box.read) == before)
        #expect(type(of: root + "/link.md") == S_IFLNK)

        let texts = box.folder.path + "/texts"
        try Data("one\n".utf8).write(to: URL(filePath: texts))
        #expect(try box.run(["embed", texts, "-o", texts]).status == 3)
        #expect(try String(contentsOfFile: texts, encoding: .utf8) == "one\n")
    }

    @Test func aPipeAndADeviceStayWhatTheyAre() throws {
        let box = try sandbox()
        let root = box.project.path
        let pipe = box.folder.path + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        let running = try box.launch(["export", root + "/article.md", "-o", pipe])
        let read = try #require(FileHandle(forReadingAtPath: pipe)).readDataToEndOfFile()
        #expect(try running.wait().status == 0)
        #expect(String(decoding: read, as: UTF8.self).hasPrefix(Self.exported))
        #expect(type(of: pipe) == S_IFIFO)

        symlink("/dev/null", root + "/null")
        #expect(try box.run(["export", root + "/article.md", "-o", root + "/null"]).status == 0)
        #expect(type(of: root + "/null") == S_IFLNK && type(of: "/dev/null") == S_IFCHR)

        #expect(
            try box.run(["export", root + "/article.md", "-o", "/dev/full"]).errors.contains(
                "/dev/full could not be written: "))
        #expect(try box.run(["export", root + "/article.md", "-o", root + "/notes"]).errors.contains("is a folder"))
    }

    @Test(arguments: ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
    func standardOutputIsContinued(name: String) throws {
        let box = try sandbox()
        // A shell's `{ echo before; longhand export …; } > file`.
        let file = box.folder.path + "/all"
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", "{ echo before; \"$0\" export article.md -o \(name); echo after; } > \(file)", try Sandbox.program,
        ]
        process.environment = box.variables
        process.currentDirectoryURL = box.project
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.hasPrefix("before\n" + Self.exported) && text.hasSuffix("after\n"))
    }

    @Test func aLinkToNothingIsFollowed() throws {
        let box = try sandbox()
        let root = box.project.path
        symlink("target.md", root + "/out.md")
        #expect(try box.run(["export", root + "/article.md", "-o", root + "/out.md"]).status == 0)
        #expect(type(of: root + "/out.md") == S_IFLNK)
        #expect(try box.read("target.md").hasPrefix(Self.exported))
    }

    @Test func aPlaceNobodyNamedIsInTheProject() throws {
        let box = try sandbox()
        let outside = box.folder.path + "/profile"
        symlink(outside, box.project.path + "/article.export.md")
        let result = try box.run(["export", box.project.path + "/article.md"])
        #expect(result.status == 3 && result.errors.contains("leads out of the project"))
        #expect(type(of: outside) == 0)
        // Nor does a new project begin where a link leads.
        let folder = box.folder.path + "/new"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        symlink(outside, folder + "/longhand.toml")
        #expect(try box.run(["init", folder]).status == 3)
        #expect(type(of: outside) == 0)
    }

    @Test func linksStartFromTheFileThatIsWritten() throws {
        let box = try sandbox()
        let root = box.project.path
        try FileManager.default.createDirectory(atPath: root + "/out/deep", withIntermediateDirectories: true)
        for (target, link) in [
            ("a.md", "notes/x.md"), ("out/deep/a.md", "../../notes/x.md"), ("notes/a.md", "x.md"),
            ("../a.md", "project/notes/x.md"),
        ] {
            #expect(try box.run(["export", root + "/article.md", "-o", root + "/" + target]).status == 0)
            #expect(try box.read(target).contains("[notes/x.md](\(link))"), "\(target)")
        }
    }
}
