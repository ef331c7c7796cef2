import Screen
import TextCore

extension CommandTable {
    static let articleCommands: [Command] = [
        Command(
            "open-file", "Open an article",
            "Find a file of the project by part of its name, or type a path; one that isn't there is begun.",
            in: .everywhere, [.control("o")]
        ) {
            $0.pickFile(.open)
        },
        Command(
            "switch-article", "Go to an open article", "Choose among the open ones, the last used first.",
            in: .everywhere, [.alt("O")]
        ) {
            $0.pickFile(.goTo)
        },
        Command("next-article", "Next open article", "Move through the open articles.", in: .everywhere, [.alt("n")]) {
            $0.cycleEditors(by: 1)
        },
        Command(
            "previous-article", "Previous open article", "Move through the open articles backwards.", in: .everywhere,
            [.alt("N")]
        ) {
            $0.cycleEditors(by: -1)
        },
        Command(
            "last-article", "Back to the last article", "Change between two articles.", in: .everywhere, [.alt("6")]
        ) {
            $0.goToLastArticle()
        },
        Command(
            "close-article", "Close this article", "Go back to the one used before; asks when it isn't saved.",
            in: .everywhere, [.control("w")]
        ) {
            $0.closeOrAsk()
        },
    ]
}

extension Workspace {
    var paths: ArticlePaths { ArticlePaths(root: environment.root, home: environment.home) }

    // MARK: Choosing

    mutating func pickFile(_ purpose: FilePicker.Purpose) -> [Effect] {
        if purpose == .goTo, editors.count < 2 {
            say("This is the only open article; \(environment.keymap.hint("open-file")) opens another.")
            return []
        }
        var picker = FilePicker(purpose, items: pickable(purpose), positions: paths)
        picker.isListing = purpose == .open
        modal = .files(picker)
        return purpose == .open ? [.articles(.listProject)] : []
    }

    /// The files to choose from: those used last first, the one on the screen behind them.
    func pickable(_ purpose: FilePicker.Purpose) -> [FilePicker.Item] {
        let paths = paths
        let open = Dictionary(editors.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var order = articles.recent.filter { $0 != editor.path && (purpose == .open || open[$0] != nil) }
        order += editors.map(\.path).filter { $0 != editor.path }
        if purpose == .open {
            let known = Set(articles.files.map { paths.absolute($0) })
            // Files of other projects and deleted ones aren't offered, but for those that are open.
            order = order.filter { open[$0] != nil || known.contains($0) || articles.files.isEmpty }
            order += articles.files.map { paths.absolute($0) }.filter { $0 != editor.path }
        }
        order.append(editor.path)
        var seen: Set<String> = []
        return order.compactMap { path in
            guard seen.insert(path).inserted else { return nil }
            let editor = open[path]
            return FilePicker.Item(
                path: path, shown: editor?.displayName ?? paths.shown(path),
                isModified: editor?.document.isModified ?? false, isOpen: editor != nil)
        }
    }

    // MARK: Opening and going

    /// Goes to the article at `path`, which is opened where it isn't yet.
    mutating func openArticle(_ path: String, line: Int? = nil) -> [Effect] {
        guard let index = editors.firstIndex(where: { $0.path == path && $0.disk.undecided == nil }) else {
            return [.open(path: path, line: line)]
        }
        goToEditor(index)
        if let line { goTo(line: line) }
        return afterFileChange()
    }

    mutating func cycleEditors(by step: Int) -> [Effect] {
        guard editors.count > 1 else {
            say("This is the only open article; \(environment.keymap.hint("open-file")) opens another.")
            return []
        }
        goToEditor((activeIndex + step + editors.count) % editors.count)
        return afterFileChange()
    }

    /// The article the writer was in before this one, opened again where it was closed.
    mutating func goToLastArticle() -> [Effect] {
        guard let path = articles.recent.first(where: { $0 != editor.path }) else {
            say("There is no article to go back to.")
            return []
        }
        return openArticle(path)
    }

    /// Leaves the active article as one comes back to it: nothing half typed, nothing half selected by vim.
    mutating func leaveArticle() {
        if environment.keymap.base == .vim {
            if vim.mode == .insert || vim.mode == .replace { _ = vimLeaveInsert() }
            if vim.isVisual { vimLeaveVisual() }
            vim.mode = .normal
            vim.pending = []
            vim.isOneShot = false
            vim.wantedColumn = nil
        }
        withEditor { $0.sealHistory() }
        // A proposal belongs to the article it was made for, and is looked at again by its command.
        assistant.isReviewing = false
    }

    // MARK: Answers

    mutating func receive(_ answer: ArticleAnswer) -> [Effect] {
        switch answer {
        case .project(let files):
            articles.files = files
            guard case .files(var picker) = modal, picker.purpose == .open else { return [] }
            picker.isListing = false
            // What was chosen already stays chosen.
            let chosen =
                picker.matches.indices.contains(picker.selected) && picker.selected > 0
                ? picker.matches[picker.selected].path : nil
            picker.replace(items: pickable(.open))
            if let chosen { picker.selected = picker.matches.firstIndex { $0.path == chosen } ?? 0 }
            modal = .files(picker)
            return []
        case .folder(let ticket, let typed, let entries, let problem):
            guard ticket == articles.listing else { return [] }
            articles.listing = nil
            switch modal {
            case .files(var picker):
                picker.receive(folder: typed, entries: entries, problem: problem)
                modal = .files(picker)
                if picker.isChosen { return choose(in: picker) }
            case .prompt(var prompt) where prompt.purpose == .vimCommand:
                vimComplete(&prompt, folder: typed, entries: entries)
                modal = .prompt(prompt)
            case .prompt(var prompt) where prompt.isNaming && prompt.field.text.hasPrefix(typed):
                if let longer = ArticlePaths.completion(
                    of: String(prompt.field.text.dropFirst(typed.count)), among: entries)
                {
                    prompt.field = TextField(typed + longer)
                    modal = .prompt(prompt)
                }
            default: break
            }
            return []
        case .opened(let opened, let problem):
            for (file, position, _) in opened {
                if let remark = file.remark { tellOfLocks(remark) }
                if let journal = file.journal, journal.text != file.editor.text {
                    articles.unclaimed[file.editor.path] = file
                }
                guard !editors.contains(where: { $0.path == file.editor.path }) else { continue }
                var editor = file.editor
                editor.go(to: position)
                add(editor)
            }
            arrange(before: opened.filter(\.isBefore).map(\.file.editor.path))
            if let problem { say(problem) }
            return []
        case .undo(let path, let history):
            let older = withEditor(path: path) { editor in
                let before = editor.document.history.stepCount
                editor.adopt(history)
                return editor.document.history.stepCount - before
            }
            progress.borrowed[path]?.shift(by: older ?? 0)
            return []
        case .copied(.success(let path)):
            say("Wrote \(paths.shown(path)).", .success)
            return [.indexFile(path: path)]
        case .copied(.failure(let failure)):
            say(failure)
            return []
        }
    }

    /// A sentence's subject: the articles that aren't saved. At most three are named.
    func unsavedNames() -> String {
        let names = editors.filter(\.document.isModified).map(\.displayName)
        guard names.count > 1 else { return (names.first ?? editor.displayName) + " is not saved." }
        if names.count > 3 { return "\(names[0]), \(names[1]) and \(names.count - 2) more are not saved." }
        return names.dropLast().joined(separator: ", ") + " and \(names[names.count - 1]) are not saved."
    }
}
