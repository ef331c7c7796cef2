/// Where a provider's key comes from. The key itself is never kept: it is read for each request.
public enum KeySource: Sendable, Equatable, CustomStringConvertible {
    /// The provider needs none.
    case none
    /// The variable of this name.
    case environment(String)
    /// What this shell command prints.
    case command(String)

    /// Says the kind only: a command may hold a secret.
    public var description: String {
        switch self {
        case .none: "no key"
        case .environment(let name): "environment variable \(name)"
        case .command: "a command"
        }
    }
}
