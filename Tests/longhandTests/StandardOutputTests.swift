import Foundation
import TestModels
import TestServer
import Testing

/// Output that can't be written is told and fails; a reader that has had enough is no failure.
@Suite(.serialized) struct StandardOutputTests {
    private let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox(
            article: "# Title\n\nWords about bread.\n", notes: ["bread.md": "# Bread\n\nKnead the dough.\n"],
            model: false)
        try sandbox.install(TinyModel().files, as: "tiny")
        sandbox.set("LONGHAND_MODEL", "tiny")
        #expect(try sandbox.run(["index", "-p", sandbox.project.path]).status == 0)
    }

    /// Runs the program by a shell, with its streams as `redirection` says.
    private func run(_ command: String, _ redirection: String) throws -> Sandbox.Output {
        let script = "exec \"\(try Sandbox.program)\" \(command) \(redirection)"
        return try RunningProgram(
            program: "/bin/sh", arguments: ["-c", script], environment: sandbox.variables, directory: sandbox.folder,
            input: ""
        ).wait()
    }

    static let printing = [
        "index -p project", "index -p project --json", "index -p project --watch", "index -p project --watch --json",
        "status -p project", "status -p project --json", "search dough -p project", "search dough -p project --json",
        "related project/article.md:3", "outline project/article.md", "outline project/article.md --json",
        "export project/article.md -o -", "keys", "keys --json", "config -p project", "config -p project --json",
        "doctor -p project",
        "completions zsh", "--generate-completion-script bash", "--help", "search --help", "help search", "--version",
        "model list",
        "model list --json", "model path tiny", "model verify tiny --json", "similarity a b", "stats --json",
        "embed project/article.md",
        "embed project/article.md -o -", "draft project/article.md --section Title --dry-run",
    ]

    @Test(arguments: StandardOutputTests.printing) func aFullDiskIsTold(_ command: String) throws {
        let result = try run(command, "> /dev/full")
        #expect(result.status == 3, "\(command): \(result.errors)")
        #expect(
            result.errors.contains("longhand: Standard output could not be written: No space left on device.\n"),
            "\(result.errors)")
    }

    @Test(arguments: ["keys --json", "search dough -p project", "status -p project", "--help"])
    func closedOutputIsToldAndNoFileTakesItsPlace(_ command: String) throws {
        let result = try run(command, ">&-")
        #expect(result.status == 3, "\(command): \(result.errors)")
        #expect(
            result.errors.contains("longhand: Standard output could not be written: it is closed.\n"),
            "\(result.errors)")
        #expect(
            try sandbox.run(["search", "dough", "-p", sandbox.project.path]).status == 0, "the library must be whole")
    }

    @Test func aLimitOnFilesIsTold() throws {
        let script = "ulimit -f 1; exec \"\(try Sandbox.program)\" keys --json > out"
        let result = try RunningProgram(
            program: "/bin/sh", arguments: ["-c", script], environment: sandbox.variables, directory: sandbox.folder,
            input: ""
        ).wait()
        #expect(result.status == 3)
        #expect(
            result.errors.contains("longhand: Standard output could not be written: File too large.\n"),
            "\(result.errors)")
    }

    @Test func aReaderThatLeavesIsNoFailure() throws {
        for command in ["keys --json", "--help", "completions bash"] {
            let script = "{ \"\(try Sandbox.program)\" \(command); echo \"status $?\" >&2; } | :"
            let result = try RunningProgram(
                program: "/bin/sh", arguments: ["-c", script], environment: sandbox.variables,
                directory: sandbox.folder, input: ""
            ).wait()
            #expect(result.errors == "status 0\n", "\(command)")
        }
    }

    @Test func anAnswerThatFindsNoRoomIsKept() throws {
        let server = try TestServer.chatCompletions(chunks: ["Paid ", "for."])
        defer { server.stop() }
        try sandbox.writeUserSettings("[provider]\nbase_url = \"\(server.url)\"\nmodel = \"m\"\n")
        let draft = "draft project/article.md --section Title"
        for command in [draft, draft + " --json", "ask why -p project", "ask why -p project --json"] {
            let result = try run(command, "> /dev/full")
            #expect(result.status == 3 && result.errors.contains("No space left on device"), "\(result.errors)")
            let line = result.errors.split(separator: "\n").first { $0.hasPrefix("What arrived is in /") } ?? ""
            let path = String(line.dropFirst("What arrived is in ".count).dropLast())
            #expect((try? String(contentsOfFile: path, encoding: .utf8)) == "Paid for.", "\(command): \(result.errors)")
        }
    }

    @Test func standardErrorThatFailsLosesNoOutput() throws {
        let expected = try run("search dough -p project", "").output
        #expect(expected.contains("notes/bread.md:3"))
        for redirection in ["2> /dev/full", "2>&-"] {
            let result = try run("search dough -p project", redirection)
            #expect(result.status == 0)
            #expect(result.output == expected)
        }
        #expect(try run("search", "2> /dev/full").status == 2)
        #expect(try run("model list", "2> /dev/full").status == 0)
        #expect(try run("index -p project --rebuild", "2> /dev/full").status == 0)
    }

    @Test func inputThatCannotBeReadIsTold() throws {
        let closed = try run("outline -", "<&-")
        #expect(closed.status == 3)
        #expect(closed.errors == "longhand: Standard input could not be read: it is closed.\n")
        let folder = try run("embed", "< /")
        #expect(folder.status == 3)
        #expect(folder.errors == "longhand: Standard input could not be read: Is a directory.\n")
    }
}
