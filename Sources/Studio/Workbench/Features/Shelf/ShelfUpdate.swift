import Manuscript
import Screen
import TextCore

extension ShelfState {
    mutating func handle(_ event: ShelfEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .cut: return cut(&core)
        case .cutSection: return cutSection(&core)
        case .show:
            isAwaited = true
            return [.shelf(.list)]
        case .listed(let items, let problem): show(items, problem, &core)
        case .pressed(let key): return core.panel(ShelfList.self).map { press(key, in: $0, &core) } ?? []
        case .pasted(let text):
            guard var list = core.panel(ShelfList.self) else { return [] }
            list.field.insert(text)
            list.match()
            core.modal = .panel(list)
        case .discard(let id):
            core.say("Discarded.")
            isAwaited = true
            return [.shelf(.remove(id: id)), .shelf(.list)]
        case .notKept(let failure):
            core.say("\(failure.message) It isn't on the shelf: \(core.undoHint) brings it back.", .error)
        case .forget(let id): return [.shelf(.remove(id: id))]
        }
        return []
    }

    // MARK: To the shelf

    private func cut(_ core: inout StudioCore) -> [Effect] {
        let selected = core.editor.document.selection.range
        guard selected.isEmpty else { return shelve(selected, &core) }
        let text = core.editor.text
        let paragraph = text.paragraph(at: core.editor.caret)
        guard text.slice(paragraph).contains(where: { !$0.isWhitespace }) else {
            core.say("There is no paragraph here to put on the shelf.")
            return []
        }
        return shelve(paragraph.withBlankLines(of: text), &core)
    }

    private func cutSection(_ core: inout StudioCore) -> [Effect] {
        let text = core.editor.text
        return core.headings.chosenStart(in: text).flatMap(text.section).map { shelve($0, &core) } ?? []
    }

    /// Cuts a part of the text, as one step of undo, and has it kept.
    private func shelve(_ range: Range<Int>, _ core: inout StudioCore) -> [Effect] {
        let piece = ShelfPiece(range, of: core.editor)
        let edit = Edit(
            changes: ChangeSet(length: core.editor.text.utf8Count, replacing: [(range: range, with: "")]),
            selection: Selection(range.lowerBound), origin: .command("shelve"))
        let effects = core.apply(ListEdits.keepingNumbers(edit, in: core.editor.text))
        guard !effects.isEmpty else { return [] }
        core.say(
            "“\(Chrome.clipped(piece.firstLine, to: 30))” is on the shelf; \(core.hint("shelf")) shows it.", .success)
        return [.shelf(.keep(piece))] + effects
    }

    // MARK: From the shelf

    private mutating func show(_ items: [ShelfItem], _ problem: Failure?, _ core: inout StudioCore) {
        if let problem { core.say(problem) }
        guard isAwaited else { return }
        isAwaited = false
        var list = core.panel(ShelfList.self) ?? ShelfList()
        guard core.modal == nil || core.panel(ShelfList.self) != nil else { return }
        list.replace(items)
        core.modal = .panel(list)
    }

    private func press(_ key: Key, in list: ShelfList, _ core: inout StudioCore) -> [Effect] {
        var list = list
        switch key {
        case .escape:
            core.modal = nil
            return []
        case .enter, .altEnter: return list.chosen.map { putBack($0, stays: key == .altEnter, &core) } ?? []
        case .delete where list.field.caret == list.field.text.count:
            if let item = list.chosen { askDiscard(item, &core) }
            return []
        default:
            if let selected = key.choice(from: list.selected, of: list.matches.count, page: 8) {
                list.selected = selected
            } else {
                guard list.field.press(key) else { return [] }
                list.match()
            }
        }
        core.modal = .panel(list)
        return []
    }

    /// Puts a piece back at the caret. It leaves the shelf once the journal has the article's text.
    private func putBack(_ item: ShelfItem, stays: Bool, _ core: inout StudioCore) -> [Effect] {
        core.modal = nil
        core.focus = .editor
        let edit = item.piece.edit(in: core.editor.text, at: core.editor.document.selection)
        let effects = core.apply(ListEdits.keepingNumbers(edit, in: core.editor.text))
        guard !effects.isEmpty else { return [] }
        core.say("“\(Chrome.clipped(item.piece.firstLine, to: 30))” is back in the article.", .success)
        guard !stays else { return effects }
        core.announce(.textMustLast(path: core.editor.path))
        core.post(.shelf(.forget(id: item.id)))
        return effects
    }

    private func askDiscard(_ item: ShelfItem, _ core: inout StudioCore) {
        core.modal = .confirm(
            Confirmation(
                question: "“\(Chrome.clipped(item.piece.firstLine, to: 40))” will be gone for good.",
                answers: [.init("y", "discard it", .shelf(.discard(id: item.id)))], escape: "back",
                escaped: .shelf(.show)))
    }
}

extension Range<Int> {
    /// A paragraph with the blank lines behind it, so that cutting it leaves one gap and not two; those before it at the text's end.
    fileprivate func withBlankLines(of text: Text) -> Range<Int> {
        var (start, end) = (lowerBound, upperBound)
        while end < text.utf8Count, text.byte(at: end) == UInt8(ascii: "\n") { end += 1 }
        if end == text.utf8Count {
            while start > 1, text.byte(at: start - 1) == UInt8(ascii: "\n"),
                text.byte(at: start - 2) == UInt8(ascii: "\n")
            {
                start -= 1
            }
        }
        return start..<end
    }
}
