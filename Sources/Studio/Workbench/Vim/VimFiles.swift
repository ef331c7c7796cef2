import TextCore

/// vim's commands about files, behind `:`.
extension Workspace {
    /// Runs one of them; nil where the name is none of theirs.
    mutating func vimExecuteFile(_ line: VimLine) -> [Effect]? {
        switch line.name {
        case "w", "write", "up", "update":
            guard !line.argument.isEmpty else { return update(.saving(.save)) }
            return vimWrite(to: line.argument, overwriting: line.hasBang)
        case "wa", "wall": return update(.saving(.saveAll))
        case "q", "quit", "close", "clo": return vimQuit(discarding: line.hasBang)
        case "bd", "bdelete", "bw", "bwipeout": return vimDelete(line)
        case "qa", "qall", "quita", "quitall", "cq":
            return update(.saving(line.hasBang ? .quitDiscarding : .quit))
        case "wq", "x", "xit", "exit":
            guard editor.document.isModified || line.name == "wq" else { return vimQuit(discarding: false) }
            return update(.saving(.saveAndClose))
        case "wqa", "wqall", "xa", "xall":
            return update(.saving(.saveAllAndQuit))
        case "sav", "saveas": return vimSaveAs(line)
        case "f", "file": return vimFile(line)
        case "ene", "enew": return update(.saving(.name(.untitled, "", isOverwriting: false)))
        case "e", "edit": return vimEdit(line)
        case "r", "read":
            say("Longhand reads no file into another; :e opens it.", .error)
            return vimFail()
        case "ls", "buffers", "files":
            let current = core.recent.first { $0 != editor.path }
            let rows = editors.enumerated().map { index, editor in
                let mark =
                    (index == activeIndex ? "%" : editor.path == current ? "#" : " ") + "a"
                    + (editor.isReadOnly ? "=" : " ")
                let caret = editor.text.line(at: editor.caret) + 1
                return Report.Line(
                    "\(String(index + 1).leftPadded(to: 3)) \(mark) \(editor.document.isModified ? "+" : " ") \(editor.displayName)  line \(caret)"
                )
            }
            modal = .report(Report(title: "Open articles", lines: rows))
            return []
        case "bn", "bnext", "n", "next": return vimCycle(by: Int(typed: line.argument) ?? 1)
        case "bp", "bprevious", "bN", "bNext", "N", "Next", "prev", "previous":
            return vimCycle(by: -(Int(typed: line.argument) ?? 1))
        case "bf", "bfirst", "br", "brewind", "first", "rewind": return vimGo(to: 0)
        case "bl", "blast", "last": return vimGo(to: editors.count - 1)
        case "b", "buffer":
            guard let index = vimBuffer(line) else { return vimFail() }
            return vimGo(to: index)
        default: return nil
        }
    }

    private mutating func vimSaveAs(_ line: VimLine) -> [Effect] {
        guard !line.argument.isEmpty else {
            say(":saveas needs a name.", .error)
            return vimFail()
        }
        return update(.saving(.name(.saveAs, line.argument, isOverwriting: line.hasBang)))
    }

    /// `:file`: what this article is called, or is to be called.
    private mutating func vimFile(_ line: VimLine) -> [Effect] {
        guard line.argument.isEmpty else {
            return update(.saving(.name(.nameOnly, line.argument, isOverwriting: false)))
        }
        let number = editor.text.line(at: editor.caret) + 1
        let state =
            (editor.document.isModified ? ", not saved" : "") + (editor.isReadOnly ? ", read only" : "")
            + (editor.stamp == nil ? ", new" : "")
        say("\(editor.displayName)\(state): line \(number) of \(editor.text.lineCount)")
        return []
    }

    private mutating func vimCycle(by step: Int) -> [Effect] {
        guard editors.count > 1 else { return vimFail() }
        return vimGo(to: ((activeIndex + step) % editors.count + editors.count) % editors.count)
    }

    private mutating func vimGo(to index: Int) -> [Effect] {
        guard index != activeIndex else { return [] }
        core.goToEditor(index)
        return []
    }

