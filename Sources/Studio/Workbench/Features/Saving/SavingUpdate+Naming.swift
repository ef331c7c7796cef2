import TextCore

/// Other names for articles: Save as, Rename, Duplicate, New, and vim's `:saveas`, `:file` and `:enew`.
extension SavingState {
    mutating func handleNaming(_ event: SavingEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .askName(let kind): return askForName(&core, kind)
        case .name(.untitled, _, _): return beginUntitled(&core)
        case .name(let kind, let typed, let isOverwriting):
            return name(&core, kind, typed, overwriting: isOverwriting)
        case .completeName:
            guard let typed = core.prompt?.field.text else { return [] }
            core.announce(.folderWanted(typed: typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""))
        case .replaceFile(let naming): return replaceFile(&core, naming)
        case .leaveFile: core.say("It was left alone.")
        case .named(let naming, let outcome): return receive(&core, naming, outcome)
        case .writeCopy(let path, let isOverwriting):
            return [
                .saving(.writeCopy(path: path, core.editor.text, core.editor.format, overwriting: isOverwriting))
            ]
        default: break
        }
        return []
    }

    mutating func askForName(_ core: inout StudioCore, _ kind: ArticleNaming.Kind) -> [Effect] {
        guard kind == .new || canBeNamed(&core, kind) else { return [] }
        var name = core.editor.displayName
        if kind == .new {
            name = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
        } else if kind == .duplicate {
            let dot = name.split(separator: "/").last?.dropFirst().contains(".") == true ? name.lastIndex(of: ".") : nil
            name.insert(contentsOf: "-copy", at: dot ?? name.endIndex)
        }
        var prompt = Prompt(kind.label, name) { .saving(.name(kind, $0, isOverwriting: false)) }
        prompt.keys[.tab] = .saving(.completeName)
        core.modal = .prompt(prompt)
        return []
    }

    /// Whether the article can have another name now; why not is said.
    private mutating func canBeNamed(_ core: inout StudioCore, _ kind: ArticleNaming.Kind) -> Bool {
        if let undecided = core.editor.undecided {
            ask(undecided, &core)
            return false
        }
        if files[core.editor.path]?.state.isBusy == true {
            core.say("\(core.editor.displayName) is being saved; try again.", .error)
            return false
        }
        if let lockOwner = core.editor.lockOwner, kind == .rename || kind == .nameOnly {
            core.say(
                "\(core.editor.displayName) belongs to another Longhand (\(lockOwner.words)), so its name stays.",
                .error)
            return false
        }
        return true
    }

    /// Asks for what was typed behind a prompt or a vim command.
    mutating func name(_ core: inout StudioCore, _ kind: ArticleNaming.Kind, _ typed: String, overwriting: Bool = false)
        -> [Effect]
    {
        let typed = typed.trimmingSpaces
        guard !typed.isEmpty, !ArticlePaths.isFolder(typed) else {
            core.say(
                typed.isEmpty ? "Without a name nothing is done." : "\(typed) is a folder; add the name of a file.",
                .error)
            return []
        }
        guard !ArticlePaths.isTooLong(typed) else {
            core.say("That name is too long: file systems take up to \(ArticlePaths.longestName) bytes.", .error)
            return []
        }
        // The name it has, which may have no ending, or vim's word for it.
        let isItself =
            kind != .new && (typed == core.editor.displayName || (typed == "%" && core.environment.keymap.base == .vim))
        let path = isItself ? core.editor.path : core.paths.absolute(ArticlePaths.withExtension(typed))
        if kind == .new {
            if core.index(of: path) != nil {
                core.openArticle(path)
                return []
            }
        } else if path == core.editor.path {
            if kind == .saveAs { return handle(.save, &core) }
            core.say("That is its name already.")
            return []
        } else if let other = core.editors.first(where: { $0.path == path }) {
            core.say("\(other.displayName) is open here; it isn't replaced.", .error)
            return []
        }
        return ask(&core, naming(core, kind, to: path, overwriting: overwriting))
    }

    /// `:enew`: an article without a name yet, beside the one on the screen.
    mutating func beginUntitled(_ core: inout StudioCore) -> [Effect] {
        let folder =
            core.editor.path.lastIndex(of: "/").map { String(core.editor.path[..<$0]) } ?? core.environment.root
        return ask(&core, naming(core, .untitled, to: folder + "/untitled.md", overwriting: false))
    }

    private func naming(_ core: StudioCore, _ kind: ArticleNaming.Kind, to path: String, overwriting: Bool)
        -> ArticleNaming
    {
        ArticleNaming(
            kind: kind, from: core.editor.path, to: path, text: core.editor.text, version: core.editor.document.version,
            format: core.editor.format,
            isOverwriting: overwriting)
    }

    private mutating func ask(_ core: inout StudioCore, _ naming: ArticleNaming) -> [Effect] {
        guard naming.kind != .new, naming.kind != .untitled else { return [.saving(.name(naming))] }
        guard canBeNamed(&core, naming.kind) else { return [] }
        if naming.kind == .rename, core.editor.stamp == nil {
            // Nothing is on the disk that could be renamed.
            var naming = naming
            naming.kind = .nameOnly
            return ask(&core, naming)
        }
        // Until that is done nothing else is saved.
        let journal = writeJournal(of: naming.from, core)
        if naming.kind != .duplicate {
            core.withEditor { $0.sealHistory() }
            _ = take(.naming, naming.from, core)
        }
        return journal + [.saving(.name(naming))]
    }

    mutating func receive(_ core: inout StudioCore, _ naming: ArticleNaming, _ outcome: NamingOutcome) -> [Effect] {
        switch outcome {
        case .done(let stamp): return named(&core, naming, stamp)
        case .exists where naming.kind == .new:
            core.say("\(core.paths.shown(naming.to)) is there already: this is it.")
            return [.saving(.open(path: naming.to, line: nil))]
        case .exists where naming.kind == .rename:
            core.say("\(core.paths.shown(naming.to)) exists already and was left alone.", .error)
        case .exists where core.modal == nil:
            core.modal = .confirm(
                Confirmation(
                    question: "\(core.paths.shown(naming.to)) exists already.",
                    answers: [.init("r", "replace it", .saving(.replaceFile(naming)))],
                    escaped: .saving(.leaveFile)))
        case .exists: core.say("\(core.paths.shown(naming.to)) exists already and was left alone.", .error)
        case .failed(let failure): core.say(failure)
        }
        guard naming.kind != .duplicate, naming.kind != .new, naming.kind != .untitled else { return [] }
        return take(.failed, naming.from, core)
    }

    /// The writer agreed that the file there is replaced.
    mutating func replaceFile(_ core: inout StudioCore, _ naming: ArticleNaming) -> [Effect] {
        guard core.editor.path == naming.from else { return [] }
        return ask(&core, self.naming(core, naming.kind, to: naming.to, overwriting: true))
    }

    private mutating func named(_ core: inout StudioCore, _ naming: ArticleNaming, _ stamp: FileStamp?) -> [Effect] {
        if naming.kind == .duplicate {
            core.say("Wrote \(core.paths.shown(naming.to)).", .success)
            core.announce(.fileWritten(path: naming.to))
            return [.saving(.open(path: naming.to, line: nil))]
        }
        let root = core.environment.root
        guard let index = core.index(of: naming.from), var file = files.removeValue(forKey: naming.from) else {
            // It was closed meanwhile; what was written stays, and is others' to open.
            return [.saving(.release(path: naming.to))]
        }
        core.editors[index].move(to: naming.to, root: root)
        switch naming.kind {
        case .saveAs where stamp != nil:
            core.editors[index].stamp = stamp
            core.editors[index].encodingOnDisk = core.editors[index].format.encoding
            core.editors[index].isReadOnly = false
            core.editors[index].lockOwner = nil
            file.text = naming.text
            file.generation += 1
            if core.editors[index].document.version == naming.version { core.editors[index].markSaved() }
        case .rename: core.editors[index].stamp = stamp
        default:
            core.editors[index].stamp = nil
            core.editors[index].isReadOnly = false
            core.editors[index].forgetSaved()
        }
        file.beginJournal(for: core.editors[index].text)
        files[naming.to] = file
        core.recent = core.recent.filter { $0 != naming.to }.map { $0 == naming.from ? naming.to : $0 }
        core.announce(.articleMoved(from: naming.from, to: naming.to))
        if naming.kind == .saveAs { core.announce(.articleSaved(path: naming.to)) }
        var said =
            naming.kind == .saveAs
            ? "Saved as \(core.paths.shown(naming.to))." : "This article is \(core.paths.shown(naming.to)) now."
        if naming.kind == .nameOnly { said += " It is written there once it is saved." }
        if naming.kind == .rename, naming.from == core.environment.namedArticle {
            said += " longhand.toml still names \(core.paths.shown(naming.from))."
        }
        core.say(said, .success)
        // The new journal has what isn't saved before the old one goes.
        let journal = writeJournal(of: naming.to, core) + [.saving(.removeJournal(path: naming.from))]
        if naming.kind != .nameOnly {
            core.announce(.fileWritten(path: naming.from))
            core.announce(.fileWritten(path: naming.to))
        }
        return journal + take(.written, naming.to, core)
    }
}

extension SavingState.File {
    /// Begins its journal with what its file holds: the changes since then are still to be written.
    fileprivate mutating func beginJournal(for now: Text) {
        journal.begin(with: text)
        if text != now { journal.note(.difference(from: text, to: now)) }
    }
}

extension ArticleNaming.Kind {
    /// What the prompt for the name says.
    fileprivate var label: String {
        switch self {
        case .new: "Begin an article:"
        case .rename: "Rename to:"
        case .duplicate: "Duplicate as:"
        case .saveAs, .nameOnly, .untitled: "Save as:"
        }
    }
}
