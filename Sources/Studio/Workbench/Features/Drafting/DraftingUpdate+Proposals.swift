import Retrieval
import Review
import TextCore

/// What arrives of proposals, and how they outlive the program.
extension DraftingState {
    mutating func receive(_ piece: String, _ ticket: Ticket) -> [Effect] {
        guard let path = path(where: { $0.ticket == ticket }) else { return [] }
        self[path].proposal?.append(piece)
        guard !isKeepingSoon else { return [] }
        isKeepingSoon = true
        return [.wait("proposal", milliseconds: 1_000, then: .drafting(.keepArriving))]
    }

    mutating func receive(end result: Result<String?, Failure>, _ ticket: Ticket, _ core: inout StudioCore)
        -> [Effect]
    {
        guard let path = path(where: { $0.ticket == ticket }) else { return [] }
        self[path].ticket = nil
        switch result {
        case .success(nil):
            self[path].proposal?.state = .complete
            // A heading repeated and nothing below it, for instance.
            if self[path].proposal?.isBlank == true { core.say("The answer holds no text.", .error) }
        case .success(let gap?):
            self[path].proposal?.state = .failed(gap)
            core.say(gap, .error)
        case .failure(let failure):
            self[path].proposal?.state = .failed(failure.message)
            core.say(failure)
        }
        return keepProposal(of: path, core) + compare(path, &core)
    }

    /// Works out how a proposal that is all there differs from its section; a long one off the main thread.
    mutating func compare(_ path: String, _ core: inout StudioCore) -> [Effect] {
        guard let proposal = panes[path]?.proposal, proposal.state != .streaming else { return [] }
        guard proposal.original.utf8.count + proposal.text.utf8.count > Self.comparedAtOnce else {
            self[path].difference = proposal.diff()
            return []
        }
        let ticket = core.ticket()
        self[path].comparing = ticket
        return [.drafting(.compare(ticket, proposal))]
    }

    /// What has arrived up to now is kept while more arrives.
    mutating func keepArriving(_ core: StudioCore) -> [Effect] {
        isKeepingSoon = false
        return streamingPath.map { keepProposal(of: $0, core) } ?? []
    }

    // MARK: Keeping

    /// Keeps the proposal beside an article for the next run.
    mutating func keepProposal(of path: String, _ core: StudioCore) -> [Effect] {
        guard let index = core.index(of: path), let kept = keptProposal(of: core.editors[index]) else { return [] }
        let former = self[path].keptPath
        self[path].keptPath = path
        var effects: [Effect] = [.drafting(.keep(kept, text: core.editors[index].text))]
        if let former, former != path { effects.append(.drafting(.remove(path: former))) }
        return effects
    }

    /// The article is closed: its proposal is kept, and nothing more of it is asked for.
    mutating func leave(_ editor: Editor) -> [Effect] {
        defer { panes[editor.path] = nil }
        guard editor.lockOwner == nil, editor.undecided == nil, let kept = keptProposal(of: editor) else { return [] }
        let isStreaming = self[editor.path].proposal?.state == .streaming
        return [.drafting(.keep(kept, text: editor.text))] + (isStreaming ? [.drafting(.cancelSend)] : [])
    }

    /// The proposal of an article as it would be kept; nil where none is worth it.
    private func keptProposal(of editor: Editor) -> StoredProposal<Passage>? {
        guard let pane = panes[editor.path], let proposal = pane.proposal, !proposal.isBlank else { return nil }
        var range: Range<Int>?
        if let target = pane.target, let start = editor.document.offset(of: target.start),
            let end = editor.document.offset(of: target.end), start <= end
        {
            range = start..<end
        }
        return StoredProposal(
            proposal, article: editor.path, range: range,
            body: pane.target?.body ?? pane.kept?.body ?? proposal.original,
            instruction: pane.pendingInstruction, model: pane.request?.model ?? pane.kept?.model)
    }

    /// A sentence on the proposals that wait; nil where none do.
    func waiting(in core: StudioCore) -> String? {
        guard !panes.isEmpty else { return nil }
        let names = core.editors.compactMap { editor -> String? in
            guard let proposal = panes[editor.path]?.proposal, !proposal.isBlank else { return nil }
            return "“\(proposal.sectionTitle)” in \(editor.displayName)"
        }
        guard let first = names.first else { return nil }
        if names.count == 1 {
            return "The proposal for \(first) is kept, and offered when the article is opened again."
        }
        return
            "\(names.count) proposals are kept, for \(names.joined(separator: ", ")), and offered when the articles are opened again."
    }

    // MARK: After the start

    /// Asks once for what an earlier run kept of each article that can be written.
    mutating func recallProposals(_ core: StudioCore) -> [Effect] {
        core.editors.filter { !self[$0.path].isRecalled && $0.undecided == nil && $0.lockOwner == nil }.map {
            self[$0.path].isRecalled = true
            return .drafting(.recall(path: $0.path, text: $0.text, version: $0.document.version))
        }
    }

    /// Has the proposal of an earlier run wait again, unless there is another by now.
    mutating func offer(
        _ kept: StoredProposal<Passage>, version: Int?, _ core: inout StudioCore
    ) -> [Effect] {
        let path = kept.article
        guard let index = core.index(of: path), core.editors[index].lockOwner == nil,
            core.editors[index].undecided == nil, self[path].proposal == nil, self[path].request == nil,
            self[path].gathering == nil
        else { return [] }
        let proposal = kept.proposal(id: core.ticket().number)
        guard !proposal.isBlank else { return [] }
        let isSameText = core.editors[index].document.version == version
        var pane = AssistantPane()
        pane.isRecalled = true
        pane.proposal = proposal
        pane.kept = kept
        pane.keptPath = path
        pane.pendingInstruction = kept.instruction
        if let range = kept.range(in: core.editors[index].text, isSameText: isSameText) {
            pane.target = AssistantPane.Target(
                sectionTitle: kept.section, start: core.editors[index].addAnchor(range.lowerBound, bias: .before),
                end: core.editors[index].addAnchor(range.upperBound, bias: .after), body: kept.body,
                original: kept.original)
        }
        self[path] = pane
        if core.notice == nil, index == core.activeIndex {
            core.say(
                "A proposal for “\(kept.section)” waits from an earlier time: \(core.hint("proposal")) shows it.")
        }
        return compare(path, &core)
    }
}
