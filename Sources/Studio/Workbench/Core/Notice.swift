/// Identifies one request to the outside, so that a late answer can be told from the current one.
public struct Ticket: Sendable, Hashable {
    /// Later requests have larger numbers.
    public let number: Int
    /// The studio numbers its own requests from 1 on.
    public init(number: Int) { self.number = number }
}

/// One line under the status line, until the next key.
struct Notice: Sendable, Equatable {
    enum Kind: Sendable { case information, success, error }
    var text: String
    var kind: Kind
}

/// A failure as the screen says it: what went wrong and the cure.
public struct Failure: Error, Sendable, Equatable {
    /// What went wrong, in one sentence.
    public var message: String
    /// What the writer can do about it, in one sentence; nil where there is nothing to do.
    public var hint: String?

    /// - Parameter hint: nil where there is nothing to do about it.
    public init(message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    var sentence: String {
        guard let hint else { return message }
        return message + " " + hint
    }
}
