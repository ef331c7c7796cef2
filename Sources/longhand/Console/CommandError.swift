import Diagnostics

/// What commands themselves find wrong.
enum CommandError: UserFacingError {
    case emptyLibrary(root: String)
    case noSuchSection(String, article: String, known: [String])
    case noSuchSource(String)
    case noProvider
    /// A project names a provider, and the writer did not agree: what it wants, and whether they were asked.
    case projectProvider(String, isAsked: Bool)
    case usage(String)
    case exists(String)
    case noSuchFile(String)
    /// A word that is neither a command nor a file, and what may have been meant.
    case unknownWord(String, meant: String?)
    case unknownOption(String, meant: String)
    case unknownSubcommand(String, of: String, meant: String?, known: [String])

    var message: String {
        switch self {
        case .emptyLibrary(let root): "The library of \(terminalSafe(root)) is empty."
        case .noSuchSection(let title, let article, _):
            "\(terminalSafe(article)) has no section “\(terminalSafe(title))”."
        case .noSuchSource(let source): "No passage of the library is at \(terminalSafe(source))."
        case .noProvider: "No provider is configured, so nothing can be drafted."
        case .projectProvider(let wish, _): "\(wish) Nothing was sent."
        case .usage(let text): text
        case .exists(let path): "\(terminalSafe(path)) exists already and was left alone."
        case .noSuchFile(let path): "There is no file \(terminalSafe(path))."
        case .unknownWord(let word, _): "There is no command and no file “\(terminalSafe(word))”."
        case .unknownOption(let name, _): "There is no option \(terminalSafe(name))."
        case .unknownSubcommand(let word, let command, _, _): "\(command) has no command “\(terminalSafe(word))”."
        }
    }

    var hint: String? {
        switch self {
        case .emptyLibrary: "Run longhand index."
        case .noSuchSection(_, _, let known): "Its sections: \(known.map { terminalSafe($0) }.joined(separator: "; "))."
        case .noSuchSource:
            "Write it as NOTE or NOTE:LINE, relative to the project, and run longhand index if the note is new."
        case .noProvider:
            "Set base_url and model under [provider] in your config.toml, and key_env to the variable that holds the key."
        case .projectProvider(_, isAsked: true): "Use --profile NAME for a provider of your own config.toml."
        case .projectProvider(_, isAsked: false):
            "Add --trust-project if you agree to that, or --profile NAME for a provider of your own config.toml."
        case .unknownWord(let word, let meant):
            (meant.map { "Did you mean longhand \($0)? " } ?? "")
                + "To begin an article of that name: longhand ./\(terminalSafe(word))."
        case .unknownOption(_, let meant): "Did you mean the command longhand \(meant)?"
        case .unknownSubcommand(_, let command, let meant, let known):
            meant.map { "Did you mean \(command) \($0)?" } ?? "It has \(known.joined(separator: ", "))."
        case .usage, .exists, .noSuchFile: nil
        }
    }

    var status: ExitStatus {
        switch self {
        case .emptyLibrary: .unavailable
        case .usage, .unknownWord, .unknownOption, .unknownSubcommand: .usage
        case .noSuchSection, .noSuchSource, .noProvider, .projectProvider, .exists, .noSuchFile: .badInput
        }
    }
}
