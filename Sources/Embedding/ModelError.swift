import Diagnostics

/// What can be wrong with a model's folder. Every case that concerns a file names it, and every
/// case that concerns a value names the field.
public enum ModelError: SpokenError, Equatable {
    /// A file or folder the model needs isn't there.
    case missing(path: String)
    /// The system refused to read a file.
    case unreadable(path: String, reason: String)
    /// A file is there and its content contradicts its format.
    case malformed(path: String, field: String, reason: String)
    /// A well-formed file asks for something this encoder doesn't do.
    case unsupported(path: String, field: String, value: String)
    /// A weight file ends before the data its header promises.
    case truncated(path: String, expected: Int, actual: Int)
    /// The caller's `isCancelled` said yes.
    case cancelled

    public var message: String {
        switch self {
        case .missing(let path):
            "The model's file \(terminalSafe(path)) is missing."
        case .unreadable(let path, let reason):
            "The model's file \(terminalSafe(path)) can't be read: \(terminalSafe(reason))."
        case .malformed(let path, let field, let reason):
            "The model's file \(terminalSafe(path)) is damaged at \(terminalSafe(field)): "
                + "\(terminalSafe(reason))."
        case .unsupported(let path, let field, let value):
            "The model's file \(terminalSafe(path)) asks for \(terminalSafe(field)) = "
                + "\(terminalSafe(value)), which isn't supported."
        case .truncated(let path, let expected, let actual):
            "The model's file \(terminalSafe(path)) has \(actual) bytes "
                + "where its header promises \(expected)."
        case .cancelled:
            "Embedding was cancelled."
        }
    }

    public var hint: String? {
        switch self {
        case .missing: "Install it with `longhand model pull NAME`, or see `longhand model list`."
        case .unreadable: "Check the file's permissions."
        case .malformed, .truncated: "Fetch the model again with `longhand model pull NAME`."
        case .unsupported: "Choose a BERT sentence encoder such as all-MiniLM-L6-v2."
        case .cancelled: nil
        }
    }

    public var status: ExitStatus {
        switch self {
        case .missing: .unavailable
        case .unreadable, .malformed, .unsupported, .truncated: .badInput
        case .cancelled: .interrupted
        }
    }
}
