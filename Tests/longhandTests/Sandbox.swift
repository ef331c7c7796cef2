import Foundation
import TestTerminal

/// A home, a project and the built program, away from everything of the machine's user but the model.
final class Sandbox {
    let folder: URL
    var project: URL { folder.appending(path: "project") }
    private(set) var environment: [String: String]

    /// - Parameter model: false for a machine on which no model is installed.
    init(article: String, notes: [String: String] = [:], settings: String? = nil, model: Bool = true) throws {
        folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "longhand-test-\(UInt64.random(in: 0 ... .max))")
        let inherited = ProcessInfo.processInfo.environment
        environment = [
            "HOME": folder.appending(path: "home").path, "TERM": "xterm-256color", "LANG": "C.UTF-8",
            "PATH": inherited["PATH"] ?? "/usr/bin:/bin",
            "LONGHAND_MODELS": model ? Self.modelsFolder(inherited) : folder.appending(path: "no-models").path,
        ]
        try FileManager.default.createDirectory(at: project.appending(path: "notes"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(at: folder.appending(path: "home"), withIntermediateDirectories: true)
        try write(article, to: "article.md")
        for (name, text) in notes { try write(text, to: "notes/" + name) }
        try write(settings ?? "[scopes]\nnotes = \"share\"\n", to: "longhand.toml")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private static func modelsFolder(_ environment: [String: String]) -> String {
        if let own = environment["LONGHAND_MODELS"] { return own }
        let data = environment["XDG_DATA_HOME"] ?? (environment["HOME"] ?? "/root") + "/.local/share"
        return data + "/longhand/models"
    }

    func set(_ name: String, _ value: String) { environment[name] = value }

    var variables: [String: String] { environment }

    /// Writes the user's own settings.
    func writeUserSettings(_ text: String) throws {
        let folder = self.folder.appending(path: "home/.config/longhand")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: folder.appending(path: "config.toml"))
    }

    /// Whether any file below the sandbox, but for the settings, holds `text`.
    func holds(_ text: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { path in
            guard !path.hasSuffix(".toml"), let data = try? Data(contentsOf: folder.appending(path: path)) else {
                return false
            }
            return data.range(of: Data(text.utf8)) != nil
        }
    }

    /// Where the program looks for models.
    var models: URL { URL(filePath: environment["LONGHAND_MODELS"] ?? "") }

    /// Puts a model's files among the installed ones.
    func install(_ files: [String: [UInt8]], as name: String) throws {
        try Self.write(files, to: models.appending(path: name))
    }

    static func write(_ files: [String: [UInt8]], to folder: URL) throws {
        for (path, bytes) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
    }

    func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: project.appending(path: path))
    }

    func read(_ path: String) throws -> String {
        try String(contentsOf: project.appending(path: path), encoding: .utf8)
    }

    /// The program, built beside the tests.
    static var program: String {
        get throws {
            var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            for _ in 0..<6 {
                let candidate = folder.appending(path: "longhand").path
                if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
                folder = folder.deletingLastPathComponent()
            }
            // The test runner is the toolchain's: the bundle's own place tells where the build is.
            for bundle in Bundle.allBundles {
                let candidate = bundle.bundleURL.deletingLastPathComponent().appending(path: "longhand").path
                if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            }
            throw PseudoTerminal.Failure("the program was not built; run swift build first")
        }
    }

    /// Opens the studio on the article in a window of the given size.
    func studio(_ arguments: [String]? = nil, width: Int = 120, height: Int = 40) throws -> PseudoTerminal {
        try PseudoTerminal(
            program: Self.program, arguments: arguments ?? [project.path], environment: environment,
            directory: folder.path, width: width, height: height)
    }

    struct Output {
        var status: Int32
        var output: String
        var errors: String
        /// Standard output as it came.
        var bytes = Data()
    }

    /// Runs a command of the program to its end.
    func run(_ arguments: [String], input: String = "") throws -> Output {
        try launch(arguments, input: input).wait()
    }

    /// Runs a line as it is typed into a shell that finds the program.
    func shell(_ line: String, in directory: URL) throws -> Output {
        var variables = environment
        let bin = (try Self.program as NSString).deletingLastPathComponent
        variables["PATH"] = bin + ":" + (environment["PATH"] ?? "")
        return try RunningProgram(
            program: "/bin/sh", arguments: ["-c", "cd \"$1\" && eval \"$2\"", "sh", directory.path, line],
            environment: variables, directory: folder, input: ""
        ).wait()
    }

    /// Starts a command of the program.
    func launch(_ arguments: [String], input: String = "") throws -> RunningProgram {
        try RunningProgram(
            program: try Self.program, arguments: arguments, environment: environment, directory: folder, input: input)
    }
}

/// A command of the program that runs, or has run.
final class RunningProgram {
    private let process = Process()
    private let output: URL
    private let errors: URL

    init(program: String, arguments: [String], environment: [String: String], directory: URL, input: String) throws {
        let streams = directory.appending(path: "streams-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
        output = streams.appending(path: "out")
        errors = streams.appending(path: "err")
        let source = streams.appending(path: "in")
        try Data(input.utf8).write(to: source)
        for file in [output, errors] { try Data().write(to: file) }
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = directory
        process.standardInput = try FileHandle(forReadingFrom: source)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
    }

    /// Ends it as a crash or a power cut would: it hears nothing of it.
    func crash() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    var isRunning: Bool { process.isRunning }

    var outputSoFar: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }

    /// Waits until it has written `text`, to standard output or error.
    func wait(for text: String) throws {
        for _ in 0..<3_000 {
            if outputSoFar.contains(text) || errorsSoFar.contains(text) { return }
            if !process.isRunning { break }
            usleep(10_000)
        }
        throw PseudoTerminal.Failure("“\(text)” never came; it wrote:\n\(outputSoFar)\n\(errorsSoFar)")
    }

    /// What Ctrl-C sends.
    func interrupt() { kill(process.processIdentifier, SIGINT) }

    var errorsSoFar: String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }

    func wait() throws -> Sandbox.Output {
        process.waitUntilExit()
        return Sandbox.Output(
            status: process.terminationStatus, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: errorsSoFar, bytes: try Data(contentsOf: output))
    }
}
