import Manuscript
import Screen
import Testing
import TextCore

@testable import Workbench

/// Types a command's name into the palette.
private func run(_ title: String, _ workspace: inout Workspace) -> [Effect] {
    type("<Ctrl-P>\(title)<Enter>", into: &workspace)
}

private func count(_ workspace: inout Workspace) -> [Effect] {
    let bytes = Array(workspace.editor.text.string.utf8)
    return count(bytes, &workspace)
}

@Suite struct ViewTests {
    private let lines = (1...60).map { "Line \($0)." }.joined(separator: "\n\n")

    @Test(arguments: ["|Line", "Line 30|", "Line 60|"])
    func typewriterKeepsTheCaretInTheMiddle(_ place: String) throws {
        let mark = place.replacing("|", with: "")
        var workspace = makeWorkspace(lines, width: 60, height: 25)
        let offset = try #require(lines.range(of: mark)).lowerBound.utf16Offset(in: lines)
        workspace.withEditor { $0.select(Selection(offset)) }
        let effects = type("<F9>", into: &workspace)
        #expect(effects.names.contains("rememberView"))
        let middle = workspace.textArea.y + workspace.textAreaHeight / 2
        #expect(render(workspace).cursor?.y == middle)
        type("<Down><Down>", into: &workspace)
        #expect(render(workspace).cursor?.y == middle)
        // A click hits the line that is seen there.
        let column = workspace.textArea.x
        _ = handle(.terminal(.mouse(MouseEvent(kind: .press, x: column, y: middle, button: .left))), &workspace)
        #expect(render(workspace).cursor?.y == middle)
        type("<F9>", into: &workspace)
        #expect(workspace.editor.scroll.blankRows == 0)
    }

    @Test func focusDimsAllButTheParagraphThenTheSentence() {
        var workspace = workspace(
            before: "Before it.\n\nFirst one here. Sec|ond one here.\n\nAfter it.", width: 60, height: 20)
        func focused() -> String {
            let text = workspace.editor.text
            guard let range = workspace.focusRange else { return "all" }
            return text.slice(range)
        }
        #expect(focused() == "all")
        type("<F8>", into: &workspace)
        #expect(focused() == "First one here. Second one here.")
        let grid = render(workspace)
        let (x, y) = (workspace.textArea.x, workspace.textArea.y)
        #expect(grid[x, y].style == workspace.theme[.unfocused])
        #expect(grid[x, y + 2].style == workspace.theme[.text])
        type("<F8>", into: &workspace)
        #expect(focused() == "Second one here.")
        // Without colours a bar in the margin tells.
        workspace.configure { $0.hasColour = false }
        #expect(render(workspace)[x - 1, y + 2].text == "▎")
        #expect(render(workspace)[x - 1, y].text == " ")
        type("<F8>", into: &workspace)
        #expect(focused() == "all")
    }

    @Test func lineNumbersStandInTheMargin() {
        var workspace = makeWorkspace(lines, width: 40, height: 12)
        _ = run("line numbers", &workspace)
        let rows = render(workspace).snapshot().split(separator: "\n", omittingEmptySubsequences: false)
        #expect(rows[1].hasPrefix("   1 Line 1.") && rows[3].hasPrefix("   3 Line 2."), "\(rows[1])")
        _ = run("line numbers", &workspace)
        #expect(!render(workspace).snapshot().contains(" 1 Line 1."))
    }

    @Test func theTextGetsWiderAndNarrower() {
        var workspace = makeWorkspace(lines, width: 200, height: 20)
        let before = workspace.textAreaWidth
        type("<Alt-->", into: &workspace)
        #expect(workspace.textAreaWidth == before - 4)
        type("<Alt-+><Alt-+>", into: &workspace)
        #expect(workspace.textAreaWidth == before + 4)
        for _ in 0..<200 { type("<Alt-->", into: &workspace) }
        #expect(workspace.core.view.textWidth == ViewOptions.textWidths.lowerBound)
    }

    @Test func themesAreSeenAtOnceKeptAndGivenBack() {
        var workspace = makeWorkspace("text", width: 80, height: 24)
        workspace.configure { $0.theme = .ink }
        #expect(run("theme", &workspace).names == ["loadThemes"])
        let themes = [Theme.ink, Theme.plain, Theme.ink.named("third")]
        _ = handle(.appearance(.themes(themes, problem: nil)), &workspace)
        type("<Down>", into: &workspace)
        #expect(workspace.theme == .plain)
        type("<Esc>", into: &workspace)
        #expect(workspace.theme == .ink && workspace.modal == nil)
        _ = handle(.appearance(.themes(themes, problem: nil)), &workspace)
        let effects = type("<Down><Down><Enter>", into: &workspace)
        #expect(effects.names.contains("rememberView"))
        #expect(workspace.theme.name == "third" && workspace.core.view.theme == "third")
        #expect(workspace.notice?.text.contains("theme = \"third\" in config.toml") == true)
        // The menu keeps within the screen at any size, and a digit takes a line of it.
        for (width, height) in [(20, 8), (40, 12), (400, 100)] {
            _ = handle(.terminal(.resize(width: width, height: height)), &workspace)
            _ = handle(.appearance(.themes(themes, problem: nil)), &workspace)
            #expect(render(workspace).snapshot().contains("plain"))
            type("2", into: &workspace)
            #expect(workspace.theme == .plain && workspace.modal == nil)
        }
    }
}

