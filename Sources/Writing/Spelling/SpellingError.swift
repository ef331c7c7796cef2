import Diagnostics

/// Why the spelling can't be checked, or a word can't be kept.
public enum SpellingError: UserFacingError, Equatable {
    /// No folder has a dictionary for the language; `own` is the writer's folder of dictionaries.
    case noDictionary(language: String, own: String)
    case unreadable(path: String)
    case notWritten(path: String, reason: String)

    /// One sentence that names the language or the file.
    public var message: String {
        switch self {
        case .noDictionary(let language, _): "There is no spelling dictionary for “\(terminalSafe(language))”."
        case .unreadable(let path): "The spelling dictionary \(terminalSafe(path)) can't be read."
        case .notWritten(let path, let reason):
            "The word wasn't added to \(terminalSafe(path)): \(terminalSafe(reason))."
        }
    }

    /// What the writer can install, remove or check.
    public var hint: String? {
        switch self {
        case .noDictionary(let language, let own):
            "Install one, as in apt-get install hunspell-\(Self.package(language)), or put its .aff and .dic files into \(terminalSafe(own))."
        case .unreadable: "Install it anew, or remove it so that another one is used."
        case .notWritten: "Check that the folder exists and may be written to."
        }
    }

    /// Always `badInput`: a dictionary is missing, or a file can't be read or written.
    public var status: ExitStatus { .badInput }

    /// Debian's name for a language: `en-us`, `de-at`.
    private static func package(_ language: String) -> String {
        let name = language.lowercased().map { $0 == "_" ? "-" : $0 }.filter {
            $0 == "-" || ($0.isASCII && $0.isLetter)
        }
        return name.isEmpty ? "en-us" : String(name)
    }
}
