#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs the shell command that prints a provider's key.
enum KeyCommand {
    /// What `command` prints. It gets no terminal: the screen is ours, and its standard error might
    /// hold a secret.
    static func output(
        of command: String, _ isCancelled: () -> Bool, _ timeoutSeconds: Int
    ) throws(AssistantError) -> [UInt8] {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .keyCommand(reason: "can't be started: no pipe") }
        // No other child may keep the pipe open.
        _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
        _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
        defer { close(ends[0]) }
        let child = spawn(command, output: ends[1])
        close(ends[1])
        guard let child else { throw .keyCommand(reason: "can't be started") }

        var bytes: [UInt8] = []
        var failure: AssistantError?
        let deadline = ContinuousClock.now + .seconds(timeoutSeconds)
        reading: while true {
            if isCancelled() {
                failure = .cancelled
                break
            }
            if ContinuousClock.now > deadline {
                failure = .keyCommand(reason: "did not end within \(timeoutSeconds) seconds")
                break
            }
            var wanted = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
            guard poll(&wanted, 1, 50) > 0 else { continue }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(ends[0], &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break reading }
            bytes += buffer[..<count]
            if bytes.count > 64 << 10 {
                failure = .keyCommand(reason: "printed more than a key")
                break
            }
        }
        let status = end(child, kill: failure != nil, deadline: deadline, isCancelled)
        if let failure { throw failure }
        guard let status else {
            throw .keyCommand(reason: "did not end within \(timeoutSeconds) seconds")
        }
        guard status == 0 else {
            let code = (status >> 8) & 0xFF
            throw .keyCommand(
                reason: status & 0x7F == 0 ? "ended with status \(code)" : "was ended by signal \(status & 0x7F)")
        }
        return bytes
    }

    /// The child's id; it leads a process group of its own, so that all it starts can be ended.
    private static func spawn(_ command: String, output: Int32) -> pid_t? {
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
        let words: [String] = ["/bin/sh", "-c", command]
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var child: pid_t = 0
        guard posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments, environ) == 0 else {
            return nil
        }
        return child
    }

    /// Waits for the child, at most until the deadline, and ends it where it must; nil when it had to
    /// be ended although its output was whole.
    private static func end(
        _ child: pid_t, kill mustKill: Bool, deadline: ContinuousClock.Instant, _ isCancelled: () -> Bool
    ) -> Int32? {
        var status: Int32 = 0
        var killed = mustKill
        if killed { kill(-child, SIGKILL) }
        while true {
            let ended = waitpid(child, &status, killed ? 0 : WNOHANG)
            if ended == child { return killed ? nil : status }
            if ended < 0, errno != EINTR { return killed ? nil : status }
            if killed { continue }
            if ContinuousClock.now > deadline || isCancelled() {
                kill(-child, SIGKILL)
                killed = true
            } else {
                poll(nil, 0, 5)
            }
        }
    }
}
