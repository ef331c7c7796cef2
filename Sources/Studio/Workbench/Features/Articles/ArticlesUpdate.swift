import Screen
import TextCore

/// What the writer asks to open or go to, and the files and histories that were read.
public enum ArticlesEvent: Sendable {
    case pick(FilePicker.Purpose)
    case cycle(by: Int)
    case goTo(index: Int)
    case goToLast
    /// The article at a path, which is opened where it isn't yet.
    case open(path: String)
    /// A key, or a text, while a file is chosen.
    case pressed(Key)
    case pasted(String)
    /// The project's files.
    case project([String])
    case folder(Ticket, typed: String, entries: [String], problem: FolderProblem? = nil)
    /// Those that could be read; a sentence about one that couldn't.
    case opened([(file: OpenedFile, position: ArticlePosition, isBefore: Bool)], problem: Failure?)
    /// What can be undone of earlier sessions.
    case undo(path: String, History)
}

/// What the articles want done outside the studio.
public enum ArticlesEffect: Sendable {
    /// List the project's text files.
    case listProject
    /// List a folder: `typed` is what the writer wrote for it.
    case listFolder(Ticket, typed: String, path: String)
    /// Open these without going to them, the first `before` of them in front of the one that is open.
    case open([ArticlePosition], before: Int)
    case remember(SessionRecord)
    /// Keep the undo and redo of what is saved, for the next time the article is opened.
    case keepUndo(path: String, Document)
    /// Read what was kept of it.
    case recallUndo(path: String, Text)
}

/// An article whose history is to be kept; its document where it is closed.
struct KeptHistory: Sendable {
    var path: String
    var document: Document?
}

