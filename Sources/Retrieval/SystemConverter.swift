import Foundation

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

    public func has(_ program: DocumentProgram) -> Bool { place(of: program) != nil }

    public func identity(of program: DocumentProgram) -> String {
        guard let place = place(of: program), let facts = FileFacts(place) else { return program.rawValue }
        return "\(place) \(facts.mtime) \(facts.size)"
    }

    public func text(
        of path: String, by program: DocumentProgram, isCancelled: () -> Bool
    ) throws(ConversionFailure) -> [UInt8] {
        guard let place = place(of: program) else {
            throw ConversionFailure(reason: "needs \(program.rawValue), which isn't installed")
        }
        let words = [place] + SystemConverter.arguments(for: path, program)
        return try output(of: words, named: program.rawValue, isCancelled)
    }

    /// `path` is absolute, so it can't be taken for an option.
    static func arguments(for path: String, _ program: DocumentProgram) -> [String] {
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

    private func place(of program: DocumentProgram) -> String? {
        folders.lazy.map { $0 + "/" + program.rawValue }.first { place in
            var info = stat()
            return stat(place, &info) == 0 && info.st_mode & S_IFMT == S_IFREG && access(place, X_OK) == 0
        }
    }

    private func output(
        of words: [String], named name: String, _ isCancelled: () -> Bool
    ) throws(ConversionFailure) -> [UInt8] {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ConversionFailure(reason: "can't be converted: no pipe") }
        // No other child may keep the pipe open.
        _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
        _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
        defer { close(ends[0]) }
        let child = SystemConverter.spawn(words, output: ends[1])
        close(ends[1])
        guard let child else { throw ConversionFailure(reason: "can't be converted: \(name) can't be started") }

        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var failure: ConversionFailure?
        let deadline = ContinuousClock.now + timeLimit
        while failure == nil {
            if isCancelled() {
                failure = ConversionFailure(reason: "was interrupted")
            } else if ContinuousClock.now > deadline {
                failure = ConversionFailure(reason: "took \(name) more than \(timeLimit.components.seconds) seconds")
            } else if bytes.count > outputLimit {
                failure = ConversionFailure(reason: "is more than \(outputLimit >> 20) MB of text")
            }
            var wanted = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
            guard failure == nil, poll(&wanted, 1, 50) > 0 else { continue }
            let count = read(ends[0], &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            bytes += buffer[..<count]
        }
        let status = SystemConverter.end(child, kills: failure != nil, deadline)
        if let failure { throw failure }
        guard status == 0 else { throw ConversionFailure(reason: "can't be converted by \(name); it may be damaged") }
        return bytes
    }

    /// The child's id; it leads a process group of its own, so that all it starts can be ended.
    private static func spawn(_ words: [String], output: Int32) -> pid_t? {
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #else
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        // Keys and tokens in our environment are none of its business.
        let kept = ["PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR"]
        let variables = kept.compactMap { name in
            ProcessInfo.processInfo.environment[name].map { name + "=" + $0 }
        }
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        let environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
        defer { (arguments + environment).forEach { free($0) } }
        var child: pid_t = 0
        guard posix_spawn(&child, words[0], &actions, &attributes, arguments, environment) == 0 else { return nil }
        return child
    }

    /// Waits for the child, which has closed its output, until the deadline at most. Its status; nil when it
    /// had to be ended.
    private static func end(_ child: pid_t, kills: Bool, _ deadline: ContinuousClock.Instant) -> Int32? {
        var status: Int32 = 0
        var killed = kills
        if killed { kill(-child, SIGKILL) }
        while true {
            let ended = waitpid(child, &status, killed ? 0 : WNOHANG)
            if ended == child { return killed ? nil : status }
            if ended < 0, errno != EINTR { return nil }
            if killed { continue }
            if ContinuousClock.now > deadline {
                kill(-child, SIGKILL)
                killed = true
            } else {
                poll(nil, 0, 5)
            }
        }
    }
}
