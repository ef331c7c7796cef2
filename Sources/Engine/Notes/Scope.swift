/// What may happen to the files of a folder.
public enum Scope: String, Codable, Sendable, CaseIterable {
    /// Never read.
    case ignore
    /// Searchable on this machine, never sent.
    case index
    /// May be sent to a provider.
    case share
}
