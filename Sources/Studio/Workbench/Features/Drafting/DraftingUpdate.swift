import Assistant
import Manuscript
import Retrieval
import Review
import Screen
import TextCore

/// What is done with drafts and proposals, and what arrives of them.
public enum DraftingEvent: Sendable {
    case draft
    case instructed(String)
    /// The passages for a draft.
    case sources(Ticket, Result<[Passage], Failure>)
    /// A key while the writer is shown what would be sent.
    case consentKey(Key)
    case showProposal
    case accept
    case reject
    case later
    case scroll(by: Int)
    /// What was accepted is safe: the proposal goes.
    case forget(path: String)
    case text(Ticket, String)
    case ended(Ticket, Result<String?, Failure>)
    /// Some more of a draft has arrived: it is kept.
    case keepArriving
    /// What an earlier run kept. `version`: that of the document whose text is the one the proposal was kept with; nil where
    /// it is another text.
    case recalled(StoredProposal<Passage>, version: Int?)
    case failed(Failure)
    /// How a long proposal differs from its section.
    case compared(Ticket, [DiffPiece])
}

/// What drafts need of the library, of the provider and of the disk.
public enum DraftingEffect: Sendable {
    /// Look for the passages that a draft may draw on.
    case gather(Ticket, Query)
    case send(Ticket, ChatRequest)
    case cancelSend
    /// Compare a long proposal with its section.
    case compare(Ticket, Proposal<Passage>)
    /// The writer agrees to the provider that the project names.
    case agreeToProvider
    /// Keep it for the next run; `text` is the article's, which the place in it belongs to.
    case keep(StoredProposal<Passage>, text: Text)
    /// It was accepted or rejected.
    case remove(path: String)
    /// Read what an earlier run kept for the article, whose text is `text` in this version.
    case recall(path: String, text: Text, version: Int)
}

