import Manuscript
import TextCore

extension Workspace {
    /// Bytes of one line that are looked at: a line longer than this isn't prose.
    private static let longestLine = 20_000

    /// The languages in force: the article's, else the settings', else the system's. Where the article is in a
    /// language without such dictionaries, its foreign words are still checked.
    var spellingLanguages: String {
        let others = environment.spellingLanguages ?? environment.systemLanguage ?? "en_US"
        guard let own = declaredLanguage else { return others }
        return ["zh", "ja", "ko", "th"].contains(String(own.prefix(2)).lowercased()) ? others : own
    }

    /// Asks for a look at the screen's words when it shows others than at the last look.
    mutating func checkSpellingSoon() -> [Effect] {
        guard view.checksSpelling, progress.counts != nil else { return [] }
        let viewport = SpellingState.Viewport(
            path: editor.path, version: editor.document.version, scroll: editor.scroll, height: textAreaHeight)
        guard viewport != spelling.seen || spelling.languages != spellingLanguages else { return [] }
        spelling.seen = viewport
        setLanguages()
        return spelling.problem == nil ? [.wait(.spelling, milliseconds: 120)] : []
    }

    /// Other languages make what was known of no use.
    private mutating func setLanguages() {
        guard spelling.languages != spellingLanguages else { return }
        spelling.languages = spellingLanguages
        forgetSpelling()
    }

    private mutating func forgetSpelling() {
        spelling.verdicts = [:]
        spelling.problem = nil
        withEditor { $0.misspellings = Misspellings() }
    }

    /// Marks what is known to be misspelt on the screen and asks about the words that aren't known.
    mutating func checkVisibleSpelling() -> [Effect] {
        guard view.checksSpelling, spelling.problem == nil else { return [] }
        var unknown: Set<String> = []
        var marks: [Range<Int>] = []
        for word in visibleWords() {
            switch spelling.verdicts[word.text] {
            case true?: marks.append(word.range)
            case false?: break
            case nil: unknown.insert(word.text)
            }
        }
        withEditor { $0.misspellings = Misspellings(marks) }
        guard !unknown.isEmpty else { return [] }
        if spelling.verdicts.count > SpellingState.mostVerdicts { spelling.verdicts = [:] }
        let ticket = ticket()
        spelling.checking = ticket
        return [.spelling(.check(ticket, words: unknown.sorted(), languages: spelling.languages))]
    }

    private func visibleWords() -> [(text: String, range: Range<Int>)] {
        let editor = editor
        let layout = EditorLayout(width: textAreaWidth, tabWidth: environment.tabWidth)
        var words: [(String, Range<Int>)] = []
        let last = min(editor.text.lineCount, editor.scroll.line + textAreaHeight)
        for line in editor.scroll.line..<max(last, editor.scroll.line) {
            words += self.words(of: line, state: editor.lineState(of: line, layout))
        }
        return words
    }

    private func words(of line: Int, state: LineState) -> [(String, Range<Int>)] {
        let range = editor.text.lineRange(line)
        guard range.count <= Self.longestLine else { return [] }
        let content = editor.text.slice(range)
        var state = state
        let utf8 = content.utf8
        return ProseWords.ranges(of: content, state: &state).map { word in
            let start = utf8.index(utf8.startIndex, offsetBy: word.lowerBound)
            let end = utf8.index(start, offsetBy: word.count)
            return (
                String(content[start..<end]), range.lowerBound + word.lowerBound..<range.lowerBound + word.upperBound
            )
        }
    }

