#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension ChildProcess {
    /// Runs a program for what it does with `input`; what it prints is thrown away. What it leaves running, as clipboard
    /// programs do, goes on.
    ///
    /// - Throws: `notStarted`, or `tookTooLong` where it was ended.
    public static func feed(_ words: [String], input: [UInt8], timeLimit: Duration) throws(Failure) -> Ending {
        // A file without a name, so that neither side waits for the other.
        guard let file = tmpfile() else { throw .notStarted }
        defer { fclose(file) }
        let isWritten = input.isEmpty || input.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) == $0.count }
        guard isWritten, fflush(file) == 0 else { throw .notStarted }
        rewind(file)
        let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
        guard nowhere >= 0 else { throw .notStarted }
        defer { close(nowhere) }
        guard let child = spawn(words, nil, input: fileno(file), output: nowhere) else { throw .notStarted }
        return try wait(for: child, until: ContinuousClock.now + timeLimit) { false }
    }
}
