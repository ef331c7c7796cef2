import TextCore

/// Files that are opened: those that aren't UTF-8, of which the writer says how before anything is shown, and those that another
/// Longhand has, which are read only until that one has left.
extension SavingState {
    mutating func handleOpening(_ event: SavingEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .opened(.failure(let failure), _): core.say(failure)
        case .opened(.success(let file), let line):
            if let waiting = position(&core, file) { return waiting }
            if let line { core.goTo(line: line) }
            core.post(.saving(.welcome(file)))
        case .isOpenAs(let path, let other):
            // What was asked about and never opened is let go of.
            guard let index = core.index(of: other) else {
                return [.saving(.release(path: other)), .saving(.open(path: path, line: nil))]
            }
            core.say("\(core.paths.shown(path)) is the same file as \(core.editors[index].displayName), which is open.")
            core.goToEditor(index)
        case .welcome(let file):
            offerRecovery(of: file, &core)
            if let remark = file.remark { tellOfLocks(&core, remark) }
            greetArticle(&core)
        case .takenOver(let path, let lockOwner, let isReadOnly, let journal):
            return takeOver(&core, path, lockOwner, isReadOnly, journal)
        case .choose(let file, let choice):
            // It isn't asked again while the file is read.
            files[file.path]?.hasDeclined = true
            return [.saving(.openAs(file, choice))]
        case .decline(let file): return declineEncoding(&core, file)
        default: break
        }
        return []
    }

    /// What there is of a file that was opened behind the others is told once it is looked at.
    mutating func didRead(_ file: OpenedFile, _ core: inout StudioCore) {
        if let remark = file.remark { tellOfLocks(&core, remark) }
        if let journal = file.journal, journal.text != file.editor.text { unclaimed[file.editor.path] = file }
    }

    /// Shows a file that was read; the effects where it isn't shown before the writer has said what it is.
    mutating func position(_ core: inout StudioCore, _ file: OpenedFile) -> [Effect]? {
        if let undecided = file.editor.undecided, !core.editors.contains(where: { $0.path == file.editor.path }) {
            guard core.modal == nil else { return [.saving(.release(path: undecided.path))] }
            ask(undecided, &core)
            return []
        }
        if let index = core.editors.firstIndex(where: { $0.path == file.editor.path }),
            core.editors[index].undecided != nil
        {
            core.replaceEditor(at: index, by: file.editor)
            // The empty page that stood for it was counted.
            core.announce(.articleReplaced(path: file.editor.path))
        }
        // What only stood for a file that wasn't opened makes room.
        if core.editors.count == 1, core.editor.undecided != nil, core.editor.path != file.editor.path {
            core.add(file.editor)
            core.close(path: core.editor.path)
        }
        core.show(file.editor)
        return nil
    }

    // MARK: Files that are not UTF-8

    func ask(_ file: UndecidedEncoding, _ core: inout StudioCore) {
        guard core.modal == nil else { return }
        let name = core.editors.first { $0.path == file.path }?.displayName ?? core.paths.shown(file.path)
        var answers: [Confirmation.Answer] = []
        if let recognised = file.recognised {
            answers.append(
                .init("u", "as \(recognised.rawValue), save as UTF-8", .saving(.choose(file, .converted(recognised)))))
            if file.isLossless {
                answers.append(.init("k", "keep \(recognised.rawValue)", .saving(.choose(file, .kept(recognised)))))
            }
        }
        answers.append(.init("b", "bytes as they are", .saving(.choose(file, .kept(.bytes)))))
        let looks = file.recognised.map { "it looks like \($0.rawValue)" } ?? "what it is can't be told"
        core.modal = .confirm(
            Confirmation(
                question: "\(name) isn't UTF-8 (line \(file.line)); \(looks).", answers: answers, escape: "not now",
                escaped: .saving(.decline(file))))
    }

    /// Esc: what isn't open stays so; an empty editor that stands for the file asks again when it is typed in or gone to.
    mutating func declineEncoding(_ core: inout StudioCore, _ file: UndecidedEncoding) -> [Effect] {
        guard files[file.path] != nil else { return [.saving(.release(path: file.path))] }
        files[file.path]?.hasDeclined = true
        if core.editor.path == file.path, core.close(path: file.path) { return [] }
        core.say(
            "\(core.editor.displayName) isn't open. Typing asks again; \(core.hint("open-file")) opens another."
        )
        return []
    }

    /// Bytes that are no UTF-8 have no form there, so they stay what they are.
    mutating func saveAsUTF8(_ core: inout StudioCore) -> [Effect] {
        guard !core.editor.isReadOnly else { return refuseSave(&core) }
        if core.editor.format.encoding == .bytes {
            core.say(
                "\(core.editor.displayName) holds bytes that are no characters, which UTF-8 can't spell; it stays as it is.",
                .error)
            return []
        }
        core.withEditor {
            $0.format = FileFormat(
                usesCRLF: $0.format.usesCRLF,
                hasByteOrderMark: $0.format.encoding == .utf8 && $0.format.hasByteOrderMark)
        }
        return save(at: core.editor.path, &core)
    }

    // MARK: Articles that another Longhand has

    mutating func tellOfLocks(_ core: inout StudioCore, _ remark: Failure) {
        guard !hasToldOfLocks else { return }
        hasToldOfLocks = true
        core.say(remark)
    }

    /// The article on the screen is one that was just gone to.
    mutating func greetArticle(_ core: inout StudioCore) {
        files[core.editor.path]?.hasDeclined = false
        // The title says it too, and what went wrong is said nowhere else.
        if let lockOwner = core.editor.lockOwner, core.notice?.kind != .error {
            core.say(
                "\(core.editor.displayName) is open in another Longhand (\(lockOwner.words)): read only here until that ends."
            )
        }
    }

    /// Why the article can't be edited, and the attempt to change that.
    mutating func refuseEdit(_ core: inout StudioCore) -> [Effect] {
        if let undecided = core.editor.undecided {
            ask(undecided, &core)
            return []
        }
        guard let lockOwner = core.editor.lockOwner else {
            core.say(
                "\(core.editor.displayName) is read only: its file can't be written. \(core.hint("save-as")) saves it under another name.",
                .error)
            return []
        }
        core.say(
            "\(core.editor.displayName) is still open in another Longhand (\(lockOwner.words)), so it is read only here.",
            .error)
        return [.saving(.takeOver(check(core.editor, .noticed)))]
    }

    /// The same for a save.
    mutating func refuseSave(_ core: inout StudioCore) -> [Effect] {
        isQuitting = false
        guard core.editor.undecided == nil, let lockOwner = core.editor.lockOwner else { return refuseEdit(&core) }
        let copy = core.environment.keymap.base == .vim ? "; :w NAME writes a copy" : ""
        core.say(
            "\(core.editor.displayName) belongs to another Longhand (\(lockOwner.words)), which saves it\(copy).",
            .error)
        return [.saving(.takeOver(check(core.editor, .noticed)))]
    }

    mutating func takeOver(
        _ core: inout StudioCore, _ path: String, _ lockOwner: LockOwner?, _ isReadOnly: Bool, _ journal: RecoveredText?
    )
        -> [Effect]
    {
        guard let index = core.editors.firstIndex(where: { $0.path == path }), core.editors[index].lockOwner != nil
        else {
            return []
        }
        core.editors[index].lockOwner = lockOwner
        guard lockOwner == nil else { return [] }
        core.editors[index].isReadOnly = isReadOnly
        core.announce(.articleUnlocked(path: path))
        guard index == core.activeIndex else { return [] }
        core.say(
            "The other Longhand has left \(core.editor.displayName)\(isReadOnly ? "." : ": it can be edited here now.")",
            .success)
        if let journal { offerRecovery(of: OpenedFile(editor: core.editor, journal: journal), &core) }
        return []
    }

    /// What is watched is what is open; what is closed is others' again.
    mutating func watchFiles(_ core: StudioCore) -> [Effect] {
        guard !core.editors.lazy.map(\.path).elementsEqual(watched) else { return [] }
        let paths = core.editors.map(\.path)
        let left = watched.filter { !paths.contains($0) }
        watched = paths
        return left.map { .saving(.release(path: $0)) } + [.saving(.watch(paths))]
    }
}
