import Assistant
import Manuscript
import Retrieval
import Review
import Screen
import TextCore

extension CommandTable {
    static let assistantCommands: [Command] = [
        Command(
            "draft", "Draft this section",
            "Ask the remote model for a draft of the section; shows what would be sent first.", in: .everywhere,
            [.alt("d")]
        ) {
            $0.startDraft()
        },
        Command(
            "proposal", "Review the proposal", "Show the draft that waits, as a difference.", in: .everywhere,
            [.alt("p")]
        ) {
            $0.showProposal()
        },
        Command(
            "proposal.accept", "Accept the proposal", "Put it into the article, as one step of undo.", in: .proposal,
            [.character("a"), .enter]
        ) {
            $0.acceptProposal()
        },
        Command(
            "proposal.reject", "Reject the proposal", "Throw it away; the article stays as it is.", in: .proposal,
            [.character("r")]
        ) {
            $0.rejectProposal()
        },
        Command(
            "proposal.later", "Decide later", "Stop the stream, or go back to writing; the proposal waits.",
            in: .proposal, [.escape]
        ) {
            $0.leaveProposal()
        },
        Command("proposal.up", "Scroll up", "Scroll the proposal up.", in: .proposal, [.up, .character("k")]) {
            $0.assistant.scroll = max(0, $0.assistant.scroll - 1)
            return []
        },
        Command("proposal.down", "Scroll down", "Scroll the proposal down.", in: .proposal, [.down, .character("j")]) {
            $0.assistant.scroll += 1
            return []
        },
    ]
}

extension Workspace {
    /// Begins a draft of the section around the caret: the instruction is asked first.
    mutating func startDraft() -> [Effect] {
        if case .notConfigured(let failure) = environment.provider {
            say(failure)
            return []
        }
        guard assistant.proposal == nil else {
            say("A proposal waits already: \(environment.keymap.hint("proposal")) shows it; accept or reject it first.")
            return []
        }
        guard !editor.isReadOnly else {
            say("\(editor.displayName) is open for reading only.", .error)
            return []
        }
        if let other = streamingEditor {
            say("The draft for \(other.displayName) is still arriving: wait for it, or stop it there.")
            return []
        }
        modal = .prompt(Prompt(purpose: .instruction, field: TextField("")))
        return []
    }

    /// The writer gave the instruction: the sources are gathered.
    mutating func continueDraft(instruction: String) -> [Effect] {
        // One of an earlier run may have come while the instruction was typed.
        guard assistant.proposal == nil else {
            say("A proposal waits already: \(environment.keymap.hint("proposal")) shows it; accept or reject it first.")
            return []
        }
        assistant.pendingInstruction = instruction
        let current = Outline(editor.text)
        guard let index = current.index(at: editor.caret) else {
            say("There is no section here yet: write a heading first.", .error)
            return []
        }
        return gatherSources(section: index, outline: current, instruction: instruction)
    }

    /// Makes the request of the sources there are, and shows it.
    mutating func prepareConsent(section index: Int, outline: Outline) {
        guard case .ready(_, let defaults) = environment.provider else { return }
        let text = editor.text
        let section = outline.sections[index]
        let context = DraftContext(
            article: text, outline: outline, section: index, passages: assistant.sources.passages,
            instruction: assistant.pendingInstruction.flatMap { $0.isEmpty ? nil : $0 })
        // What the panel shows is what is sent, the provider's own values included.
        assistant.request = defaults.applied(to: Prompts.draft(context, model: defaults.model))
        dropTarget()
        let body = section.bodyRange
        let whole = text.slice(body)
        assistant.target = withEditor { editor in
            AssistantPane.Target(
                sectionTitle: section.title, start: editor.addAnchor(body.lowerBound, bias: .before),
                end: editor.addAnchor(body.upperBound, bias: .after), body: whole, original: context.sectionBody)
        }
        assistant.warned = []
        modal = .consent(scroll: 0)
    }

