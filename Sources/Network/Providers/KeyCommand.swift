import Processes

/// Runs the shell command that prints a provider's key.
enum KeyCommand {
    /// What `command` prints. It gets no terminal: the screen is ours, and its standard error might
    /// hold a secret.
    static func output(
        of command: String, _ isCancelled: () -> Bool, _ timeoutSeconds: Int
    ) throws(ProviderError) -> [UInt8] {
        let (bytes, ending): ([UInt8], ChildProcess.Ending)
        do throws(ChildProcess.Failure) {
            (bytes, ending) = try ChildProcess.run(
                ["/bin/sh", "-c", command], timeLimit: .seconds(timeoutSeconds), outputLimit: 64 << 10,
                isCancelled: isCancelled)
        } catch {
            switch error {
            case .notStarted: throw .keyCommand(reason: "can't be started")
            case .cancelled: throw .cancelled
            case .tookTooLong: throw .keyCommand(reason: "did not end within \(timeoutSeconds) seconds")
            case .wroteTooMuch: throw .keyCommand(reason: "printed more than a key")
            }
        }
        switch ending {
        case .status(0): return bytes
        case .status(let code): throw .keyCommand(reason: "ended with status \(code)")
        case .signal(let number): throw .keyCommand(reason: "was ended by signal \(number)")
        }
    }
}
