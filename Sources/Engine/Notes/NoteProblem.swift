/// A file that was left out, or read with something missing.
public struct NoteProblem: Sendable, Equatable, Codable {
    /// Relative to the project's root.
    public var path: String
    /// Counted from 1, when the problem has a place.
    public var line: Int?
    /// What is wrong, as a clause: `is not UTF-8`.
    public var reason: String

    /// A problem of a file, at a line where it has one.
    public init(path: String, line: Int? = nil, reason: String) {
        self.path = path
        self.line = line
        self.reason = reason
    }
}
