extension ExitStatus {
    /// What a script learns from it, in a few words: for the help and the documentation.
    public var meaning: String {
        switch self {
        case .done: "done"
        case .nothingFound: "nothing found"
        case .usage: "wrong usage"
        case .badInput: "bad input or configuration, or output that could not be written"
        case .network: "network or provider"
        case .unavailable: "library or model unavailable"
        case .interrupted: "interrupted"
        }
    }
}
