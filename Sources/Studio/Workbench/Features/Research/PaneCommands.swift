import Manuscript
import Retrieval
import Screen
import TextCore

extension CommandTable {
    static let outlineCommands: [Command] = [
        Command("outline.up", "Previous heading", "Select the heading above.", in: .outline, [.up, .character("k")]) {
            $0.outline.selected = max(0, $0.outline.selected - 1)
            return []
        },
        Command("outline.down", "Next heading", "Select the heading below.", in: .outline, [.down, .character("j")]) {
            $0.outline.selected = min(max(0, $0.outline.sections.count - 1), $0.outline.selected + 1)
            return []
        },
        Command("outline.jump", "Go to the heading", "Put the caret at the selected heading.", in: .outline, [.enter]) {
            $0.jumpToSelectedSection()
        },
    ]

    static let researchCommands: [Command] = [
        Command("research.up", "Previous passage", "Select the passage above.", in: .research, [.up, .character("k")]) {
            $0.moveResearch(by: -1)
        },
        Command("research.down", "Next passage", "Select the passage below.", in: .research, [.down, .character("j")]) {
            $0.moveResearch(by: 1)
        },
        Command(
            "research.preview", "Preview the passage", "Show it whole, with the parts of its score.", in: .research,
            [.enter, .character(" ")]
        ) {
            $0.research.isPreviewing.toggle()
            $0.research.previewScroll = 0
            return []
        },
        Command(
            "research.cite", "Cite the passage", "Insert it as a quotation with a footnote that names its note.",
            in: .research, [.character("c")]
        ) {
            $0.citeSelected()
        },
        Command(
            "research.open", "Open the note", "Open the note at the passage's line.", in: .research, [.character("o")]
        ) {
            guard let hit = $0.research.selectedHit else { return [] }
            return $0.openArticle($0.environment.root + "/" + hit.passage.path, line: hit.passage.line)
        },
        Command(
            "research.pin", "Pin the passage", "Choose it as a source of the next draft, or let it go.", in: .research,
            [.character("p")]
        ) {
            $0.togglePin()
        },
        Command("research.lookup", "Look something up", "Ask your notes a question.", in: .research, [.character("/")])
        {
            $0.modal = .prompt(Prompt(purpose: .lookup, field: TextField("")))
            return []
        },
        Command(
            "research.filter", "Filter the passages",
            "Show only some: tag:x path:notes/ lang:zh after:2020 year>=2020. Empty shows all.", in: .research,
            [.character("F")]
        ) {
            $0.modal = .prompt(Prompt(purpose: .filter, field: TextField($0.research.filter?.line ?? "")))
            return []
        },
        Command(
            "research.follow", "Follow the cursor", "Leave the lookup; research follows the paragraph again.",
            in: .research, [.character("f")]
        ) {
            $0.research.source = .paragraph
            return $0.requestResearch(force: true)
        },
    ]
}

extension Workspace {
    mutating func jumpToSelectedSection() -> [Effect] {
        guard outline.sections.indices.contains(outline.selected) else { return [] }
        let offset = min(outline.sections[outline.selected].range.lowerBound, editor.text.utf8Count)
        let line = editor.text.line(at: offset)
        withEditor {
            $0.isMarking = false
            $0.moveCaret(to: offset)
            $0.scroll = ScrollPosition(line: line, row: 0)
        }
        focus = .editor
        return requestResearchSoon()
    }

    mutating func moveResearch(by delta: Int) -> [Effect] {
        guard !research.hits.isEmpty else { return [] }
        research.selected = min(max(0, research.selected + delta), research.hits.count - 1)
        research.previewScroll = 0
        return []
    }

    mutating func togglePin() -> [Effect] {
        guard let passage = research.selectedHit?.passage else { return [] }
        if research.isPinned(passage) {
            research.pinned.removeAll { $0.id == passage.id && $0.path == passage.path }
            say("Unpinned; \(research.pinned.count) pinned.")
        } else {
            research.pinned.append(passage)
            say("Pinned for the next draft; \(research.pinned.count) pinned.")
        }
        return []
    }

    /// Inserts the selected passage as a quotation with a footnote, as one edit.
    mutating func citeSelected() -> [Effect] {
        guard let hit = research.selectedHit else {
            say("No passage is selected.")
            return []
        }
        let passage = hit.passage
        let source = QuotationSource(
            markdown: passage.markup ?? passage.text, title: passage.title, path: passage.path, line: passage.line,
            heading: passage.heading, passageID: passage.id)
        let edit = Citations.quotationEdit(source, in: editor.text, at: editor.caret)
        let effects = apply(edit)
        guard !effects.isEmpty else { return [] }
        focus = .editor
        say("Quoted from \(passage.path):\(passage.line). \(environment.keymap.hint("undo")) takes it back.", .success)
        return effects
    }

    // MARK: Asking for research

    /// Asks after the usual pause, unless a lookup is shown.
    func requestResearchSoon() -> [Effect] {
        guard research.source == .paragraph else { return [] }
        return [.wait(.research, milliseconds: environment.researchPause)]
    }

    /// Asks now for what the research pane shows.
    ///
    /// - Parameter force: ask even when the paragraph is the one last asked about.
    mutating func requestResearch(force: Bool = false) -> [Effect] {
        // To search is to open the library, which is made where there is none.
        guard !leavesLibraryAlone else {
            research.hits = []
            research.activity = .idle
            return []
        }
        let question: String
        switch research.source {
        case .lookup(let text): question = text
        case .paragraph:
            question = researchQuestion()
            guard force || question != research.askedText else { return [] }
            research.askedText = question
        }
        let ticket = ticket()
        research.ticket = ticket
        guard question.contains(where: { !$0.isWhitespace }) else {
            research.hits = []
            research.activity = .idle
            return []
        }
        research.activity = .waiting
        var query = Query(text: question)
        // What the writer typed may have operators, a paragraph has none.
        if case .lookup = research.source { query.syntax = .operators }
        query.limit = environment.researchLimit
        query.excludingPath = editor.libraryPath
        query.article = editor.text
        if let filter = research.filter?.filter { query.filter = filter }
        return [.research(ticket, query)]
    }

    /// The paragraph under the caret; on a blank line or a bare heading, with the section's title.
    private func researchQuestion() -> String {
        let paragraph = editor.paragraphUnderCaret().text
        guard paragraph.utf8.count < 40, let index = outline.index(at: editor.caret) else { return paragraph }
        let title = outline.sections[index].title
        return paragraph.contains(title) ? paragraph : title + "\n" + paragraph
    }

    mutating func requestOutline() -> [Effect] {
        let ticket = ticket()
        outline.ticket = ticket
        progress.asked = (ticket, progress.borrowed[editor.path]?.total ?? 0)
        return [.outline(ticket, editor.text)]
    }
}
