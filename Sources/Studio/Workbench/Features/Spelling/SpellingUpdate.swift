import Manuscript
import TextCore

/// What the checker answers, and what the writer asks.
public enum SpellingEvent: Sendable {
    /// The page has rested: its words are looked at.
    case pageRests
    case toggle
    case findNext(backwards: Bool)
    case suggest
    /// A suggestion takes the place of the word in `range`, if it is still there.
    case correct(String, range: Range<Int>, by: String)
    case add(String, toProject: Bool)
    case ignore(String)
    case checked(Ticket, words: [String], misspelt: Set<String>)
    case found(Ticket, Range<Int>?)
    case suggestions(Ticket, [String])
    /// A word is right from now on; a sentence says where it was written, if it was.
    case accepted(word: String, sentence: String?)
    /// There is no dictionary for a language, or it cannot be read.
    case unavailable(Failure)
    case failed(Failure)
}

/// What the studio asks of the spelling checker, which works outside of it.
public enum SpellingEffect: Sendable {
    /// Which of these are misspelt?
    case check(Ticket, words: [String], languages: String)
    /// The next misspelt word behind `from`, or before it, around the text's end. A newer one replaces an older.
    case find(Ticket, Text, from: Int, backwards: Bool, languages: String)
    case suggest(Ticket, word: String, languages: String)
    case add(word: String, toProject: Bool)
    /// Takes the word for right until the studio ends.
    case ignore(word: String)
}

extension SpellingState {
    mutating func hear(_ announcement: Announcement, _ core: inout StudioCore) -> [Effect] {
        switch announcement {
        case .pageChanged, .articleCounted: return checkSpellingSoon(&core)
        case .textChanged(let change): marks[change.path]?.map(through: change.changes)
        case .articleClosed(let editor): marks[editor.path] = nil
        case .articleMoved(let from, let to): marks[to] = marks.removeValue(forKey: from)
        default: break
        }
        return []
    }

    func decorations(_ visible: () -> Range<Int>, _ core: StudioCore) -> [Decoration] {
        guard let marks = marks[core.editor.path], !marks.ranges.isEmpty else { return [] }
        let visible = visible()
        // The word that is being written isn't marked yet.
        return marks.ranges.filter { $0.overlaps(visible) && $0.upperBound != core.editor.caret }.map {
            Decoration(range: $0, role: .misspelt)
        }
    }

    /// Bytes of one line that are looked at: a line longer than this isn't prose.
    private static let longestLine = 20_000

    /// The languages in force: the article's, else the settings', else the system's. Where the article is in a
    /// language without such dictionaries, its foreign words are still checked.
    func languages(_ core: StudioCore) -> String {
        let others = core.environment.spellingLanguages ?? core.environment.systemLanguage ?? "en_US"
        guard let own = core.declaredLanguage else { return others }
        return ["zh", "ja", "ko", "th"].contains(String(own.prefix(2)).lowercased()) ? others : own
    }

    /// Asks for a look at the screen's words when it shows others than at the last look.
    mutating func checkSpellingSoon(_ core: inout StudioCore) -> [Effect] {
        guard core.view.checksSpelling, core.counts != nil else { return [] }
        let page = core.page
        guard page != seen || languages != languages(core) else { return [] }
        seen = page
        setLanguages(&core)
        return problem == nil ? [.wait("spelling", milliseconds: 120, then: .spelling(.pageRests))] : []
    }

    /// Other languages make what was known of no use.
    private mutating func setLanguages(_ core: inout StudioCore) {
        guard languages != languages(core) else { return }
        languages = languages(core)
        forgetSpelling(&core)
    }

    private mutating func forgetSpelling(_ core: inout StudioCore) {
        verdicts = [:]
        problem = nil
        marks = [:]
    }

    /// Marks what is known to be misspelt on the screen and asks about the words that aren't known.
    mutating func checkVisibleSpelling(_ core: inout StudioCore) -> [Effect] {
        guard core.view.checksSpelling, problem == nil else { return [] }
        var unknown: Set<String> = []
        var misspelt: [Range<Int>] = []
        for word in visibleWords(core) {
            switch verdicts[word.text] {
            case true?: misspelt.append(word.range)
            case false?: break
            case nil: unknown.insert(word.text)
            }
        }
        marks[core.editor.path] = Misspellings(misspelt)
        guard !unknown.isEmpty else { return [] }
        if verdicts.count > SpellingState.mostVerdicts { verdicts = [:] }
        let ticket = core.ticket()
        checking = ticket
        return [.spelling(.check(ticket, words: unknown.sorted(), languages: languages))]
    }

    private func visibleWords(_ core: StudioCore) -> [(text: String, range: Range<Int>)] {
        let layout = EditorLayout(width: core.textAreaWidth, tabWidth: core.environment.tabWidth)
        var words: [(String, Range<Int>)] = []
        let last = min(core.editor.text.lineCount, core.editor.scroll.line + core.textAreaHeight)
        for line in core.editor.scroll.line..<max(last, core.editor.scroll.line) {
            words += self.words(core, of: line, state: core.editor.lineState(of: line, layout))
        }
        return words
    }

