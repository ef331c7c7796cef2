import Diagnostics

/// What is wrong with a setting, and where.
public enum ConfigurationError: UserFacingError, Equatable {
    case unreadable(path: String, reason: String)
    case badTOML(path: String, line: Int, reason: String)
    case unknownKey(path: String, line: Int?, key: String, known: [String])
    case wrongType(path: String, line: Int?, key: String, expected: String)
    case badValue(path: String, line: Int?, key: String, reason: String)
    /// A key was written into a file. The key itself is not repeated.
    case literalKey(path: String, line: Int?)
    /// A command from a project's file would run a stranger's program.
    case commandInProject(path: String, line: Int?)
    /// A project's file would send notes to a stranger's server.
    case embeddingInProject(path: String, line: Int?)
    /// A stranger's project would put other commands under the writer's fingers.
    case keysInProject(path: String, line: Int?, key: String)
    /// What a project may not say, since it would have something sent, run or thrown away.
    case ownFileOnly(path: String, line: Int?, key: String)
    /// `path` is the file, variable or flag that chooses it.
    case unknownProfile(path: String, line: Int?, name: String, known: [String])
    /// There are profiles, and none is chosen.
    case noProfileChosen(known: [String])
    /// The project's article isn't in the project.
    case articleOutside(path: String)
    case notFound(path: String)
    case noArticle(path: String)
    /// Neither the environment nor the account says where files may be kept.
    case noHome

    /// One sentence that names the file and, where it is known, the line.
    public var message: String {
        switch self {
        case .unreadable(let path, let reason): "\(terminalSafe(path)) could not be read: \(reason)."
        case .badTOML(let path, let line, let reason):
            "\(location(path, line)) is not valid TOML: \(terminalSafe(reason))."
        case .unknownKey(let path, let line, let key, _):
            "\(location(path, line)) sets “\(terminalSafe(key))”, which is no setting."
        case .wrongType(let path, let line, let key, let expected):
            "\(location(path, line)): “\(key)” must be \(expected)."
        case .badValue(let path, let line, let key, let reason):
            "\(location(path, line)): “\(key)” \(terminalSafe(reason))."
        case .literalKey(let path, let line):
            "\(location(path, line)) holds a provider key, which must not be kept in a file."
        case .commandInProject(let path, let line):
            "\(location(path, line)) sets provider.key_command, which only your own config.toml may do."
        case .embeddingInProject(let path, let line):
            "\(location(path, line)) sets [embedding], which would send notes away; only your own config.toml may do that."
        case .keysInProject(let path, let line, let key):
            "\(location(path, line)) sets \(key), which only your own config.toml may do."
        case .ownFileOnly(let path, let line, let key):
            "\(location(path, line)) sets \(terminalSafe(key)), which only your own config.toml may do."
        case .unknownProfile(let path, let line, let name, _):
            "\(location(path, line)) chooses the provider profile “\(terminalSafe(name))”, which there isn't."
        case .noProfileChosen: "No provider profile is chosen."
        case .articleOutside(let path): "The project's article \(terminalSafe(path)) leads out of the project."
        case .notFound(let path): "There is no file or folder \(terminalSafe(path))."
        case .noArticle(let path): "\(terminalSafe(path)) holds no article."
        case .noHome:
            "No home folder is known to keep settings and libraries in: HOME isn't set, and the account has none."
        }
    }

    /// What the writer can do about it.
    public var hint: String? {
        switch self {
        case .unreadable: "Mend its permissions, or remove it to use the defaults."
        case .badTOML: "Correct that line; strings stand in double quotes."
        case .unknownKey(_, _, _, let known): "Known here: \(known.sorted().joined(separator: ", "))."
        case .literalKey:
            "Remove it, and set key_env to the name of an environment variable, or key_command in your config.toml."
        case .commandInProject: "Move it there: a project may come from a stranger."
        case .keysInProject: "Move it there: keys are the writer's and not the project's."
        case .embeddingInProject: "Remove it here, and set it in config.toml (see longhand config) if you mean it."
        case .ownFileOnly: "Move it there: a project may come from a stranger."
        case .unknownProfile(_, _, let name, let known):
            (known.isEmpty ? "There are none yet" : "There are: " + list(known))
                + "; write [providers.\(terminalSafe(name))] in your config.toml."
        case .noProfileChosen(let known):
            "Set profile = \"NAME\" in your config.toml, or use --profile NAME; there are: " + list(known) + "."
        case .articleOutside: "Name the file itself if you mean to open it."
        case .wrongType, .badValue: "See longhand config for what each setting is."
        case .notFound: "longhand init makes a new project."
        case .noHome: "Set HOME to an absolute path."
        case .noArticle: "Name one: longhand FOLDER/article.md."
        }
    }

    /// Always `badInput`, since somebody has to correct a setting or a path.
    public var status: ExitStatus { .badInput }

    private func list(_ names: [String]) -> String { names.map { terminalSafe($0) }.joined(separator: ", ") }

    private func location(_ path: String, _ line: Int?) -> String {
        terminalSafe(path) + (line.map { ":\($0)" } ?? "")
    }
}
