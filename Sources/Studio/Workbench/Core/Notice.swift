/// Identifies one request to the outside, so that a late answer can be told from the current one.
public struct Ticket: Sendable, Hashable {
    public let number: Int
    public init(number: Int) { self.number = number }
}

/// One line under the status line, until the next key.
public struct Notice: Sendable, Equatable {
    public enum Kind: Sendable { case information, success, error }
    public var text: String
    public var kind: Kind
}

/// A failure as the screen says it: what went wrong and the cure.
public struct Failure: Error, Sendable, Equatable {
    public var message: String
    public var hint: String?

    public init(message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    public var sentence: String {
        guard let hint else { return message }
        return message + " " + hint
    }
}
