import Screen

extension CommandTable {
    static let viewCommands: [Command] = [
        Command(
            "theme", "Choose a theme", "See each theme at once; Enter keeps it, Esc goes back.", in: .everywhere, []
        ) { _ in
            [.loadThemes]
        },
        Command(
            "typewriter", "Typewriter mode", "Keep the caret's line in the middle of the pane, or let it go.",
            in: .everywhere, [.function(9)]
        ) {
            $0.changeView { view in
                view.typewriter.toggle()
                return view.typewriter
                    ? "Typewriter mode: the line you write stays in the middle." : "Typewriter mode is off."
            }
        },
        Command(
            "focus-mode", "Focus mode", "Dim all but the paragraph, then all but the sentence, then nothing.",
            in: .everywhere,
            [.function(8)]
        ) {
            $0.changeView { view in
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
            }
        },
        Command("line-numbers", "Line numbers", "Show or hide the numbers of the lines.", in: .everywhere, []) {
            $0.changeView { view in
                view.lineNumbers.toggle()
                return view.lineNumbers ? "Line numbers are shown." : "Line numbers are hidden."
            }
        },
        Command(
            "smart-punctuation", "Smart punctuation",
            "Quotation marks, dashes and ellipses of the language as you type, or not.", in: .everywhere, []
        ) {
            $0.changeView { view in
                view.smartPunctuation.toggle()
                return view.smartPunctuation
                    ? "Quotation marks, dashes and ellipses are the language's; Backspace right behind one takes it back."
                    : "Punctuation stays as it is typed."
            }
        },
        Command(
            "chinese-punctuation", "Chinese punctuation", "Marks typed behind Chinese in their full width, or not.",
            in: .everywhere, []
        ) {
            $0.changeView { view in
                view.chinesePunctuation.toggle()
                return view.chinesePunctuation
                    ? "Marks behind Chinese take their full width; Backspace right behind one takes it back."
                    : "Marks behind Chinese stay as they are typed."
            }
        },
        Command("text-wider", "Wider text", "Make the column of prose wider.", in: .everywhere, [.alt("+"), .alt("=")])
        {
            $0.changeTextWidth(by: 4)
        },
        Command(
            "text-narrower", "Narrower text", "Make the column of prose narrower, with wider margins.", in: .everywhere,
            [.alt("-")]
        ) {
            $0.changeTextWidth(by: -4)
        },
    ]
}

extension Workspace {
    /// Changes how the page looks, says so, and has it remembered for the next session.
    mutating func changeView(_ change: (inout ViewOptions) -> String) -> [Effect] {
        let sentence = change(&view)
        say(sentence)
        return [.rememberView(view)]
    }

    mutating func changeTextWidth(by delta: Int) -> [Effect] {
        // From what is seen: where the pane is narrower than the setting, steps would change nothing.
        let width = delta > 0 ? view.textWidth : min(view.textWidth, textAreaWidth)
        let wanted = min(max(width + delta, ViewOptions.textWidths.lowerBound), ViewOptions.textWidths.upperBound)
        return changeView { view in
            view.textWidth = wanted
            return "The text is at most \(wanted) cells wide."
        }
    }

    // MARK: Themes

    mutating func receive(themes: [Theme], problem: Failure?) -> [Effect] {
        guard modal == nil, !themes.isEmpty else { return [] }
        let current = themes.firstIndex { $0.name == environment.theme.name } ?? 0
        modal = .menu(
            Menu(
                .theme(themes, original: environment.theme), title: "Theme", items: themes.map(\.name),
                selected: current))
        if let problem { say(problem) }
        return []
    }

    mutating func keepTheme() -> [Effect] {
        let name = environment.theme.name
        let position = environment.settingsPath
        return changeView { view in
            view.theme = name
            return "Kept here. For good and everywhere: theme = \"\(name)\" in \(position)"
        }
    }
}
