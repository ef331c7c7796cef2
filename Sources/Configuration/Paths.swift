/// Where things are kept, after the XDG base directory specification.
public struct Paths: Sendable, Equatable {
    /// `config.toml` and the user's own themes.
    public let config: String
    public let data: String
    /// Journals, the log, the session.
    public let state: String
    /// A folder a model.
    public let models: String
    /// A folder a library.
    public let libraries: String

    /// - Parameter environment: `XDG_CONFIG_HOME`, `XDG_DATA_HOME`, `XDG_STATE_HOME`, `HOME`, and
    ///   `LONGHAND_MODELS` for models kept elsewhere. A relative XDG path is ignored, as the
    ///   specification asks.
    public init(environment: [String: String]) {
        let home = environment["HOME"] ?? "/"
        func folder(_ name: String, _ standard: String) -> String {
            if let value = environment[name], value.hasPrefix("/") { return value + "/longhand" }
            return home + standard + "/longhand"
        }
        config = folder("XDG_CONFIG_HOME", "/.config")
        data = folder("XDG_DATA_HOME", "/.local/share")
        state = folder("XDG_STATE_HOME", "/.local/state")
        if let own = environment["LONGHAND_MODELS"], own.hasPrefix("/") { models = own } else { models = data + "/models" }
        libraries = data + "/libraries"
    }

    public var userSettings: String { config + "/config.toml" }
}