@Suite struct StudioSpellingTests {
    private func makeChecked(_ before: String) -> Workspace {
        var workspace = workspace(before: before, width: 80, height: 24)
        workspace.core.view.checksSpelling = true
        _ = count(&workspace)
        return workspace
    }

    /// Answers the questions as a dictionary without the words in `wrong` would.
    private func answer(_ effects: [Effect], wrong: Set<String>, _ workspace: inout Workspace) {
        for case .spelling(.check(let ticket, let words, _)) in effects {
            _ = handle(.spelling(.checked(ticket, words: words, misspelt: wrong.intersection(words))), &workspace)
        }
    }

    private func underlined(_ workspace: Workspace) -> [String] {
        (workspace.spelling.marks[workspace.editor.path]?.ranges ?? []).map { workspace.editor.text.slice($0) }
    }

    @Test func theWordsOnTheScreenAreAskedAboutOnce() throws {
        var workspace = makeChecked("|The wrod is `cdoe` wrod.\n")
        var effects = handle(.spelling(.pageRests), &workspace)
        guard case .spelling(.check(_, let words, let languages))? = effects.first else {
            Issue.record("nothing was asked")
            return
        }
        #expect(words == ["The", "is", "wrod"] && languages == "en_US")
        answer(effects, wrong: ["wrod"], &workspace)
        #expect(underlined(workspace) == ["wrod", "wrod"])
        let area = workspace.textArea
        #expect(render(workspace)[area.x + 4, area.y].style.underline)
        #expect(!render(workspace)[area.x, area.y].style.underline)
        effects = handle(.spelling(.pageRests), &workspace)
        #expect(effects.isEmpty)
    }

    @Test func marksMoveWithEditsAndGoWhenTheWordIsEdited() {
        var workspace = makeChecked("|The wrod here\n")
        answer(handle(.spelling(.pageRests), &workspace), wrong: ["wrod"], &workspace)
        type("So. ", into: &workspace)
        #expect(underlined(workspace) == ["wrod"])
        workspace.withEditor { $0.select(Selection(10)) }
        type("x", into: &workspace)
        #expect(underlined(workspace).isEmpty)
        type("<Ctrl-U>", into: &workspace)
        answer(handle(.spelling(.pageRests), &workspace), wrong: ["wrod"], &workspace)
        #expect(underlined(workspace) == ["wrod"])
        // The word at whose end one writes isn't blamed.
        workspace.withEditor { $0.select(Selection(12)) }
        let area = workspace.textArea
        #expect(!render(workspace)[area.x + 8, area.y].style.underline)
    }

    @Test func theArticlesLanguageComesFirstAndChineseIsNoLanguageToCheck() {
        var german = makeChecked("---\nlang: de_DE\n---\n\n|Wort\n")
        german.configure { $0.spellingLanguages = "fr_FR" }
        #expect(german.spelling.languages(german.core) == "de_DE")
        var chinese = makeChecked("---\nlang: zh-CN\n---\n\n|vector\n")
        chinese.configure { $0.systemLanguage = "en_GB" }
        #expect(chinese.spelling.languages(chinese.core) == "en_GB")
    }

    @Test func theArticlesLanguageIsKnownBeforeTheFirstCount() {
        var workspace = workspace(before: "---\nlang: de_DE\n---\n\n|Wrot\n", width: 80, height: 24)
        workspace.core.view.checksSpelling = true
        guard
            case .spelling(.find(_, _, from: _, backwards: false, let languages))? = type("<F7>", into: &workspace)
                .first
        else {
            Issue.record("F7 asked nothing")
            return
        }
        #expect(languages == "de_DE")
    }

    @Test func aCorrectionIsOneEdit() {
        var workspace = makeChecked("The wr|od here\n")
        let effects = type("<Alt-$>", into: &workspace)
        guard case .spelling(.suggest(let ticket, "wrod", _))? = effects.first else {
            Issue.record("nothing was asked: \(effects.names)")
            return
        }
        _ = handle(.spelling(.suggestions(ticket, ["word", "rod"])), &workspace)
        #expect(render(workspace).snapshot().contains("1 word"))
        type("<Enter>", into: &workspace)
        #expect(marked(workspace) == "The word| here\n")
        type("<Ctrl-U>", into: &workspace)
        #expect(workspace.editor.text.string == "The wrod here\n")
    }

    @Test func wordsAreAddedAndIgnored() {
        var workspace = makeChecked("The wr|od here\n")
        answer(handle(.spelling(.pageRests), &workspace), wrong: ["wrod"], &workspace)
        for (keys, expected) in [("2", false), ("3", true)] {
            guard case .spelling(.suggest(let ticket, _, _))? = type("<Alt-$>", into: &workspace).first else { return }
            _ = handle(.spelling(.suggestions(ticket, ["word"])), &workspace)
            guard case .spelling(.add("wrod", let toProject))? = type(keys, into: &workspace).first else {
                Issue.record("nothing was added")
                return
            }
            #expect(toProject == expected)
        }
        _ = handle(.spelling(.accepted(word: "wrod", sentence: "It is in words now.")), &workspace)
        #expect(underlined(workspace).isEmpty && workspace.notice?.text == "It is in words now.")
    }

