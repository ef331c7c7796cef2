import Diagnostics

/// What can be wrong with a model's folder. Every case that concerns a file names it, and every
/// case that concerns a value names the field.
public enum ModelError: UserFacingError, Equatable {
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
    /// The weights are there only in PyTorch's pickle format, which is a program and not data.
    case pickled(path: String)
    /// A text's vector came out infinite or not a number, so the weights of this model are damaged.
    case notFinite(model: String)
    /// The caller's `isCancelled` said yes.
    case cancelled

    /// One sentence that names the file, and the field where a value is wrong.
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
        case .pickled(let path):
            "The model's weights are only there as \(terminalSafe(path)), and pickled weights aren't read."
        case .notFinite(let model):
            "The model \(terminalSafe(model)) gave a vector that isn't made of finite numbers."
        case .cancelled:
            "Embedding was cancelled."
        }
    }

    /// What the writer can do; nil where the caller cancelled.
    public var hint: String? {
        switch self {
        case .missing: "Install it with `longhand model pull NAME`, or see `longhand model list`."
        case .unreadable: "Check the file's permissions."
        case .malformed, .truncated: "Fetch the model again with `longhand model pull NAME`."
        case .unsupported: "Choose a BERT or XLM-RoBERTa sentence encoder such as all-MiniLM-L6-v2."
        case .pickled:
            "Convert it with Python's safetensors, or pull the model's safetensors revision."
        case .notFinite: "Find the damage with `longhand model verify NAME`, or fetch the model again."
        case .cancelled: nil
        }
    }

    /// `unavailable` for a missing file, `interrupted` where the caller cancelled, else `badInput`.
    public var status: ExitStatus {
        switch self {
        case .missing: .unavailable
        case .unreadable, .malformed, .unsupported, .truncated, .pickled, .notFinite: .badInput
        case .cancelled: .interrupted
        }
    }
}
