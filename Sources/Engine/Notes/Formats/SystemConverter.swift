import Foundation
import Processes

/// Runs the programs that are installed: found in `PATH`, started with arguments and never by a shell, without
/// input, with a limit of time and of output, and ended with all that they started.
public struct SystemConverter: DocumentConverter {
    private let folders: [String]
    private let timeLimit: Duration
    private let outputLimit: Int

    /// - Parameters:
    ///   - path: as `PATH` has it; relative folders in it don't count.
    ///   - outputLimit: in bytes: a small file may be made to unpack into a very large text.
    public init(
        path: String = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
        timeLimit: Duration = .seconds(60), outputLimit: Int = 32 << 20
    ) {
        folders = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
        self.timeLimit = timeLimit
        self.outputLimit = outputLimit
    }

    /// Whether the program is in one of the folders and may be run; asks the disk each time.
    public func has(_ program: DocumentProgram) -> Bool { executable(of: program) != nil }

    /// The program's path, time of change and size, which another version of it has otherwise.
    public func identity(of program: DocumentProgram) -> String {
        guard let executable = executable(of: program), let facts = FileFacts(executable) else {
            return program.rawValue
        }
        return "\(executable) \(facts.mtime) \(facts.size)"
    }

    /// Runs the program and returns what it printed.
    ///
    /// - Throws: `ConversionFailure` where the program isn't installed, fails, is cancelled, or reaches a limit.
    public func text(
        of path: String, by program: DocumentProgram, isCancelled: () -> Bool
    ) throws(ConversionFailure) -> [UInt8] {
        guard let executable = executable(of: program) else {
            throw ConversionFailure(reason: "needs \(program.rawValue), which isn't installed")
        }
        let words = [executable] + SystemConverter.arguments(for: path, program)
        return try output(of: words, named: program.rawValue, isCancelled)
    }

    /// `path` is absolute, so it can't be taken for an option.
    package static func arguments(for path: String, _ program: DocumentProgram) -> [String] {
        switch program {
        case .pdftotext: return ["-layout", "-enc", "UTF-8", path, "-"]
        case .pandoc:
            let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
            // In the sandbox a document can't have other files read.
            // Only EPUB's reader makes blocks of its <div>s, which are no part of the text.
            let reader = ending == "epub" ? "epub-native_divs-native_spans" : ending
            // Standalone has title, author, date and keywords come as a front matter.
            return ["--sandbox", "--standalone", "--from=\(reader)", "--to=gfm-raw_html", "--wrap=none", path]
        }
    }

    private func executable(of program: DocumentProgram) -> String? {
        folders.lazy.map { $0 + "/" + program.rawValue }.first { executable in
            var info = stat()
            return stat(executable, &info) == 0 && info.st_mode & S_IFMT == S_IFREG && access(executable, X_OK) == 0
        }
    }

    private func output(
        of words: [String], named name: String, _ isCancelled: () -> Bool
    ) throws(ConversionFailure) -> [UInt8] {
        // Keys and tokens in our environment are none of its business.
        let kept = ["PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR"]
        let environment = kept.compactMap { name in
            ProcessInfo.processInfo.environment[name].map { name + "=" + $0 }
        }
        do throws(ChildProcess.Failure) {
            let (bytes, ending) = try ChildProcess.run(
                words, environment: environment, timeLimit: timeLimit, outputLimit: outputLimit,
                isCancelled: isCancelled)
            if ending == .status(0) { return bytes }
        } catch {
            throw switch error {
            case .notStarted: ConversionFailure(reason: "can't be converted: \(name) can't be started")
            case .cancelled: ConversionFailure(reason: "was interrupted")
            case .tookTooLong:
                ConversionFailure(reason: "took \(name) more than \(timeLimit.components.seconds) seconds")
            case .wroteTooMuch: ConversionFailure(reason: "is more than \(outputLimit >> 20) MB of text")
            }
        }
        throw ConversionFailure(reason: "can't be converted by \(name); it may be damaged")
    }
}
