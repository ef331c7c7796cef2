import Screen

extension Workspace {
    /// Keys while files are chosen: what is typed narrows them, Tab completes, Enter opens, Esc gives up.
    mutating func press(_ key: Key, in picker: FilePicker) -> [Effect] {
        var picker = picker
        let last = max(0, picker.matches.count - 1)
        switch key {
        case .escape:
            modal = nil
            return []
        case .up, .control("p"), .backTab: picker.selected = picker.selected > 0 ? picker.selected - 1 : last
        case .down, .control("n"): picker.selected = picker.selected < last ? picker.selected + 1 : 0
        case .pageUp: picker.selected = max(0, picker.selected - 10)
        case .pageDown: picker.selected = min(last, picker.selected + 10)
        case .tab:
            if let folder = picker.typedFolder, picker.folder?.typed != folder {
                picker.isCompleting = true
            } else {
                picker.complete()
            }
        case .enter: return choose(in: picker)
        default:
            guard picker.field.press(key) else { return [] }
            picker.isChosen = false
            picker.match()
        }
        return show(picker)
    }

    mutating func paste(_ text: String, into picker: FilePicker) -> [Effect] {
        var picker = picker
        picker.field.insert(text)
        picker.match()
        return show(picker)
    }

    /// Shows the picker, and asks for the folder that is typed unless it is known.
    private mutating func show(_ picker: FilePicker) -> [Effect] {
        modal = .files(picker)
        guard let typed = picker.typedFolder, picker.folder?.typed != typed else { return [] }
        return listFolder(typed)
    }

    mutating func listFolder(_ typed: String) -> [Effect] {
        let ticket = ticket()
        articles.listing = ticket
        return [.articles(.listFolder(ticket, typed: typed, path: paths.absolute(typed)))]
    }

    /// Opens what is chosen. Where nothing is, it's said why.
    mutating func choose(in picker: FilePicker) -> [Effect] {
        guard picker.matches.indices.contains(picker.selected) else {
            var picker = picker
            picker.isChosen = picker.typedFolder != nil && picker.folder?.typed != picker.typedFolder
            modal = .files(picker)
            // The folder's files are on their way.
            if picker.isChosen { return [] }
            guard let path = picker.blindPath else {
                say(picker.emptyText, .error)
                return []
            }
            modal = nil
            return openArticle(path)
        }
        let item = picker.matches[picker.selected]
        guard !item.isFolder else {
            var picker = picker
            picker.field = TextField(item.shown)
            picker.match()
            return show(picker)
        }
        modal = nil
        if item.isNew { say("\(item.shown) is new: saving writes it.") }
        return openArticle(item.path)
    }
}
