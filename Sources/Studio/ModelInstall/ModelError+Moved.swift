import Embedding

extension ModelError {
    /// The same error with its file below `place` instead of `folder`: a person is told of the repository or
    /// the folder that they named, not of a copy that is gone again.
    package func moved(from folder: String, to newFolder: String) -> ModelError {
        func named(_ path: String) -> String {
            path.hasPrefix(folder) ? newFolder + path.dropFirst(folder.count) : path
        }
        return switch self {
        case .missing(let path): .missing(path: named(path))
        case .unreadable(let path, let reason): .unreadable(path: named(path), reason: reason)
        case .malformed(let path, let field, let reason): .malformed(path: named(path), field: field, reason: reason)
        case .unsupported(let path, let field, let value): .unsupported(path: named(path), field: field, value: value)
        case .truncated(let path, let expected, let actual):
            .truncated(path: named(path), expected: expected, actual: actual)
        case .pickled(let path): .pickled(path: named(path))
        case .notFinite(let model): .notFinite(model: model)
        case .cancelled: .cancelled
        }
    }
}
