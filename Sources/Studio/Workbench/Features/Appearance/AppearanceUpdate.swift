import Screen

/// What the writer changes of the page's look, and the themes that there are to choose from.
public enum AppearanceEvent: Sendable {
    case chooseTheme
    /// The themes there are; a sentence about one that can't be read.
    case themes([Theme], problem: Failure?)
    /// A theme is looked at, which isn't the writer's choice yet.
    case preview(Theme)
    /// The theme that is seen is kept.
    case keepTheme
    case toggle(AppearanceState.Option)
    case changeTextWidth(by: Int)
}

/// What the look of the page needs of the disk.
public enum AppearanceEffect: Sendable {
    /// Read every theme there is, to choose one.
    case loadThemes
    /// The next session begins with this look.
    case remember(ViewOptions)
}

/// How the page looks. What the writer chose of it every part of the studio reads in the core.
public struct AppearanceState: Feature {
    init() {}

    /// What is on or off, or one of a few.
    public enum Option: Sendable {
        case typewriter, focus, lineNumbers, smartPunctuation, chinesePunctuation
    }

    mutating func handle(_ event: AppearanceEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .chooseTheme: return [.appearance(.loadThemes)]
        case .themes(let themes, let problem): offer(themes, problem, &core)
        case .preview(let theme): core.theme = theme
        case .keepTheme:
            let name = core.theme.name
            let position = core.environment.settingsPath
            return change(&core) { view in
                view.theme = name
                return "Kept here. For good and everywhere: theme = \"\(name)\" in \(position)"
            }
        case .toggle(let option): return change(&core) { option.change(&$0) }
        case .changeTextWidth(let delta): return changeTextWidth(by: delta, &core)
        }
        return []
    }

    mutating func hear(_ announcement: Announcement, _ core: inout StudioCore) -> [Effect] {
        if case .viewChanged = announcement { [.appearance(.remember(core.view))] } else { [] }
    }

    /// Changes how the page looks, says so, and has it remembered for the next session.
    private func change(_ core: inout StudioCore, _ change: (inout ViewOptions) -> String) -> [Effect] {
        let sentence = change(&core.view)
        core.say(sentence)
        return [.appearance(.remember(core.view))]
    }

    private func changeTextWidth(by delta: Int, _ core: inout StudioCore) -> [Effect] {
        // From what is seen: where the pane is narrower than the setting, steps would change nothing.
        let width = delta > 0 ? core.view.textWidth : min(core.view.textWidth, core.textAreaWidth)
        let wanted = min(max(width + delta, ViewOptions.textWidths.lowerBound), ViewOptions.textWidths.upperBound)
        return change(&core) { view in
            view.textWidth = wanted
            return "The text is at most \(wanted) cells wide."
        }
    }

    /// Each theme is seen as it is chosen among; Esc brings the present one back.
    private func offer(_ themes: [Theme], _ problem: Failure?, _ core: inout StudioCore) {
        guard core.modal == nil, !themes.isEmpty else { return }
        let current = themes.firstIndex { $0.name == core.theme.name } ?? 0
        var menu = Menu(
            title: "Theme",
            items: themes.map {
                Menu.Item($0.name, .appearance(.keepTheme), preview: .appearance(.preview($0)))
            },
            selected: current)
        menu.escaped = .appearance(.preview(core.theme))
        core.modal = .menu(menu)
        if let problem { core.say(problem) }
    }
}

extension AppearanceState.Option {
    /// Changes it, and says what it is now.
    fileprivate func change(_ view: inout ViewOptions) -> String {
        switch self {
        case .typewriter:
            view.typewriter.toggle()
            return view.typewriter
                ? "Typewriter mode: the line you write stays in the middle." : "Typewriter mode is off."
        case .focus:
            switch view.focus {
            case .off:
                view.focus = .paragraph
                return "Focus on the paragraph. Once more for the sentence."
            case .paragraph:
                view.focus = .sentence
                return "Focus on the sentence. Once more for all."
            case .sentence:
                view.focus = .off
                return "Focus mode is off."
            }
        case .lineNumbers:
            view.lineNumbers.toggle()
            return view.lineNumbers ? "Line numbers are shown." : "Line numbers are hidden."
        case .smartPunctuation:
            view.smartPunctuation.toggle()
            return view.smartPunctuation
                ? "Quotation marks, dashes and ellipses are the language's; Backspace right behind one takes it back."
                : "Punctuation stays as it is typed."
        case .chinesePunctuation:
            view.chinesePunctuation.toggle()
            return view.chinesePunctuation
                ? "Marks behind Chinese take their full width; Backspace right behind one takes it back."
                : "Marks behind Chinese stay as they are typed."
        }
    }
}
