import Screen
import TextCore

/// Files that aren't UTF-8: the writer says how one is opened before anything of it is shown.
extension Workspace {
    mutating func ask(_ file: UndecidedEncoding) {
        guard modal == nil else { return }
        let name = editors.first { $0.path == file.path }?.displayName ?? paths.shown(file.path)
        var answers: [(key: Character, title: String)] = []
        if let recognised = file.recognised {
            answers.append(("u", "as \(recognised.rawValue), save as UTF-8"))
            if file.isLossless { answers.append(("k", "keep \(recognised.rawValue)")) }
        }
        answers.append(("b", "bytes as they are"))
        let looks = file.recognised.map { "it looks like \($0.rawValue)" } ?? "what it is can't be told"
        modal = .confirm(
            Confirmation(
                subject: .encoding(file), question: "\(name) isn't UTF-8 (line \(file.line)); \(looks).",
                answers: answers, escape: "not now"))
    }

    mutating func answer(encoding file: UndecidedEncoding, _ key: Character) -> [Effect] {
        // It isn't asked again while the file is read.
        withEditor(path: file.path) { $0.disk.hasDeclined = true }
        return switch (key, file.recognised) {
        case ("u", let recognised?): [.disk(.open(file, .converted(recognised)))]
        case ("k", let recognised?): [.disk(.open(file, .kept(recognised)))]
        default: [.disk(.open(file, .kept(.bytes)))]
        }
    }

    /// Esc: what isn't open stays so; an empty editor that stands for the file asks again when it is typed in or gone to.
    mutating func declineEncoding(_ file: UndecidedEncoding) -> [Effect] {
        guard withEditor(path: file.path, { $0.disk.hasDeclined = true }) != nil else {
            return [.disk(.release(path: file.path))]
        }
        if editors.count > 1, editor.path == file.path, close(path: file.path) { return afterFileChange() }
        say(
            "\(editor.displayName) isn't open. Typing asks again; \(environment.keymap.hint("open-file")) opens another."
        )
        return []
    }

    /// Bytes that are no UTF-8 have no form there, so they stay what they are.
    mutating func saveAsUTF8() -> [Effect] {
        guard !editor.isReadOnly else { return refuseSave() }
        if editor.format.encoding == .bytes {
            say(
                "\(editor.displayName) holds bytes that are no characters, which UTF-8 can't spell; it stays as it is.",
                .error)
            return []
        }
        withEditor {
            $0.format = FileFormat(
                usesCRLF: $0.format.usesCRLF,
                hasByteOrderMark: $0.format.encoding == .utf8 && $0.format.hasByteOrderMark)
        }
        return save(at: editor.path)
    }

    /// Shows a file that was read; the effects where it isn't shown before the writer has said what it is.
    mutating func position(_ file: OpenedFile) -> [Effect]? {
        if let undecided = file.editor.disk.undecided, !editors.contains(where: { $0.path == file.editor.path }) {
            guard modal == nil else { return [.disk(.release(path: undecided.path))] }
            ask(undecided)
            return []
        }
        if let index = editors.firstIndex(where: { $0.path == file.editor.path }), editors[index].disk.undecided != nil
        {
            editors[index] = file.editor
            // The empty page that stood for it was counted.
            progress.noteForeignChange(of: file.editor.path)
        }
        // What only stood for a file that wasn't opened makes room.
        if editors.count == 1, editor.disk.undecided != nil, editor.path != file.editor.path {
            add(file.editor)
            _ = close(path: editor.path)
        }
        show(file.editor)
        return nil
    }
}