    @Test func aMissingDictionaryIsToldToWhoAsks() {
        var workspace = makeChecked("The wr|od here\n")
        let failure = Failure(message: "There is no dictionary.", hint: "Install one.")
        _ = handle(.spelling(.pageRests), &workspace)
        _ = handle(.spelling(.unavailable(failure)), &workspace)
        #expect(workspace.notice == nil)
        // Nothing is asked again until the writer asks.
        #expect(!type("x", into: &workspace).names.contains("wait spelling"))
        type("<F7>", into: &workspace)
        _ = handle(.spelling(.unavailable(failure)), &workspace)
        #expect(workspace.notice?.text == "There is no dictionary. Install one.")
    }

    @Test func theNextMisspeltWordIsSelected() {
        var workspace = makeChecked("|The wrod here\n")
        guard case .spelling(.find(let ticket, _, from: 0, backwards: false, _))? = type("<F7>", into: &workspace).first
        else {
            Issue.record("nothing was asked")
            return
        }
        _ = handle(.spelling(.found(ticket, 4..<8)), &workspace)
        #expect(marked(workspace) == "The #[wrod]# here\n")
        guard case .spelling(.find(let second, _, from: 8, backwards: false, _))? = type("<F7>", into: &workspace).first
        else {
            Issue.record("nothing was asked again")
            return
        }
        // A late answer to the first question moves nothing.
        _ = handle(.spelling(.found(ticket, 0..<3)), &workspace)
        #expect(marked(workspace) == "The #[wrod]# here\n")
        _ = handle(.spelling(.found(second, nil)), &workspace)
        #expect(workspace.notice?.text == "No misspelt word was found.")
    }
}

@Suite struct WritingProgressTests {
    private let article = "---\ntarget: 10\nsession_target: 4\n---\n\n# One\n\n<!-- target: 6 -->\none two three\n"

    @Test func targetsAreShownAndWhatIsWrittenIsRecorded() {
        var workspace = makeWorkspace(article, width: 160, height: 24)
        #expect(count(&workspace).names.filter { $0.hasPrefix("recordWords") }.isEmpty)
        answerOutline(handle(.outline(.textRests), &workspace), &workspace)
        _ = count(&workspace)
        var screen = render(workspace).snapshot()
        #expect(screen.contains("3/10 words") && screen.contains("30%") && screen.contains("session 0/4"), "\(screen)")
        #expect(screen.contains("3/6 ██░░"), "\(screen)")
        workspace.withEditor { $0.select(Selection($0.text.utf8Count)) }
        type("four five six", into: &workspace)
        #expect(count(&workspace).names.contains("recordWords 3"))
        screen = render(workspace).snapshot()
        #expect(
            screen.contains("6/10 words") && screen.contains("session 3/4") && screen.contains("6/6 ✓"), "\(screen)")
        type("<Shift-Left><Shift-Left><Shift-Left>", into: &workspace)
        #expect(render(workspace).snapshot().contains("1 of 6/10"))
    }

    @Test func theReportCountsEachByItsRule() {
        var workspace = makeWorkspace("# 一\n\n向量 and 空间\n", width: 100, height: 24)
        _ = count(&workspace)
        _ = run("count words", &workspace)
        let screen = render(workspace).snapshot()
        #expect(
            screen.contains("1 words · 4 Chinese characters · 5 together") && screen.contains("1 min to read"),
            "\(screen)")
        type("<Esc>", into: &workspace)
        #expect(workspace.modal == nil)
    }

    @Test func theHistoryIsDrawnByDay() {
        var workspace = makeWorkspace("x", width: 100, height: 24)
        #expect(run("writing history", &workspace).names == ["loadHistory"])
        let days = [
            WritingHistory.Day(date: "2026-03-01", words: 100), WritingHistory.Day(date: "2026-03-02", words: 1_200),
        ]
        _ = handle(
            .progress(.history(.success(WritingHistory(days: days, today: "2026-03-02", streak: 2)))), &workspace)
        let screen = render(workspace).snapshot()
        #expect(
            screen.contains("Today 1,200 · in all 1,300 · 650 a day")
                && screen.contains("2 days in a row · best 1,200 on 2026-03-02"))
        #expect(screen.contains("2026-03-02     1,200  ████"), "\(screen)")
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234, "-1,234"), (1_002_003, "1,002,003")])
    func thousandsAreGrouped(_ number: Int, _ text: String) { #expect(number.grouped == text) }

    @Test func barsFill() {
        #expect(ProgressBar(value: 0, of: 10, cells: 4).labelled == "░░░░ 0%")
        #expect(ProgressBar(value: 9, of: 10, cells: 4).labelled == "███░ 90%")
        #expect(ProgressBar(value: 25, of: 10, cells: 4).labelled == "████ 250%")
    }
}
