import TextCore

/// The wish to export the active article, and what came of it.
public enum ExportingEvent: Sendable {
    case export
    /// The file that was written, as a sentence names it.
    case exported(Result<String, Failure>)
}

/// Has the article's text, as given, exported beside the file at `path`.
public enum ExportingEffect: Sendable {
    case export(path: String, Text)
}

/// Finished articles out. It has nothing to remember.
struct ExportingState: Feature {
    init() {}

    mutating func handle(_ event: ExportingEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .export: return [.exporting(.export(path: core.editor.path, core.editor.text))]
        case .exported(.success(let path)): core.say("Exported to \(path).", .success)
        case .exported(.failure(let failure)): core.say(failure)
        }
        return []
    }
}
