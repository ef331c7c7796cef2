import Screen
import TextCore

extension Workspace {
    /// Keys while a menu is open: the arrows choose, a digit takes at once, Enter takes, Esc gives up.
    mutating func press(_ key: Key, in menu: Menu) -> [Effect] {
        var menu = menu
        let last = max(0, menu.items.count - 1)
        switch key {
        case .escape, .control("q"):
            modal = nil
            if case .theme(_, let original) = menu.purpose { environment.theme = original }
            return []
        case .up, .character("k"), .control("p"): menu.selected = max(0, menu.selected - 1)
        case .down, .character("j"), .control("n"): menu.selected = min(last, menu.selected + 1)
        case .pageUp: menu.selected = max(0, menu.selected - 8)
        case .pageDown: menu.selected = min(last, menu.selected + 8)
        case .home: menu.selected = 0
        case .end: menu.selected = last
        case .enter:
            modal = nil
            return choose(menu)
        case .character(let character):
            guard let number = character.wholeNumberValue, number > 0, number <= menu.items.count else { return [] }
            menu.selected = number - 1
            modal = nil
            preview(menu)
            return choose(menu)
        default: return []
        }
        modal = .menu(menu)
        preview(menu)
        return []
    }

    private mutating func preview(_ menu: Menu) {
        guard case .theme(let themes, _) = menu.purpose, themes.indices.contains(menu.selected) else { return }
        environment.theme = themes[menu.selected]
    }

    private mutating func choose(_ menu: Menu) -> [Effect] {
        switch menu.purpose {
        case .theme: keepTheme()
        case .spelling(let spelling): choose(menu.selected, in: spelling)
        }
    }
}