    mutating func receive(_ answer: SpellingAnswer) -> [Effect] {
        switch answer {
        case .checked(let ticket, let words, let misspelt):
            // Verdicts stay true when a newer question is on its way; another language's are not asked for.
            guard ticket.number <= spelling.checking?.number ?? 0, spelling.problem == nil else { return [] }
            for word in words { spelling.verdicts[word] = misspelt.contains(word) }
            return ticket == spelling.checking ? checkVisibleSpelling() : []
        case .found(let ticket, let range):
            guard ticket == spelling.finding else { return [] }
            spelling.finding = nil
            guard let range, range.upperBound <= editor.text.utf8Count else {
                say("No misspelt word was found.", .success)
                return []
            }
            notice = nil
            focus = .editor
            withEditor { editor in
                editor.isMarking = false
                editor.select(Selection(anchor: range.upperBound, head: range.lowerBound))
            }
            let keymap = environment.keymap
            say(
                "“\(editor.text.slice(range))”: \(keymap.hint("spelling.suggest")) for suggestions, \(keymap.hint("spelling.next")) for the next."
            )
            return requestResearchSoon()
        case .suggestions(let ticket, let suggestions):
            guard let asked = spelling.suggesting, asked.ticket == ticket, modal == nil else { return [] }
            let menu = SpellingMenu(word: asked.word, range: asked.range, suggestions: Array(suggestions.prefix(9)))
            spelling.suggesting = nil
            notice = nil
            modal = .menu(
                Menu(.spelling(menu), title: "“\(asked.word)”", items: menu.suggestions + SpellingMenu.actions))
            return []
        case .accepted(let word, let sentence):
            spelling.verdicts[word] = false
            if let sentence { say(sentence, .success) }
            return checkVisibleSpelling()
        case .unavailable(let failure):
            spelling.problem = failure
            spelling.finding = nil
            withEditor { $0.misspellings = Misspellings() }
            let isSet = environment.spellingLanguages != nil || declaredLanguage != nil
            if spelling.isAsked || (isSet && notice == nil) { say(failure) }
            return []
        case .failed(let failure):
            say(failure)
            return []
        }
    }

    // MARK: What the writer asks

    mutating func toggleSpelling() -> [Effect] {
        spelling.isAsked = true
        spelling.seen = nil
        if view.checksSpelling { withEditor { $0.misspellings = Misspellings() } } else { forgetSpelling() }
        return changeView { view in
            view.checksSpelling.toggle()
            return view.checksSpelling ? "The spelling is checked." : "The spelling isn't checked."
        }
    }

    mutating func findMisspelling(backwards: Bool) -> [Effect] {
        spelling.isAsked = true
        setLanguages()
        // A dictionary may have been installed meanwhile.
        spelling.problem = nil
        let selection = editor.document.selection.range
        let ticket = ticket()
        spelling.finding = ticket
        say("Looking for misspelt words…")
        return [
            .spelling(
                .find(
                    ticket, editor.text, from: backwards ? selection.lowerBound : selection.upperBound,
                    backwards: backwards,
                    languages: spelling.languages))
        ]
    }

    /// Asks what the word at the caret, or the one that is selected, might have been meant to be.
    mutating func suggestSpelling() -> [Effect] {
        spelling.isAsked = true
        setLanguages()
        spelling.problem = nil
        let caret = editor.document.selection.range.lowerBound
        let line = editor.text.line(at: caret)
        let layout = EditorLayout(width: textAreaWidth, tabWidth: environment.tabWidth)
        let words = words(of: line, state: editor.lineState(of: line, layout))
        guard let (word, range) = words.first(where: { $0.1.lowerBound <= caret && caret <= $0.1.upperBound }) else {
            say("There is no word to check here.")
            return []
        }
        let ticket = ticket()
        spelling.suggesting = (ticket, word, range)
        return [.spelling(.suggest(ticket, word: word, languages: spelling.languages))]
    }

    mutating func choose(_ choice: Int, in menu: SpellingMenu) -> [Effect] {
        if menu.suggestions.indices.contains(choice) {
            guard menu.range.upperBound <= editor.text.utf8Count, editor.text.slice(menu.range) == menu.word else {
                return []
            }
            let word = menu.suggestions[choice]
            let changes = ChangeSet(length: editor.text.utf8Count, replacing: [(range: menu.range, with: word)])
            return apply(
                Edit(
                    changes: changes, selection: Selection(menu.range.lowerBound + word.utf8.count),
                    origin: .command("spelling")))
        }
        switch choice - menu.suggestions.count {
        case 0: return [.spelling(.add(word: menu.word, toProject: false))]
        case 1: return [.spelling(.add(word: menu.word, toProject: true))]
        default: return [.spelling(.ignore(word: menu.word))]
        }
    }
}
