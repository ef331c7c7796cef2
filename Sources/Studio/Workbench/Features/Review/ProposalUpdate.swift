import Assistant
import Manuscript
import Retrieval
import Review
import TextCore

/// What arrives of proposals, and how they outlive the program.
extension Workspace {
    /// The assistant beside the active article.
    public var assistant: AssistantPane {
        get { editor.assistant }
        set { withEditor { $0.assistant = newValue } }
    }

    /// The article whose draft is arriving.
    var streamingEditor: Editor? { editors.first { $0.assistant.proposal?.state == .streaming } }

    // MARK: Arriving

    mutating func receive(proposalText piece: String, _ ticket: Ticket) -> [Effect] {
        guard let index = editors.firstIndex(where: { $0.assistant.ticket == ticket }) else { return [] }
        editors[index].assistant.proposal?.append(piece)
        guard !isProposalTimerSet else { return [] }
        isProposalTimerSet = true
        return [.wait(.proposal, milliseconds: 1_000)]
    }

    mutating func receive(proposalEnd result: Result<String?, Failure>, _ ticket: Ticket) -> [Effect] {
        guard let index = editors.firstIndex(where: { $0.assistant.ticket == ticket }) else { return [] }
        editors[index].assistant.ticket = nil
        switch result {
        case .success(nil):
            editors[index].assistant.proposal?.state = .complete
            // A heading repeated and nothing below it, for instance.
            if editors[index].assistant.proposal?.isBlank == true { say("The answer holds no text.", .error) }
        case .success(let gap?):
            editors[index].assistant.proposal?.state = .failed(gap)
            say(gap, .error)
        case .failure(let failure):
            editors[index].assistant.proposal?.state = .failed(failure.message)
            say(failure)
        }
        return keepProposal(at: index)
    }

    /// What has arrived up to now is kept while more arrives.
    mutating func keepArrivingProposals() -> [Effect] {
        isProposalTimerSet = false
        return editors.indices.filter { editors[$0].assistant.proposal?.state == .streaming }.flatMap {
            keepProposal(at: $0)
        }
    }

    // MARK: Keeping

    /// Keeps the proposal beside an article for the next run.
    mutating func keepProposal(at index: Int) -> [Effect] {
        let editor = editors[index]
        guard let kept = editor.keptProposal else { return [] }
        let former = editor.assistant.keptPath
        editors[index].assistant.keptPath = editor.path
        var effects: [Effect] = [.proposals(.keep(kept, text: editor.text))]
        if let former, former != editor.path { effects.append(.proposals(.remove(path: former))) }
        return effects
    }

    /// What is kept when articles are left: the places of all proposals, and what of them was still arriving.
    mutating func keepProposals() -> [Effect] { editors.indices.flatMap { keepProposal(at: $0) } }

    /// The article is closed: its proposal is kept, and nothing more of it is asked for.
    mutating func leaveProposal(of editor: Editor) {
        guard let kept = editor.keptProposal else { return }
        proposalLeavings.append(.proposals(.keep(kept, text: editor.text)))
        if editor.assistant.proposal?.state == .streaming { proposalLeavings.append(.cancelSend) }
    }

    mutating func takeProposalLeavings() -> [Effect] {
        defer { proposalLeavings = [] }
        return proposalLeavings
    }

    /// A sentence on the proposals that wait; nil where none do.
    public var waitingProposals: String? {
        let names = editors.filter { $0.keptProposal != nil }.map {
            "“\($0.assistant.proposal?.sectionTitle ?? "")” in \($0.displayName)"
        }
        guard let first = names.first else { return nil }
        if names.count == 1 {
            return "The proposal for \(first) is kept, and offered when the article is opened again."
        }
        return
            "\(names.count) proposals are kept, for \(names.joined(separator: ", ")), and offered when the articles are opened again."
    }

    // MARK: After the start

    mutating func receive(_ answer: ProposalAnswer) -> [Effect] {
        switch answer {
        case .failed(let failure): say(failure)
        case .recalled(let kept, let version): offer(kept, version: version)
        }
        return []
    }

    /// Has the proposal of an earlier run wait again, unless there is another by now.
    private mutating func offer(_ kept: StoredProposal<Passage>, version: Int?) {
        guard let index = editors.firstIndex(where: { $0.path == kept.article }), editors[index].disk.lockOwner == nil,
            editors[index].disk.undecided == nil, editors[index].assistant.proposal == nil,
            editors[index].assistant.request == nil,
            editors[index].assistant.sources.gathering == nil
        else { return }
        let proposal = kept.proposal(id: ticket().number)
        guard !proposal.isBlank else { return }
        let isSameText = editors[index].document.version == version
        let range = kept.range(in: editors[index].text, isSameText: isSameText)
        var pane = AssistantPane()
        pane.proposal = proposal
        pane.kept = kept
        pane.keptPath = kept.article
        pane.pendingInstruction = kept.instruction
        if let range {
            pane.target = AssistantPane.Target(
                sectionTitle: kept.section, start: editors[index].addAnchor(range.lowerBound, bias: .before),
                end: editors[index].addAnchor(range.upperBound, bias: .after), body: kept.body, original: kept.original)
        }
        editors[index].assistant = pane
        if notice == nil, index == activeIndex {
            say(
                "A proposal for “\(kept.section)” waits from an earlier time: \(environment.keymap.hint("proposal")) shows it."
            )
        }
    }
}

extension Editor {
    /// The proposal as it would be kept; nil where none is worth it.
    var keptProposal: StoredProposal<Passage>? {
        guard let proposal = assistant.proposal, !proposal.isBlank else { return nil }
        let target = assistant.target
        var range: Range<Int>?
        if let target, let start = document.offset(of: target.start), let end = document.offset(of: target.end),
            start <= end
        {
            range = start..<end
        }
        return StoredProposal(
            proposal, article: path, range: range, body: target?.body ?? assistant.kept?.body ?? proposal.original,
            instruction: assistant.pendingInstruction, model: assistant.request?.model ?? assistant.kept?.model)
    }
}
