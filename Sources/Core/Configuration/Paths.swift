import Foundation

/// Where things are kept, after the XDG base directory specification.
public struct Paths: Sendable, Equatable {
    /// The writer's home folder; empty where none is known.
    public let home: String
    /// `config.toml` and the user's own themes.
    public let config: String
    /// Models, libraries, and dictionaries that the writer added.
    public let data: String
    /// Journals, the log, the session.
    public let state: String
    /// A folder a model.
    public let models: String
    /// A folder a library.
    public let libraries: String
    /// Whether one of these lies in a home folder that isn't known.
    let lacksHome: Bool

    /// - Parameters:
    ///   - environment: `XDG_CONFIG_HOME`, `XDG_DATA_HOME`, `XDG_STATE_HOME`, `HOME`, and `LONGHAND_MODELS` for models
    ///     kept elsewhere. An empty or relative path is ignored, as the specification asks.
    ///   - accountHome: the home folder of the account, for where `HOME` says none.
    public init(environment: [String: String], accountHome: @autoclosure () -> String? = Paths.homeOfAccount()) {
        func absolute(_ name: String) -> String? {
            guard var path = environment[name], path.hasPrefix("/") else { return nil }
            while path.hasSuffix("/") { path.removeLast() }
            return path
        }
        let home = absolute("HOME") ?? accountHome()
        func folder(_ name: String, _ standard: String) -> String {
            (absolute(name) ?? (home ?? "") + standard) + "/longhand"
        }
        config = folder("XDG_CONFIG_HOME", "/.config")
        data = folder("XDG_DATA_HOME", "/.local/share")
        state = folder("XDG_STATE_HOME", "/.local/state")
        models = absolute("LONGHAND_MODELS") ?? data + "/models"
        libraries = data + "/libraries"
        self.home = home.map { $0.isEmpty ? "/" : $0 } ?? ""
        lacksHome =
            home == nil && !["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"].allSatisfy { absolute($0) != nil }
    }

    /// The paths of whoever runs the program.
    ///
    /// - Throws: `ConfigurationError.noHome` where there is no folder to keep anything in.
    public static func ofUser(environment: [String: String]) throws(ConfigurationError) -> Paths {
        let paths = Paths(environment: environment)
        guard !paths.lacksHome else { throw .noHome }
        return paths
    }

    /// The writer's own settings file, whether it exists or not.
    public var userSettings: String { config + "/config.toml" }

    /// What the password database says of this account. Asked once, before there are threads.
    public static func homeOfAccount() -> String? {
        guard let home = getpwuid(getuid())?.pointee.pw_dir else { return nil }
        let path = String(cString: home)
        return path.hasPrefix("/") && path != "/" ? path : nil
    }
}
