import TextCore

/// What is known of the open articles' files, and what is under way with them.
///
/// `File` has what is known of each file; `SaveState` is the machine of what is under way between a text and its
/// file. A `generation` tells late answers from current ones.
struct SavingState: Feature {
    /// One article's.
    struct File: Sendable {
        /// The text as it was last read or written; it shares its storage with the document's.
        var text: Text
        /// Raised by each save and each reading: what was found for an earlier one is late.
        var generation = 0
        /// What its journal hasn't got yet.
        var journal: PendingJournal
        var state = SaveState.idle
        /// The writer didn't say what the file is, and isn't asked again while looking at it.
        var hasDeclined = false

        init(_ text: Text) {
            self.text = text
            journal = PendingJournal(base: text)
        }
    }

    /// By path.
    var files: [String: File] = [:]
    /// Unsaved text of an earlier run that is offered when its article is looked at.
    var unclaimed: [String: OpenedFile] = [:]
    /// The files that are watched.
    var watched: [String] = []
    /// Those read again since the last key, and whether a pause in typing is waited for to ask about one.
    var reloaded: [String] = []
    var isAboutToAsk = false
    /// The article whose file is asked about.
    var asked: String?
    /// What keeps files from being locked was told.
    var hasToldOfLocks = false
    /// Changes will be written to the journal shortly.
    var isJournalAwaited = false
    /// Quit once what is being saved is saved.
    var isQuitting = false

    init() {}

    /// Takes what happened to an article's file, and does what follows.
    mutating func take(_ happening: SaveState.Happening, _ path: String, _ core: StudioCore) -> [Effect] {
        guard let index = core.index(of: path), let step = files[path]?.state.take(happening) else { return [] }
        switch step {
        case .nothing: return []
        case .write(let save): return [write(save, of: core.editors[index])]
        case .look(let isSaving): return [.saving(.examine(check(core.editors[index], isSaving ? .saving : .noticed)))]
        case .lookAgain: return [.saving(.look)]
        }
    }

    private func write(_ save: Save, of editor: Editor) -> Effect {
        .saving(
            .save(
                path: editor.path, save.text, version: save.version, format: editor.format,
                expecting: editor.stamp.map { .this($0) } ?? .nothing, isAsked: save.isAsked))
    }

    func check(_ editor: Editor, _ purpose: FileCheck.Purpose) -> FileCheck {
        let file = files[editor.path]
        return FileCheck(
            path: editor.path, purpose: purpose, encoding: editor.encodingOnDisk, known: file?.text ?? editor.text,
            text: editor.text, version: editor.document.version, generation: file?.generation ?? 0)
    }

    /// Takes down that the file holds `text` now, as was read or written.
    mutating func know(_ text: Text, _ path: String) {
        files[path]?.text = text
        files[path]?.generation += 1
    }
}
