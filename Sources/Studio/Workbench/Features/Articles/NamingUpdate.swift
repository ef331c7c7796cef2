import Screen
import TextCore

extension CommandTable {
    static let namingCommands: [Command] = [
        Command(
            "new-article", "New article",
            "Begin an article: a name or a path, in the project's folder unless it says otherwise.", in: .everywhere, []
        ) {
            $0.askForName(.new)
        },
        Command(
            "save-as", "Save as",
            "Write the article into another file, and go on with that one; asks before it replaces a file.",
            in: .everywhere, [.alt("S")]
        ) {
            $0.askForName(.saveAs)
        },
        Command(
            "rename-article", "Rename this article",
            "Give the file another name or folder; its versions and its undo go with it.", in: .everywhere, []
        ) {
            $0.askForName(.rename)
        },
        Command(
            "duplicate-article", "Duplicate this article",
            "Write the text into another file and open that beside this one.", in: .everywhere, []
        ) {
            $0.askForName(.duplicate)
        },
    ]
}

/// Other names for articles: Save as, Rename, Duplicate, New, and vim's `:saveas`, `:file` and `:enew`.
extension Workspace {
    mutating func askForName(_ kind: ArticleNaming.Kind) -> [Effect] {
        guard kind == .new || canBeNamed(kind) else { return [] }
        var name = editor.displayName
        if kind == .new {
            name = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
        } else if kind == .duplicate {
            let dot = name.split(separator: "/").last?.dropFirst().contains(".") == true ? name.lastIndex(of: ".") : nil
            name.insert(contentsOf: "-copy", at: dot ?? name.endIndex)
        }
        modal = .prompt(Prompt(purpose: .naming(kind), field: TextField(name)))
        return []
    }

    /// Whether the article can have another name now; why not is said.
    private mutating func canBeNamed(_ kind: ArticleNaming.Kind) -> Bool {
        if let undecided = editor.disk.undecided {
            ask(undecided)
            return false
        }
        if editor.savingVersion != nil {
            say("\(editor.displayName) is being saved; try again.", .error)
            return false
        }
        if let lockOwner = editor.disk.lockOwner, kind == .rename || kind == .nameOnly {
            say("\(editor.displayName) belongs to another Longhand (\(lockOwner.words)), so its name stays.", .error)
            return false
        }
        return true
    }

    /// Asks for what was typed behind a prompt or a vim command.
    mutating func name(_ kind: ArticleNaming.Kind, _ typed: String, overwriting: Bool = false) -> [Effect] {
        let typed = typed.trimmingSpaces
        guard !typed.isEmpty, !ArticlePaths.isFolder(typed) else {
            say(
                typed.isEmpty ? "Without a name nothing is done." : "\(typed) is a folder; add the name of a file.",
                .error)
            return []
        }
        guard !ArticlePaths.isTooLong(typed) else {
            say("That name is too long: file systems take up to \(ArticlePaths.longestName) bytes.", .error)
            return []
        }
        // The name it has, which may have no ending, or vim's word for it.
        let isItself =
            kind != .new && (typed == editor.displayName || (typed == "%" && environment.keymap.base == .vim))
        let path = isItself ? editor.path : paths.absolute(ArticlePaths.withExtension(typed))
        if kind == .new {
            if editors.contains(where: { $0.path == path }) { return openArticle(path) }
        } else if path == editor.path {
            if kind == .saveAs { return saveActive() }
            say("That is its name already.")
            return []
        } else if let other = editors.first(where: { $0.path == path }) {
            say("\(other.displayName) is open here; it isn't replaced.", .error)
            return []
        }
        return ask(naming(kind, to: path, overwriting: overwriting))
    }

    /// `:enew`: an article without a name yet, beside the one on the screen.
    mutating func beginUntitled() -> [Effect] {
        let folder = editor.path.lastIndex(of: "/").map { String(editor.path[..<$0]) } ?? environment.root
        return ask(naming(.untitled, to: folder + "/untitled.md", overwriting: false))
    }

    private func naming(_ kind: ArticleNaming.Kind, to path: String, overwriting: Bool) -> ArticleNaming {
        ArticleNaming(
            kind: kind, from: editor.path, to: path, text: editor.text, version: editor.document.version,
            format: editor.format,
            isOverwriting: overwriting)
    }

    private mutating func ask(_ naming: ArticleNaming) -> [Effect] {
        guard naming.kind != .new, naming.kind != .untitled else { return [.disk(.name(naming))] }
        guard canBeNamed(naming.kind) else { return [] }
        if naming.kind == .rename, editor.stamp == nil {
            // Nothing is on the disk that could be renamed.
            var naming = naming
            naming.kind = .nameOnly
            return ask(naming)
        }
        // Until that is done nothing else is saved.
        if naming.kind != .duplicate {
            withEditor {
                $0.sealHistory()
                $0.savingVersion = naming.version
                $0.disk.saving = naming.text
                $0.nextSave = nil
                $0.isSaveAsked = true
            }
        }
        return writeJournal(of: naming.from) + [.disk(.name(naming))]
    }

