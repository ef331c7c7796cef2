import Diagnostics

/// What keeps a project's notes from being looked for at all. What is wrong with a single file is a `NoteProblem`.
public enum NoteError: UserFacingError, Equatable {
    /// The project's folder isn't there or can't be listed.
    case rootMissing(path: String)
    /// The caller's `isCancelled` said yes.
    case cancelled

    /// One sentence, with the folder that can't be read.
    public var message: String {
        switch self {
        case .rootMissing(let path): "The project's folder \(terminalSafe(path)) can't be read."
        case .cancelled: "Looking for notes was interrupted."
        }
    }

    /// What the writer can check; nil where the caller cancelled.
    public var hint: String? {
        switch self {
        case .rootMissing: "Check the path and its permissions."
        case .cancelled: nil
        }
    }

    /// `badInput` for a folder that can't be read, `interrupted` where the caller cancelled.
    public var status: ExitStatus {
        switch self {
        case .rootMissing: .badInput
        case .cancelled: .interrupted
        }
    }
}