extension DraftingState {
    mutating func handle(_ event: DraftingEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .accept, .reject, .later, .forget, .ended, .recalled: isTellingOutdated = true
        default: break
        }
        switch event {
        case .draft: startDraft(&core)
        case .instructed(let instruction): return continueDraft(&core, instruction: instruction)
        case .sources(let ticket, let result): receive(result, ticket, &core)
        case .consentKey(let key): return press(key, &core)
        case .showProposal: showProposal(&core)
        case .accept: return acceptProposal(&core)
        case .reject: return rejectProposal(&core)
        case .later: return leaveProposal(&core)
        case .scroll(let step): self[core.editor.path].scroll = max(0, self[core.editor.path].scroll + step)
        case .forget(let path): return clearProposal(of: path, &core)
        case .text(let ticket, let piece): return receive(piece, ticket)
        case .ended(let ticket, let result): return receive(end: result, ticket, &core)
        case .keepArriving: return keepArriving(core)
        case .recalled(let kept, let version): return offer(kept, version: version, &core)
        case .failed(let failure): core.say(failure)
        case .compared(let ticket, let difference):
            guard let path = path(where: { $0.comparing == ticket }) else { return [] }
            self[path].comparing = nil
            self[path].difference = difference
        }
        return []
    }

    mutating func hear(_ announcement: Announcement, _ core: inout StudioCore) -> [Effect] {
        switch announcement {
        case .sourcesPinned(let passages): pinned = passages
        case .libraryChanged(let isWithheld): isLibraryWithheld = isWithheld
        case .articleOpened, .articleUnlocked: return recallProposals(core)
        case .articleMoved(let from, let to):
            isTellingOutdated = true
            panes[to] = panes.removeValue(forKey: from)
            return keepProposal(of: to, core)
        case .articleClosed(let editor):
            isTellingOutdated = true
            return leave(editor)
        case .settled where isTellingOutdated:
            // It reads whole proposals, so not behind each key.
            isTellingOutdated = false
            core.proposalsLeft = waiting(in: core)
        case .leaving(let forGood):
            let effects = panes.keys.sorted().flatMap { keepProposal(of: $0, core) }
            return forGood ? effects + [.drafting(.cancelSend)] : []
        default: break
        }
        return []
    }

    mutating func cancel(_ core: inout StudioCore) -> Bool {
        guard self[core.editor.path].gathering != nil else { return false }
        self[core.editor.path].gathering = nil
        core.say("Cancelled.")
        return true
    }

    /// Begins a draft of the section around the caret: the instruction is asked first.
    private mutating func startDraft(_ core: inout StudioCore) {
        if case .notConfigured(let failure) = core.environment.provider {
            core.say(failure)
            return
        }
        guard self[core.editor.path].proposal == nil else {
            core.say("A proposal waits already: \(core.hint("proposal")) shows it; accept or reject it first.")
            return
        }
        guard !core.editor.isReadOnly else { return core.announce(.editRefused) }
        if let other = streamingPath.flatMap({ core.index(of: $0) }) {
            core.say(
                "The draft for \(core.editors[other].displayName) is still arriving: wait for it, or stop it there.")
            return
        }
        core.modal = .prompt(
            Prompt("What should the draft do? (Enter for none)") { .drafting(.instructed($0)) })
    }

    /// The writer gave the instruction: the sources are gathered.
    private mutating func continueDraft(_ core: inout StudioCore, instruction: String) -> [Effect] {
        // One of an earlier run may have come while the instruction was typed.
        guard self[core.editor.path].proposal == nil else {
            core.say("A proposal waits already: \(core.hint("proposal")) shows it; accept or reject it first.")
            return []
        }
        self[core.editor.path].pendingInstruction = instruction
        let current = Outline(core.editor.text)
        guard let index = current.index(at: core.editor.caret) else {
            core.say("There is no section here yet: write a heading first.", .error)
            return []
        }
        return gatherSources(&core, section: index, outline: current, instruction: instruction)
    }

    /// Makes the request of the sources there are, and shows it.
    private mutating func prepareConsent(_ core: inout StudioCore, section index: Int, outline: Outline) {
        guard case .ready(_, let defaults) = core.environment.provider else { return }
        let text = core.editor.text
        let section = outline.sections[index]
        let context = DraftContext(
            article: text, outline: outline, section: index, passages: self[core.editor.path].sources,
            instruction: self[core.editor.path].pendingInstruction.flatMap { $0.isEmpty ? nil : $0 })
        // What the panel shows is what is sent, the provider's own values included.
        self[core.editor.path].request = defaults.applied(to: Prompts.draft(context, model: defaults.model))
        dropTarget(of: core.editor.path, &core)
        let body = section.bodyRange
        let whole = text.slice(body)
        self[core.editor.path].target = core.withEditor { editor in
            AssistantPane.Target(
                sectionTitle: section.title, start: editor.addAnchor(body.lowerBound, bias: .before),
                end: editor.addAnchor(body.upperBound, bias: .after), body: whole, original: context.sectionBody)
        }
        self[core.editor.path].warned = []
        core.modal = .panel(ConsentPanel())
    }

    /// The writer saw what leaves and agreed.
    mutating func sendRequest(_ core: inout StudioCore) -> [Effect] {
        core.modal = nil
        guard let request = self[core.editor.path].request, let target = self[core.editor.path].target else {
            return []
        }
        let ticket = core.ticket()
        self[core.editor.path].ticket = ticket
        self[core.editor.path].proposal = Proposal(
            id: ticket.number, sectionTitle: target.sectionTitle, original: target.original,
            sources: request.sources, firstCitation: request.firstCitation)
        core.isReviewing = true
        self[core.editor.path].scroll = 0
        core.focus = .editor
        return [.drafting(.send(ticket, request))]
    }

    private mutating func showProposal(_ core: inout StudioCore) {
        guard self[core.editor.path].proposal != nil else {
            core.say("There is no proposal: \(core.hint("draft")) asks for a draft of this section.")
            return
        }
        core.isReviewing.toggle()
        core.focus = .editor
    }

    private mutating func leaveProposal(_ core: inout StudioCore) -> [Effect] {
        if self[core.editor.path].proposal?.state == .streaming {
            self[core.editor.path].proposal?.state = .cancelled
            self[core.editor.path].ticket = nil
            core.say("Stopped. What arrived can still be accepted (a) or rejected (r).")
            return [.drafting(.cancelSend)] + keepProposal(of: core.editor.path, core)
                + compare(core.editor.path, &core)
        }
        core.isReviewing = false
        core.say("The proposal waits: \(core.hint("proposal")) shows it.")
        return []
    }

    private mutating func rejectProposal(_ core: inout StudioCore) -> [Effect] {
        let wasStreaming = self[core.editor.path].proposal?.state == .streaming
        let effects = clearProposal(of: core.editor.path, &core)
        core.say("Rejected; the article is as it was.")
        return (wasStreaming ? [.drafting(.cancelSend)] : []) + effects
    }

    private mutating func acceptProposal(_ core: inout StudioCore) -> [Effect] {
        guard let proposal = self[core.editor.path].proposal else { return [] }
        guard proposal.state != .streaming else {
            core.say("The text is still arriving; Esc stops it.")
            return []
        }
        guard !proposal.isBlank else {
            core.say("There is nothing to accept: the answer holds no text.", .error)
            return []
        }
        guard let target = self[core.editor.path].target, let start = core.editor.document.offset(of: target.start),
            let end = core.editor.document.offset(of: target.end), start <= end
        else {
            core.say(
                "The section “\(proposal.sectionTitle)” is not in this article any more, so there is no place for the proposal.",
                .error)
            return []
        }
        if let warning = warnBeforeAccepting(
            &core, proposal, isEdited: core.editor.text.slice(start..<end) != target.body)
        {
            core.say(warning, .error)
            return []
        }
        let effects = core.apply(proposal.edit(in: core.editor.text, replacing: start..<end))
        guard !effects.isEmpty else { return [] }
        core.withEditor { $0.sealHistory() }
        // The journal has the text before the proposal goes.
        core.announce(.textMustLast(path: core.editor.path))
        core.post(.drafting(.forget(path: core.editor.path)))
        core.say("Accepted. \(core.hint("undo")) takes it back in one step.", .success)
        return effects
    }

    /// What the writer should know before accepting and wasn't told yet; told once.
    private mutating func warnBeforeAccepting(_ core: inout StudioCore, _ proposal: Proposal<Passage>, isEdited: Bool)
        -> String?
    {
        var warnings: [String] = []
        switch proposal.state {
        case .failed where self[core.editor.path].warned.insert(.notWhole).inserted:
            warnings.append("This is not the whole answer.")
        case .cancelled where self[core.editor.path].warned.insert(.notWhole).inserted:
            warnings.append("This is not the whole answer: it was stopped.")
        default: break
        }
        var consequence = "accept again to take what there is."
        if isEdited, self[core.editor.path].warned.insert(.edited).inserted {
            warnings.append("You edited this section since the draft was asked for;")
            consequence = "accept again to replace your edits too."
        }
        guard let last = warnings.popLast() else { return nil }
        let end = last.hasSuffix(".") ? String(last.dropLast()) + "; " : last + " "
        return (warnings + [end + consequence]).joined(separator: " ")
    }

    private mutating func clearProposal(of path: String, _ core: inout StudioCore) -> [Effect] {
        dropTarget(of: path, &core)
        let pane = self[path]
        self[path] = AssistantPane()
        self[path].isRecalled = pane.isRecalled
        if path == core.editor.path { core.isReviewing = false }
        return pane.keptPath.map { [.drafting(.remove(path: $0))] } ?? []
    }

    /// Forgets the section that a request was for, and lets go of its anchors.
    private mutating func dropTarget(of path: String, _ core: inout StudioCore) {
        guard let target = self[path].target else { return }
        _ = core.withEditor(path: path) { editor in
            editor.removeAnchor(target.start)
            editor.removeAnchor(target.end)
        }
        self[path].target = nil
    }

    /// A key while the writer is shown what would be sent.
    private mutating func press(_ key: Key, _ core: inout StudioCore) -> [Effect] {
        guard var panel = core.panel(ConsentPanel.self) else { return [] }
        if terms?.question != nil {
            // Enter is pressed out of habit: what a project chose takes a key of its own.
            if key == .character("y"), ConsentView.hasShownTerms(scroll: panel.scroll, self, core) {
                terms?.question = nil
                return [.drafting(.agreeToProvider)] + sendRequest(&core)
            }
        } else if key == .enter || key == .character("s") {
            return sendRequest(&core)
        }
        if let next = core.scrolled(panel.scroll, by: key) {
            panel.scroll = min(next, ConsentView.lastScroll(self, core))
            core.modal = .panel(panel)
        } else {
            core.modal = nil
            self[core.editor.path].request = nil
            dropTarget(of: core.editor.path, &core)
            core.say("Nothing was sent.")
        }
        return []
    }

    // MARK: Sources

    /// The sources for a draft of the section at `index`: those pinned, else the closest passages, which are looked for first.
    private mutating func gatherSources(
        _ core: inout StudioCore, section index: Int, outline: Outline, instruction: String
    ) -> [Effect] {
        self[core.editor.path].sources = []
        guard pinned.isEmpty, !isLibraryWithheld else {
            self[core.editor.path].sources = pinned
            prepareConsent(&core, section: index, outline: outline)
            return []
        }
        let section = outline.sections[index]
        let ticket = core.ticket()
        self[core.editor.path].gathering = ticket
        let body = String(core.editor.text.slice(section.bodyRange).prefix(1_500))
        var query = Query(text: [section.title, instruction, body].joined(separator: "\n"))
        query.limit = 8
        query.excludingPath = core.editor.libraryPath
        core.say("Looking for the passages closest to “\(section.title)”…")
        return [.drafting(.gather(ticket, query))]
    }

    /// The passages for a draft arrived, or none could be had. Only notes that the writer marked `share` go along unasked.
    private mutating func receive(_ result: Result<[Passage], Failure>, _ ticket: Ticket, _ core: inout StudioCore) {
        guard let path = path(where: { $0.gathering == ticket }), let index = core.index(of: path) else { return }
        let found = (try? result.get()) ?? []  // Without the library a draft has no sources, which the panel says.
        self[path].gathering = nil
        self[path].sources = found.filter { $0.scope == .share }
        guard path == core.editor.path else {
            core.say("Nothing was sent: the draft was for \(core.editors[index].displayName).")
            return
        }
        core.notice = nil
        let current = Outline(core.editor.text)
        guard let section = current.index(at: core.editor.caret) else { return }
        prepareConsent(&core, section: section, outline: current)
    }
}