    mutating func receive(_ naming: ArticleNaming, _ outcome: NamingOutcome) -> [Effect] {
        switch outcome {
        case .done(let stamp): return named(naming, stamp)
        case .exists where naming.kind == .new:
            say("\(paths.shown(naming.to)) is there already: this is it.")
            return [.open(path: naming.to, line: nil)]
        case .exists where naming.kind == .rename:
            say("\(paths.shown(naming.to)) exists already and was left alone.", .error)
        case .exists:
            if modal == nil {
                modal = .confirm(
                    Confirmation(
                        subject: .replaceFile(naming), question: "\(paths.shown(naming.to)) exists already.",
                        answers: [("r", "replace it")]))
            } else {
                say("\(paths.shown(naming.to)) exists already and was left alone.", .error)
            }
        case .failed(let failure): say(failure)
        }
        return goOnUnnamed(naming)
    }

    /// The article keeps its name, and what was to be saved meanwhile is.
    private mutating func goOnUnnamed(_ naming: ArticleNaming) -> [Effect] {
        guard naming.kind != .duplicate, naming.kind != .new, naming.kind != .untitled else { return [] }
        return withEditor(path: naming.from) { editor -> [Effect] in
            editor.savingVersion = nil
            editor.disk.saving = nil
            return editor.nextSave.map { [editor.beginSave($0.text, version: $0.version)] } ?? []
        } ?? lookAgain(at: naming.from)
    }

    /// The writer agreed that the file there is replaced.
    mutating func replaceFile(_ naming: ArticleNaming) -> [Effect] {
        guard editor.path == naming.from else { return [] }
        return ask(self.naming(naming.kind, to: naming.to, overwriting: true))
    }

    private mutating func named(_ naming: ArticleNaming, _ stamp: FileStamp?) -> [Effect] {
        if naming.kind == .duplicate {
            say("Wrote \(paths.shown(naming.to)).", .success)
            return [.indexFile(path: naming.to), .open(path: naming.to, line: nil)]
        }
        let root = environment.root
        let next = withEditor(path: naming.from) { editor -> Effect? in
            editor.move(to: naming.to, root: root)
            let asked = editor.nextSave
            switch naming.kind {
            case .saveAs where stamp != nil:
                if let stamp { editor.didSave(stamp, version: naming.version) }
                editor.isReadOnly = false
                editor.disk.lockOwner = nil
                editor.beginJournal(with: editor.disk.text)
            case .rename:
                (editor.savingVersion, editor.disk.saving) = (nil, nil)
                editor.stamp = stamp
                editor.beginJournal(with: editor.disk.text)
            default:
                (editor.savingVersion, editor.disk.saving, editor.stamp) = (nil, nil, nil)
                editor.disk.outside = nil
                editor.isReadOnly = false
                editor.forgetSaved()
                editor.beginJournal(with: editor.disk.text)
            }
            return asked.map { editor.beginSave($0.text, version: $0.version) }
        }
        // It was closed meanwhile; what was written stays, and is others' to open.
        guard let next else { return [.disk(.release(path: naming.to))] }
        articles.rename(naming.from, to: naming.to)
        progress.rename(naming.from, to: naming.to)
        if find.path == naming.from { find.path = naming.to }
        if naming.kind == .saveAs { articles.saved.append(naming.to) }
        var said =
            naming.kind == .saveAs
            ? "Saved as \(paths.shown(naming.to))." : "This article is \(paths.shown(naming.to)) now."
        if naming.kind == .nameOnly { said += " It is written there once it is saved." }
        if naming.kind == .rename, naming.from == environment.namedArticle {
            said += " longhand.toml still names \(paths.shown(naming.from))."
        }
        say(said, .success)
        // The new journal has what isn't saved before the old one goes.
        var effects = writeJournal(of: naming.to) + [.removeJournal(path: naming.from)]
        if let next { effects.append(next) }
        if let index = editors.firstIndex(where: { $0.path == naming.to }) { effects += keepProposal(at: index) }
        if naming.kind != .nameOnly { effects += [.indexFile(path: naming.from), .indexFile(path: naming.to)] }
        effects += lookAgain(at: naming.to)
        if editor.path == naming.to { effects += requestResearch(force: true) }
        return effects
    }

    // MARK: vim

    /// `:saveas NAME`.
    mutating func vimSaveAs(_ line: VimLine) -> [Effect] {
        guard !line.argument.isEmpty else {
            say(":saveas needs a name.", .error)
            return vimFail()
        }
        return name(.saveAs, line.argument, overwriting: line.hasBang)
    }

    /// `:file`: what this article is called, or is to be called.
    mutating func vimFile(_ line: VimLine) -> [Effect] {
        guard line.argument.isEmpty else { return name(.nameOnly, line.argument) }
        let number = editor.text.line(at: editor.caret) + 1
        let state =
            (editor.document.isModified ? ", not saved" : "") + (editor.isReadOnly ? ", read only" : "")
            + (editor.stamp == nil ? ", new" : "")
        say("\(editor.displayName)\(state): line \(number) of \(editor.text.lineCount)")
        return []
    }
}
