import CProcesses

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Runs a program for what it prints: with arguments and never by a shell of its own accord, without input, with its
/// standard error thrown away, with a limit of time and of output, and ended with all that it started.
public enum ChildProcess {
    /// Why there is no output. Whatever it was, the child is gone.
    public enum Failure: Error, Equatable {
        case notStarted
        case cancelled
        /// It didn't end within its time, or not after its output was whole.
        case tookTooLong
        case wroteTooMuch
    }

    /// How a child ended.
    public enum Ending: Sendable, Equatable {
        case status(Int32)
        case signal(Int32)
    }

    /// - Parameters:
    ///   - words: an absolute path, and its arguments.
    ///   - environment: as `NAME=value`; nil for our own.
    ///   - outputLimit: in bytes.
    public static func run(
        _ words: [String], environment: [String]? = nil, timeLimit: Duration, outputLimit: Int, isCancelled: () -> Bool
    ) throws(Failure) -> (output: [UInt8], ending: Ending) {
        var ends: [Int32] = [-1, -1]
        guard longhand_private_pipe(&ends) == 0 else { throw .notStarted }
        defer { close(ends[0]) }
        let child = spawn(words, environment, output: ends[1])
        close(ends[1])
        guard let child else { throw .notStarted }

        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var failure: Failure?
        let deadline = ContinuousClock.now + timeLimit
        while failure == nil {
            if isCancelled() {
                failure = .cancelled
            } else if ContinuousClock.now > deadline {
                failure = .tookTooLong
            } else if bytes.count > outputLimit {
                failure = .wroteTooMuch
            }
            var wanted = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
            guard failure == nil, poll(&wanted, 1, 50) > 0 else { continue }
            let count = read(ends[0], &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            bytes += buffer[..<count]
        }
        if let failure {
            end(child)
            throw failure
        }
        return (bytes, try wait(for: child, until: deadline, isCancelled))
    }

    /// The child's id; it leads a process group of its own, so that all it starts can be ended.
    static func spawn(_ words: [String], _ environment: [String]?, input: Int32? = nil, output: Int32) -> pid_t? {
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
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        let variables: [UnsafeMutablePointer<CChar>?] = (environment ?? []).map { strdup($0) } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var child: pid_t = 0
        for attempt in 1...10 {
            let outcome =
                environment == nil
                ? posix_spawn(&child, words[0], &actions, &attributes, arguments, environ)
                : posix_spawn(&child, words[0], &actions, &attributes, arguments, variables)
            if outcome == 0 { return child }
            // A program that was written a moment ago is busy as long as a child that another thread has just forked holds
            // the descriptor it was written by.
            guard outcome == ETXTBSY, attempt < 10 else { break }
            poll(nil, 0, Int32(attempt) * 5)
        }
        return nil
    }

    /// Waits for the child, which has closed its output, until the deadline at most.
    static func wait(
        for child: pid_t, until deadline: ContinuousClock.Instant, _ isCancelled: () -> Bool
    ) throws(Failure) -> Ending {
        var status: Int32 = 0
        while true {
            let ended = waitpid(child, &status, WNOHANG)
            if ended == child { break }
            // Somebody else has waited for it.
            if ended < 0, errno != EINTR { return .status(0) }
            let failure: Failure? = ContinuousClock.now > deadline ? .tookTooLong : isCancelled() ? .cancelled : nil
            if let failure {
                end(child)
                throw failure
            }
            poll(nil, 0, 5)
        }
        return status & 0x7F == 0 ? .status((status >> 8) & 0xFF) : .signal(status & 0x7F)
    }

    /// Ends the child and all that it started.
    private static func end(_ child: pid_t) {
        kill(-child, SIGKILL)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
    }
}
