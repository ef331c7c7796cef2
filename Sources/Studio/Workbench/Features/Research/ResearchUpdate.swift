import Manuscript
import Retrieval

/// What is done in the research pane, and what the library answers or says of itself.
public enum ResearchEvent: Sendable {
    /// Typing or moving has rested: the paragraph is asked about.
    case caretRests
    case hits(Ticket, Result<[Hit], Failure>)
    /// Better sentences for the hits of the same ticket, in their order.
    case sentences(Ticket, [String])
    case move(by: Int)
    /// The hit in a row of the pane, 0 its title, is clicked; twice shows it whole.
    case click(row: Int, isDouble: Bool)
    case togglePreview
    case cite
    case openNote
    case togglePin
    case askLookup
    case lookUp(String)
    case askFilter
    case filter(String)
    case follow
    // The library.
    /// The studio begins.
    case start
    case index
    case pauseOrResume
    case indexing(IndexProgress)
    /// The library is up to date, or can't be brought there. `isAsked`: the writer, or the start, wanted to hear of it.
    case indexed(Result<IndexSummary, Failure>, isAsked: Bool)
    case indexingPaused
    /// A look at the folder came to that it isn't to be read unasked.
    case indexingWithheld(AutomaticIndexing.Refusal)
    /// Something to know of the library that needs nothing done.
    case libraryRemark(String)
    /// The model is installed and cannot be used.
    case modelUnusable(Failure)
}

/// What is asked of the library.
public enum ResearchEffect: Sendable {
    case search(Ticket, Query)
    /// Look at all notes now. `isAsked`: the writer wants it, which is remembered for the folder.
    case index(isAsked: Bool)
    /// One file was written: look at it, where nothing else tells of it.
    case indexFile(path: String)
    case pauseIndexing(Bool)
}