    private func words(_ core: StudioCore, of line: Int, state: LineState) -> [(String, Range<Int>)] {
        let range = core.editor.text.lineRange(line)
        guard range.count <= Self.longestLine else { return [] }
        let content = core.editor.text.slice(range)
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

    mutating func handle(_ event: SpellingEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .pageRests: return checkVisibleSpelling(&core)
        case .toggle:
            toggleSpelling(&core)
            return checkSpellingSoon(&core)
        case .findNext(let backwards): return findMisspelling(&core, backwards: backwards)
        case .suggest: return suggestSpelling(&core)
        case .correct(let word, let range, let correction): return correct(word, range, by: correction, &core)
        case .add(let word, let toProject): return [.spelling(.add(word: word, toProject: toProject))]
        case .ignore(let word): return [.spelling(.ignore(word: word))]
        case .checked(let ticket, let words, let misspelt):
            // Verdicts stay true when a newer question is on its way; another language's are not asked for.
            guard ticket.number <= checking?.number ?? 0, problem == nil else { return [] }
            for word in words { verdicts[word] = misspelt.contains(word) }
            return ticket == checking ? checkVisibleSpelling(&core) : []
        case .found(let ticket, let range):
            guard ticket == finding else { return [] }
            finding = nil
            guard let range, range.upperBound <= core.editor.text.utf8Count else {
                core.say("No misspelt word was found.", .success)
                return []
            }
            core.notice = nil
            core.focus = .editor
            core.withEditor { editor in
                editor.isMarking = false
                editor.select(Selection(anchor: range.upperBound, head: range.lowerBound))
            }
            core.say(
                "“\(core.editor.text.slice(range))”: \(core.hint("spelling.suggest")) for suggestions, \(core.hint("spelling.next")) for the next."
            )
            return []
        case .suggestions(let ticket, let suggestions):
            guard let asked = suggesting, asked.ticket == ticket, core.modal == nil else { return [] }
            suggesting = nil
            core.notice = nil
            core.modal = .menu(menu(for: asked.word, in: asked.range, suggestions))
            return []
        case .accepted(let word, let sentence):
            verdicts[word] = false
            if let sentence { core.say(sentence, .success) }
            return checkVisibleSpelling(&core)
        case .unavailable(let failure):
            problem = failure
            finding = nil
            marks = [:]
            let isSet = core.environment.spellingLanguages != nil || core.declaredLanguage != nil
            if isAsked || (isSet && core.notice == nil) { core.say(failure) }
            return []
        case .failed(let failure): core.say(failure)
        }
        return []
    }

    // MARK: What the writer asks

    private mutating func toggleSpelling(_ core: inout StudioCore) {
        isAsked = true
        seen = nil
        marks = [:]
        if !core.view.checksSpelling { forgetSpelling(&core) }
        core.view.checksSpelling.toggle()
        core.say(core.view.checksSpelling ? "The spelling is checked." : "The spelling isn't checked.")
        core.announce(.viewChanged)
    }

    mutating func findMisspelling(_ core: inout StudioCore, backwards: Bool) -> [Effect] {
        isAsked = true
        setLanguages(&core)
        // A dictionary may have been installed meanwhile.
        problem = nil
        let selection = core.editor.document.selection.range
        let ticket = core.ticket()
        finding = ticket
        core.say("Looking for misspelt words…")
        return [
            .spelling(
                .find(
                    ticket, core.editor.text, from: backwards ? selection.lowerBound : selection.upperBound,
                    backwards: backwards,
                    languages: languages))
        ]
    }

    /// Asks what the word at the caret, or the one that is selected, might have been meant to be.
    mutating func suggestSpelling(_ core: inout StudioCore) -> [Effect] {
        isAsked = true
        setLanguages(&core)
        problem = nil
        let caret = core.editor.document.selection.range.lowerBound
        let line = core.editor.text.line(at: caret)
        let layout = EditorLayout(width: core.textAreaWidth, tabWidth: core.environment.tabWidth)
        let words = words(core, of: line, state: core.editor.lineState(of: line, layout))
        guard let (word, range) = words.first(where: { $0.1.lowerBound <= caret && caret <= $0.1.upperBound }) else {
            core.say("There is no word to check here.")
            return []
        }
        let ticket = core.ticket()
        suggesting = (ticket, word, range)
        return [.spelling(.suggest(ticket, word: word, languages: languages))]
    }

    private func menu(for word: String, in range: Range<Int>, _ suggestions: [String]) -> Menu {
        let corrections = suggestions.prefix(9).map {
            Menu.Item($0, .spelling(.correct(word, range: range, by: $0)))
        }
        var menu = Menu(
            title: "“\(word)”",
            items: corrections + [
                Menu.Item("Add to your dictionary", .spelling(.add(word, toProject: false))),
                Menu.Item("Add to the project's dictionary", .spelling(.add(word, toProject: true))),
                Menu.Item("Ignore until Longhand ends", .spelling(.ignore(word))),
            ])
        menu.isAtCaret = true
        return menu
    }

    private func correct(_ word: String, _ range: Range<Int>, by correction: String, _ core: inout StudioCore)
        -> [Effect]
    {
        guard range.upperBound <= core.editor.text.utf8Count, core.editor.text.slice(range) == word else { return [] }
        return core.replace(range, with: correction, origin: .command("spelling"))
    }
}