    /// The open article that `:b` means: its number in `:ls`, `#` the last one, or a part of its name; what is wrong is said.
    private mutating func vimBuffer(_ line: VimLine) -> Int? {
        var name = line.argument.trimmingSpaces
        // `:2b` is `:b 2`.
        if name.isEmpty, case .line(let number)? = line.from?.address { name = String(number) }
        if name.isEmpty { return activeIndex }
        if name == "#" {
            let last = core.recent.first { path in path != editor.path && editors.contains { $0.path == path } }
            return last.flatMap { path in editors.firstIndex { $0.path == path } }
        }
        if let number = Int(typed: name), editors.indices.contains(number - 1) { return number - 1 }
        if let exact = editors.firstIndex(where: { $0.displayName == name || $0.path == paths.absolute(name) }) {
            return exact
        }
        let found = editors.indices.filter { editors[$0].displayName.lowercased().contains(name.lowercased()) }
        if found.count == 1 { return found[0] }
        say(
            found.isEmpty
                ? "No open article is called “\(name)”; :ls lists them."
                : "“\(name)” is in the names of \(found.count) open articles.", .error)
        return nil
    }

    private mutating func vimDelete(_ line: VimLine) -> [Effect] {
        guard let index = vimBuffer(line) else { return vimFail() }
        core.goToEditor(index)
        if editors.count == 1 {
            say("This is the only open article; :q quits.", .error)
            return vimFail()
        }
        return vimQuit(discarding: line.hasBang)
    }

    private mutating func vimEdit(_ line: VimLine) -> [Effect] {
        let name = line.argument.trimmingSpaces
        guard !name.isEmpty, name != "%" else {
            if editor.document.isModified, !line.hasBang, editor.undecided == nil {
                say("\(editor.displayName) is not saved: :e! throws the changes away.", .error)
                return vimFail()
            }
            return update(.saving(.reread))
        }
        if name == "#" { return update(.articles(.goToLast)) }
        return update(.articles(.open(path: paths.absolute(name))))
    }

    /// `:w NAME`: a copy of the article, whose editing goes on where it was, as in vim.
    private mutating func vimWrite(to name: String, overwriting: Bool) -> [Effect] {
        let path = paths.absolute(name.trimmingSpaces)
        guard path != editor.path, name.trimmingSpaces != "%" else { return update(.saving(.save)) }
        guard !ArticlePaths.isFolder(name.trimmingSpaces) else {
            say("\(name.trimmingSpaces) is a folder; add the name of a file.", .error)
            return vimFail()
        }
        guard !editors.contains(where: { $0.path == path }) else {
            say("\(paths.shown(path)) is open here; it isn't overwritten.", .error)
            return vimFail()
        }
        return update(.saving(.writeCopy(path: path, isOverwriting: overwriting)))
    }

    /// `:q`: closes the article, or the program with the last one. What isn't saved is never lost without the `!`.
    private mutating func vimQuit(discarding: Bool) -> [Effect] {
        if editor.document.isModified, !discarding {
            say("\(editor.displayName) is not saved: :wq saves it, :q! throws the changes away.", .error)
            return vimFail()
        }
        return update(.saving(.closeOrQuit(isDiscarding: discarding)))
    }

    // MARK: Completion

    private static let takingPaths: Set<String> = ["e", "edit", "w", "write", "sav", "saveas", "f", "file"]
    private static let takingNames: Set<String> = ["b", "buffer", "bd", "bdelete"]

    /// Tab behind `:`: a path or the name of an open article.
    mutating func vimComplete() -> [Effect] {
        guard let prompt = core.prompt else { return [] }
        let line = VimLine(prompt.field.text)
        guard !line.argument.isEmpty || prompt.field.text.hasSuffix(" ") else { return [] }
        if Self.takingNames.contains(line.name) {
            var prompt = prompt
            let names = editors.map(\.displayName)
            let fitting = names.filter { $0.hasPrefix(line.argument) }
            let found =
                fitting.isEmpty ? names.filter { $0.lowercased().contains(line.argument.lowercased()) } : fitting
            guard let longer = found.count == 1 ? found[0] : ArticlePaths.completion(of: line.argument, among: found)
            else { return [] }
            prompt.field = TextField(prompt.field.text.dropLast(line.argument.count) + longer)
            modal = .prompt(prompt)
            return []
        }
        guard Self.takingPaths.contains(line.name) else { return [] }
        let slash = line.argument.lastIndex(of: "/")
        core.announce(.folderWanted(typed: slash.map { String(line.argument[...$0]) } ?? ""))
        return []
    }
}

extension String {
    fileprivate func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
