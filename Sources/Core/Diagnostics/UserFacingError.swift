/// The exit statuses of the command line. Scripts depend on these numbers.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    case done = 0
    case nothingFound = 1
    case usage = 2
    case badInput = 3
    case network = 4
    case unavailable = 5
    case interrupted = 130
}

/// An error that can be said to a person: one sentence that names what is wrong, and,
/// where there is one, the cure.
///
/// The wording lives with the error, once; the command line and the status line both show it.
public protocol UserFacingError: Error, Sendable, CustomStringConvertible {
    /// One sentence that names the file, field or host concerned. It never holds a secret.
    var message: String { get }
    /// What the reader can do about it, as an imperative sentence.
    var hint: String? { get }
    /// What the process exits with when this error ends a command.
    var status: ExitStatus { get }
}

extension UserFacingError {
    /// No hint, unless the error gives one.
    public var hint: String? { nil }

    /// The message, and behind it the hint where there is one.
    public var description: String {
        guard let hint else { return message }
        return message + " " + hint
    }
}
