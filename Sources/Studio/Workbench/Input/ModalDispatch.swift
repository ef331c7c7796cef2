import Screen

extension Workspace {
    /// Keys while something lies over the panes. Esc closes it; nothing below sees a key.
    mutating func pressInModal(_ key: Key) -> [Effect] {
        if key == .control("l") { return [.terminal(.redraw)] }
        if key == .control("z") { return [.terminal(.suspend)] }
        switch modal {
        case nil: return []
        case .prompt(let prompt): return press(key, in: prompt)
        case .palette(let palette): return press(key, in: palette)
        case .help(let scroll):
            modal = core.scrolled(scroll, by: key).map { .help(scroll: $0) }
            return []
        case .confirm(let confirmation): return press(key, in: confirmation)
        case .comparison(let comparison): return press(key, in: comparison)
        case .menu(let menu): return press(key, in: menu)
        case .panel(let panel): return update(panel.press(key))
        case .report(var report):
            let next = key == .enter ? nil : core.scrolled(report.scroll, by: key)
            report.scroll = min(next ?? 0, max(0, report.lines.count - max(1, height - 4)))
            modal = next == nil ? nil : .report(report)
            return []
        }
    }

    // MARK: Prompts

    private mutating func press(_ key: Key, in prompt: Prompt) -> [Effect] {
        var prompt = prompt
        if let event = prompt.keys[key] { return update(event) }
        switch key {
        case .escape:
            modal = nil
            return []
        case .enter:
            modal = nil
            return update(prompt.answer(prompt.field.text))
        case .backspace where prompt.field.text.isEmpty && prompt.isVims:
            modal = nil
            return []
        default:
            guard prompt.field.press(key) else { return [] }
            modal = .prompt(prompt)
            return prompt.change.map { update($0(prompt.field.text)) } ?? []
        }
    }

    // MARK: The palette

    private mutating func press(_ key: Key, in palette: Palette) -> [Effect] {
        var palette = palette
        let matches = palette.matches
        switch key {
        case .escape:
            modal = nil
            return []
        case .up: palette.selected = max(0, palette.selected - 1)
        case .down: palette.selected = min(max(0, matches.count - 1), palette.selected + 1)
        case .enter:
            modal = nil
            guard matches.indices.contains(palette.selected) else { return [] }
            let command = matches[palette.selected]
            switch command.context {
            case .everywhere, .proposal: break
            case .editor: focus = .editor
            case .outline: focus = .outline
            case .research: focus = .research
            }
            return run(command)
        default:
            if palette.field.press(key) { palette.selected = 0 }
        }
        modal = .palette(palette)
        return []
    }

    // MARK: Questions

    private mutating func press(_ key: Key, in confirmation: Confirmation) -> [Effect] {
        if case .character(let character) = key,
            let answer = confirmation.answers.first(where: { $0.key == character })
        {
            modal = nil
            return update(answer.event)
        }
        guard key == .escape else { return [] }
        modal = nil
        return confirmation.escaped.map { update($0) } ?? []
    }

    /// Keys in a comparison: those of its question come before those that scroll.
    private mutating func press(_ key: Key, in comparison: Comparison) -> [Effect] {
        if case .character(let character) = key, character != "c",
            comparison.question.answers.contains(where: { $0.key == character })
        {
            return press(key, in: comparison.question)
        }
        guard let scroll = core.scrolled(comparison.scroll, by: key == .enter ? .escape : key) else {
            modal = .confirm(comparison.question)
            return []
        }
        var comparison = comparison
        comparison.scroll = scroll
        modal = .comparison(comparison)
        return []
    }

    // MARK: Menus

    /// The arrows choose, a digit takes at once, Enter takes, Esc gives up.
    private mutating func press(_ key: Key, in menu: Menu) -> [Effect] {
        var menu = menu
        let last = max(0, menu.items.count - 1)
        switch key {
        case .escape, .control("q"):
            modal = nil
            return menu.escaped.map { update($0) } ?? []
        case .up, .character("k"), .control("p"): menu.selected = max(0, menu.selected - 1)
        case .down, .character("j"), .control("n"): menu.selected = min(last, menu.selected + 1)
        case .pageUp: menu.selected = max(0, menu.selected - 8)
        case .pageDown: menu.selected = min(last, menu.selected + 8)
        case .home: menu.selected = 0
        case .end: menu.selected = last
        case .enter:
            modal = nil
            return menu.items.indices.contains(menu.selected) ? update(menu.items[menu.selected].event) : []
        case .character(let character):
            guard let number = character.wholeNumberValue, number > 0, number <= menu.items.count else { return [] }
            modal = nil
            let item = menu.items[number - 1]
            let effects = item.preview.map { update($0) } ?? []
            return effects + update(item.event)
        default: return []
        }
        modal = .menu(menu)
        return menu.items[menu.selected].preview.map { update($0) } ?? []
    }
}

extension StudioCore {
    /// The new scroll position; nil where the key closes what is scrolled, or means nothing else.
    func scrolled(_ scroll: Int, by key: Key) -> Int? {
        let page = max(1, height - 6)
        switch key {
        case .up, .character("k"): return max(0, scroll - 1)
        case .down, .character("j"): return scroll + 1
        case .pageUp: return max(0, scroll - page)
        case .pageDown, .character(" "): return scroll + page
        case .home: return 0
        case .escape, .character("q"), .function(1), .control("q"): return nil
        default: return scroll
        }
    }
}

extension Palette {
    /// The commands whose title or name holds every word typed, in the table's order; those whose
    /// title starts with it first.
    var matches: [Command] {
        let words = field.text.lowercased().split(separator: " ")
        guard !words.isEmpty else { return CommandTable.all }
        let found = CommandTable.all.filter { command in
            let haystack = (command.title + " " + command.name).lowercased()
            return words.allSatisfy { haystack.contains($0) }
        }
        let start = words[0]
        return found.filter { $0.title.lowercased().hasPrefix(start) }
            + found.filter { !$0.title.lowercased().hasPrefix(start) }
    }
}