extension ResearchState {
    mutating func handle(_ event: ResearchEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .caretRests:
            // While the writer looks at the list it must not change under them.
            return source == .paragraph && core.focus != .research ? requestResearch(&core) : []
        case .hits(let ticket, let result): receive(result, ticket)
        case .sentences(let ticket, let sentences):
            guard ticket == self.ticket, sentences.count == hits.count else { return [] }
            for (index, sentence) in sentences.enumerated() { hits[index].sentence = sentence }
        case .move(let step): moveResearch(by: step)
        case .click(let row, let isDouble): click(row, isDouble: isDouble, &core)
        case .togglePreview:
            isPreviewing.toggle()
            previewScroll = 0
        case .cite: return citeSelected(&core)
        case .openNote:
            guard let passage = selectedHit?.passage else { return [] }
            core.openArticle(core.environment.root + "/" + passage.path, line: passage.line)
        case .togglePin: return togglePin(&core)
        case .askLookup: core.modal = .prompt(Prompt("Look up in your notes:") { .research(.lookUp($0)) })
        case .lookUp(let question):
            source = question.isEmpty ? .paragraph : .lookup(question)
            if !question.isEmpty { core.focus = .research }
            return requestResearch(&core, force: true)
        case .askFilter: core.modal = .prompt(filterPrompt(filter?.line ?? ""))
        case .filter(let line): return filterResearch(&core, by: line)
        case .follow:
            source = .paragraph
            return requestResearch(&core, force: true)
        case .start, .index, .pauseOrResume, .indexing, .indexed, .indexingPaused, .indexingWithheld, .libraryRemark,
            .modelUnusable:
            return handleLibrary(event, &core)
        }
        return []
    }

    mutating func hear(_ announcement: Announcement, _ core: inout StudioCore) -> [Effect] {
        switch announcement {
        case .textChanged(let change) where change.path == core.editor.path: return [pause(core)]
        case .caretMoved where source == .paragraph: return [pause(core)]
        case .articleShown:
            knowsHeadings = false
            return requestResearch(&core, force: true)
        case .articleMoved(_, let path) where path == core.editor.path: return requestResearch(&core, force: true)
        case .outlineRead:
            defer { knowsHeadings = !core.headings.sections.isEmpty }
            if !knowsHeadings { return requestResearch(&core, force: true) }
        case .fileWritten(let path): return [.research(.indexFile(path: path))]
        case .settled:
            // Not while the writer looks at the list.
            guard isOutdated, core.focus != .research || hits.isEmpty else { return [] }
            isOutdated = false
            return requestResearch(&core, force: true)
        default: break
        }
        return []
    }

    mutating func cancel(_ core: inout StudioCore) -> Bool {
        guard core.focus == .research, isPreviewing else { return false }
        isPreviewing = false
        return true
    }

    private func pause(_ core: StudioCore) -> Effect {
        .wait("research", milliseconds: core.environment.researchPause, then: .research(.caretRests))
    }

    private func filterPrompt(_ line: String) -> Prompt {
        Prompt("Show only (tag: path: lang: after: field=):", line) { .research(.filter($0)) }
    }

    private mutating func click(_ row: Int, isDouble: Bool, _ core: inout StudioCore) {
        core.focus = .research
        guard let rect = core.plan.research, let index = index(atRow: row, height: rect.height - 1) else { return }
        selected = index
        if isDouble { isPreviewing = true }
    }

    private mutating func receive(_ result: Result<[Hit], Failure>, _ ticket: Ticket) {
        guard ticket == self.ticket else { return }
        switch result {
        case .success(let found):
            hits = found
            activity = .idle
        case .failure(let failure):
            hits = []
            activity = .failed(failure.sentence)
        }
        selected = 0
        isPreviewing = false
    }

    private mutating func moveResearch(by delta: Int) {
        guard !hits.isEmpty else { return }
        selected = min(max(0, selected + delta), hits.count - 1)
        previewScroll = 0
    }

    private mutating func togglePin(_ core: inout StudioCore) -> [Effect] {
        guard let passage = selectedHit?.passage else { return [] }
        if isPinned(passage) {
            pinned.removeAll { $0.id == passage.id && $0.path == passage.path }
            core.say("Unpinned; \(pinned.count) pinned.")
        } else {
            pinned.append(passage)
            core.say("Pinned for the next draft; \(pinned.count) pinned.")
        }
        core.announce(.sourcesPinned(pinned))
        return []
    }

    /// Inserts the selected passage as a quotation with a footnote, as one edit.
    private func citeSelected(_ core: inout StudioCore) -> [Effect] {
        guard let hit = selectedHit else {
            core.say("No passage is selected.")
            return []
        }
        let passage = hit.passage
        let source = QuotationSource(
            markdown: passage.markup ?? passage.text, title: passage.title, path: passage.path, line: passage.line,
            heading: passage.heading, passageID: passage.id)
        let edit = Citations.quotationEdit(source, in: core.editor.text, at: core.editor.caret)
        let effects = core.apply(edit)
        guard !effects.isEmpty else { return [] }
        core.focus = .editor
        core.say("Quoted from \(passage.path):\(passage.line). \(core.hint(.undo)) takes it back.", .success)
        return effects
    }

    /// Asks now for what the research pane shows.
    ///
    /// - Parameter force: ask even when the paragraph is the one last asked about.
    mutating func requestResearch(_ core: inout StudioCore, force: Bool = false) -> [Effect] {
        // To search is to open the library, which is made where there is none.
        guard !library.isWithheld else {
            hits = []
            activity = .idle
            return []
        }
        let question: String
        switch source {
        case .lookup(let text): question = text
        case .paragraph:
            question = researchQuestion(core)
            guard force || question != askedText else { return [] }
            askedText = question
        }
        let ticket = core.ticket()
        self.ticket = ticket
        guard question.contains(where: { !$0.isWhitespace }) else {
            hits = []
            activity = .idle
            return []
        }
        activity = .waiting
        var query = Query(text: question)
        // What the writer typed may have operators, a paragraph has none.
        if case .lookup = source { query.syntax = .operators }
        query.limit = core.environment.researchLimit
        query.excludingPath = core.editor.libraryPath
        query.article = core.editor.text
        if let filter = filter?.filter { query.filter = filter }
        return [.research(.search(ticket, query))]
    }

    /// The paragraph under the caret; on a blank line or a bare heading, with the section's title.
    private func researchQuestion(_ core: StudioCore) -> String {
        let paragraph = core.editor.paragraphUnderCaret().text
        guard paragraph.utf8.count < 40, let index = core.headings.index(at: core.editor.caret) else {
            return paragraph
        }
        let title = core.headings.sections[index].title
        return paragraph.contains(title) ? paragraph : title + "\n" + paragraph
    }

    /// Sets or clears the filter; one that can't be read is asked for again, with the caret at the place.
    private mutating func filterResearch(_ core: inout StudioCore, by line: String) -> [Effect] {
        guard line.contains(where: { !$0.isWhitespace }) else {
            filter = nil
            return requestResearch(&core, force: true)
        }
        do throws(LibraryError) {
            filter = ResearchFilter(line: line, filter: try Filter.parse(line: line))
        } catch {
            guard case .badExpression(_, let column, let reason) = error else {
                core.say(error.message, .error)
                return []
            }
            var prompt = filterPrompt(line)
            prompt.field.moveToStart()
            prompt.field.move(by: column - 1)
            core.modal = .prompt(prompt)
            core.say(reason, .error)
            return []
        }
        core.focus = .research
        return requestResearch(&core, force: true)
    }
}