    /// The writer saw what leaves and agreed.
    mutating func sendRequest() -> [Effect] {
        modal = nil
        guard let request = assistant.request, let target = assistant.target else { return [] }
        let ticket = ticket()
        assistant.ticket = ticket
        assistant.proposal = Proposal(
            id: ticket.number, sectionTitle: target.sectionTitle, original: target.original,
            sources: request.sources, firstCitation: request.firstCitation)
        assistant.isReviewing = true
        assistant.scroll = 0
        focus = .editor
        return [.send(ticket, request)]
    }

    mutating func showProposal() -> [Effect] {
        guard assistant.proposal != nil else {
            say("There is no proposal: \(environment.keymap.hint("draft")) asks for a draft of this section.")
            return []
        }
        assistant.isReviewing.toggle()
        focus = .editor
        return []
    }

    mutating func leaveProposal() -> [Effect] {
        if assistant.proposal?.state == .streaming {
            assistant.proposal?.state = .cancelled
            assistant.ticket = nil
            say("Stopped. What arrived can still be accepted (a) or rejected (r).")
            return [.cancelSend] + keepProposal(at: activeIndex)
        }
        assistant.isReviewing = false
        say("The proposal waits: \(environment.keymap.hint("proposal")) shows it.")
        return []
    }

    mutating func rejectProposal() -> [Effect] {
        let wasStreaming = assistant.proposal?.state == .streaming
        let effects = clearProposal()
        say("Rejected; the article is as it was.")
        return (wasStreaming ? [.cancelSend] : []) + effects
    }

    mutating func acceptProposal() -> [Effect] {
        guard let proposal = assistant.proposal else { return [] }
        guard proposal.state != .streaming else {
            say("The text is still arriving; Esc stops it.")
            return []
        }
        guard !proposal.isBlank else {
            say("There is nothing to accept: the answer holds no text.", .error)
            return []
        }
        guard let target = assistant.target, let start = editor.document.offset(of: target.start),
            let end = editor.document.offset(of: target.end), start <= end
        else {
            say(
                "The section “\(proposal.sectionTitle)” is not in this article any more, so there is no place for the proposal.",
                .error)
            return []
        }
        if let warning = warnBeforeAccepting(proposal, isEdited: editor.text.slice(start..<end) != target.body) {
            say(warning, .error)
            return []
        }
        var effects = apply(proposal.edit(in: editor.text, replacing: start..<end))
        guard !effects.isEmpty else { return [] }
        withEditor { $0.sealHistory() }
        // The journal has the text before the proposal goes.
        effects += writeJournal(of: editor.path) + clearProposal()
        say("Accepted. \(environment.keymap.hint("undo")) takes it back in one step.", .success)
        return effects
    }

    /// What the writer should know before accepting and wasn't told yet; told once.
    private mutating func warnBeforeAccepting(_ proposal: Proposal<Passage>, isEdited: Bool) -> String? {
        var warnings: [String] = []
        switch proposal.state {
        case .failed where assistant.warned.insert(.notWhole).inserted: warnings.append("This is not the whole answer.")
        case .cancelled where assistant.warned.insert(.notWhole).inserted:
            warnings.append("This is not the whole answer: it was stopped.")
        default: break
        }
        var consequence = "accept again to take what there is."
        if isEdited, assistant.warned.insert(.edited).inserted {
            warnings.append("You edited this section since the draft was asked for;")
            consequence = "accept again to replace your edits too."
        }
        guard let last = warnings.popLast() else { return nil }
        let end = last.hasSuffix(".") ? String(last.dropLast()) + "; " : last + " "
        return (warnings + [end + consequence]).joined(separator: " ")
    }

    private mutating func clearProposal() -> [Effect] {
        dropTarget()
        let kept = assistant.keptPath
        assistant = AssistantPane()
        return kept.map { [.proposals(.remove(path: $0))] } ?? []
    }

    /// Forgets the section that a request was for, and lets go of its anchors.
    mutating func dropTarget() {
        guard let target = assistant.target else { return }
        withEditor { editor in
            editor.removeAnchor(target.start)
            editor.removeAnchor(target.end)
            editor.assistant.target = nil
        }
    }
}