extension ArticlesState {
    mutating func handle(_ event: ArticlesEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .pick(let purpose): return pickFile(&core, purpose)
        case .cycle(let step): return cycleEditors(&core, by: step)
        case .goTo(let index): if core.editors.indices.contains(index) { core.goToEditor(index) }
        case .goToLast: return goToLastArticle(&core)
        case .open(let path): core.openArticle(path)
        case .pressed(let key):
            if let picker = core.panel(FilePicker.self) { return press(&core, key, in: picker) }
        case .pasted(let text):
            if let picker = core.panel(FilePicker.self) { return paste(&core, text, into: picker) }
        case .project(let found):
            files = found
            relist(&core)
        case .folder(let ticket, let typed, let entries, let problem):
            guard ticket == listing else { return [] }
            listing = nil
            return receive(folder: typed, entries, problem, &core)
        case .opened(let opened, let problem): receive(opened, problem, &core)
        case .undo(let path, let history):
            let steps = core.withEditor(path: path) { editor in
                let before = editor.document.history.stepCount
                editor.adopt(history)
                return editor.document.history.stepCount - before
            }
            if let steps { core.announce(.historyRecalled(path: path, steps: steps)) }
        }
        return []
    }

    mutating func hear(_ announcement: Announcement, _ core: inout StudioCore) -> [Effect] {
        switch announcement {
        case .articleOpened(let path):
            isOutdated = true
            return recallUndo(of: path, core)
        case .articleShown: isOutdated = true
        case .articleClosed(let editor):
            isOutdated = true
            histories[editor.path] = nil
            guard editor.lockOwner == nil, editor.undecided == nil else { return [] }
            unkept.append(KeptHistory(path: editor.path, document: editor.document))
        case .articleSaved(let path):
            isOutdated = true
            unkept.append(KeptHistory(path: path, document: nil))
        case .articleMoved(let from, let to):
            isOutdated = true
            // It is kept anew under its new name.
            if histories.removeValue(forKey: from) != nil { histories[to] = -1 }
            for index in unkept.indices where unkept[index].path == from { unkept[index].path = to }
        case .articleUnlocked(let path):
            isOutdated = true
            // What the other could undo is what this one can now, unless it has steps of its own, to which those
            // wouldn't lead.
            guard let index = core.index(of: path), core.editors[index].document.history.isEmpty else { return [] }
            return recallUndo(of: path, core)
        case .folderWanted(let typed): return listFolder(&core, typed)
        case .settled: return remember(core)
        case .leaving(let forGood):
            guard forGood else { return [] }
            return core.editors.flatMap { keepUndo(of: $0) } + [.articles(.remember(core.session))]
        default: break
        }
        return []
    }

    // MARK: What is remembered

    /// Remembers what is open once that has changed, and what can be undone in what was saved or closed.
    private mutating func remember(_ core: StudioCore) -> [Effect] {
        guard isOutdated else { return [] }
        isOutdated = false
        var effects: [Effect] = []
        for history in unkept {
            if let document = history.document {
                effects.append(.articles(.keepUndo(path: history.path, document)))
            } else if let index = core.index(of: history.path) {
                effects += keepUndo(of: core.editors[index])
            }
        }
        unkept = []
        return effects + [.articles(.remember(core.session))]
    }

    /// Asks what was kept of an article's history, which ends with the text that the article begins with.
    private mutating func recallUndo(of path: String, _ core: StudioCore) -> [Effect] {
        guard let index = core.index(of: path) else { return [] }
        histories[path] = 0
        return [.articles(.recallUndo(path: path, core.editors[index].text))]
    }

    /// Keeps the history of an open article, unless it is kept as it is.
    private mutating func keepUndo(of editor: Editor) -> [Effect] {
        // Where another Longhand has the article, what can be undone is its.
        guard let kept = histories[editor.path], editor.document.version != kept, editor.lockOwner == nil else {
            return []
        }
        histories[editor.path] = editor.document.version
        return [.articles(.keepUndo(path: editor.path, editor.document))]
    }

    // MARK: Answers

    private func relist(_ core: inout StudioCore) {
        guard var picker = core.panel(FilePicker.self), picker.purpose == .open else { return }
        picker.isListing = false
        // What was chosen already stays chosen.
        let chosen =
            picker.matches.indices.contains(picker.selected) && picker.selected > 0
            ? picker.matches[picker.selected].path : nil
        picker.replace(items: pickable(core, .open))
        if let chosen { picker.selected = picker.matches.firstIndex { $0.path == chosen } ?? 0 }
        core.modal = .panel(picker)
    }

    private mutating func receive(
        folder typed: String, _ entries: [String], _ problem: FolderProblem?, _ core: inout StudioCore
    ) -> [Effect] {
        if var picker = core.panel(FilePicker.self) {
            picker.receive(folder: typed, entries: entries, problem: problem)
            core.modal = .panel(picker)
            return picker.isChosen ? choose(&core, in: picker) : []
        }
        core.completePrompt(folder: typed, entries)
        return []
    }

    private mutating func receive(
        _ opened: [(file: OpenedFile, position: ArticlePosition, isBefore: Bool)], _ problem: Failure?,
        _ core: inout StudioCore
    ) {
        for (file, position, _) in opened where core.index(of: file.editor.path) == nil {
            var editor = file.editor
            editor.go(to: position)
            core.add(editor)
        }
        for (file, _, _) in opened { core.announce(.articleRead(file)) }
        isOutdated = true
        core.arrange(before: opened.filter(\.isBefore).map(\.file.editor.path))
        // Behind what is said of each.
        if let problem { core.post(.failed(problem)) }
    }

    mutating func pickFile(_ core: inout StudioCore, _ purpose: FilePicker.Purpose) -> [Effect] {
        if purpose == .goTo, core.editors.count < 2 {
            core.say("This is the only open article; \(core.hint("open-file")) opens another.")
            return []
        }
        var picker = FilePicker(purpose, items: pickable(core, purpose), positions: core.paths)
        picker.isListing = purpose == .open
        core.modal = .panel(picker)
        return purpose == .open ? [.articles(.listProject)] : []
    }

    /// The files to choose from: those used last first, the one on the screen behind them.
    func pickable(_ core: StudioCore, _ purpose: FilePicker.Purpose) -> [FilePicker.Item] {
        let paths = core.paths
        let open = Dictionary(core.editors.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var order = core.recent.filter { $0 != core.editor.path && (purpose == .open || open[$0] != nil) }
        order += core.editors.map(\.path).filter { $0 != core.editor.path }
        if purpose == .open {
            let known = Set(files.map { paths.absolute($0) })
            // Files of other projects and deleted ones aren't offered, but for those that are open.
            order = order.filter { open[$0] != nil || known.contains($0) || files.isEmpty }
            order += files.map { paths.absolute($0) }.filter { $0 != core.editor.path }
        }
        order.append(core.editor.path)
        var seen: Set<String> = []
        return order.compactMap { path in
            guard seen.insert(path).inserted else { return nil }
            let editor = open[path]
            return FilePicker.Item(
                path: path, shown: editor?.displayName ?? paths.shown(path),
                isModified: editor?.document.isModified ?? false, isOpen: editor != nil)
        }
    }

    mutating func cycleEditors(_ core: inout StudioCore, by step: Int) -> [Effect] {
        guard core.editors.count > 1 else {
            core.say("This is the only open article; \(core.hint("open-file")) opens another.")
            return []
        }
        core.goToEditor((core.activeIndex + step + core.editors.count) % core.editors.count)
        return []
    }

    /// The article the writer was in before this one, opened again where it was closed.
    mutating func goToLastArticle(_ core: inout StudioCore) -> [Effect] {
        guard let path = core.recent.first(where: { $0 != core.editor.path }) else {
            core.say("There is no article to go back to.")
            return []
        }
        core.openArticle(path)
        return []
    }

    // MARK: Keys in the list of files

    /// Keys while files are chosen: what is typed narrows them, Tab completes, Enter opens, Esc gives up.
    mutating func press(_ core: inout StudioCore, _ key: Key, in picker: FilePicker) -> [Effect] {
        var picker = picker
        switch key {
        case .escape:
            core.modal = nil
            return []
        case .tab:
            if let folder = picker.typedFolder, picker.folder?.typed != folder {
                picker.isCompleting = true
            } else {
                picker.complete()
            }
        case .enter: return choose(&core, in: picker)
        default:
            if let selected = key.choice(from: picker.selected, of: picker.matches.count) {
                picker.selected = selected
            } else {
                guard picker.field.press(key) else { return [] }
                picker.isChosen = false
                picker.match()
            }
        }
        return show(&core, picker)
    }

    mutating func paste(_ core: inout StudioCore, _ text: String, into picker: FilePicker) -> [Effect] {
        var picker = picker
        picker.field.insert(text)
        picker.match()
        return show(&core, picker)
    }

    /// Shows the picker, and asks for the folder that is typed unless it is known.
    private mutating func show(_ core: inout StudioCore, _ picker: FilePicker) -> [Effect] {
        core.modal = .panel(picker)
        guard let typed = picker.typedFolder, picker.folder?.typed != typed else { return [] }
        return listFolder(&core, typed)
    }

    mutating func listFolder(_ core: inout StudioCore, _ typed: String) -> [Effect] {
        let ticket = core.ticket()
        listing = ticket
        return [.articles(.listFolder(ticket, typed: typed, path: core.paths.absolute(typed)))]
    }

    /// Opens what is chosen. Where nothing is, it's said why.
    mutating func choose(_ core: inout StudioCore, in picker: FilePicker) -> [Effect] {
        guard picker.matches.indices.contains(picker.selected) else {
            var picker = picker
            picker.isChosen = picker.typedFolder != nil && picker.folder?.typed != picker.typedFolder
            core.modal = .panel(picker)
            // The folder's files are on their way.
            if picker.isChosen { return [] }
            guard let path = picker.blindPath else {
                core.say(picker.emptyText, .error)
                return []
            }
            core.modal = nil
            core.openArticle(path)
            return []
        }
        let item = picker.matches[picker.selected]
        guard !item.isFolder else {
            var picker = picker
            picker.field = TextField(item.shown)
            picker.match()
            return show(&core, picker)
        }
        core.modal = nil
        if item.isNew { core.say("\(item.shown) is new: saving writes it.") }
        core.openArticle(item.path)
        return []
    }
}
