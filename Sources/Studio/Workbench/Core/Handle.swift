import Assistant
import Manuscript
import Retrieval
import Screen
import TextCore

/// Takes one event into the workspace and says what should be done outside it.
///
/// Pure: the same workspace and event give the same workspace and effects, whatever the time, the
/// terminal or the disk.
public func handle(_ event: Event, _ workspace: inout Workspace) -> [Effect] {
    let before = workspace.moment
    var effects = workspace.handle(event)
    effects += workspace.refusal
    workspace.refusal = []
    effects += workspace.refreshResearch()
    effects += workspace.settleDisk()
    workspace.settleVim()
    workspace.prepareForDisplay()
    effects += workspace.checkSpellingSoon()
    effects += workspace.writeJournalSoon()
    effects += workspace.autosave(since: before)
    effects += workspace.rememberSession()
    effects += workspace.takeProposalLeavings()
    return effects
}

/// The effects that a newly opened studio needs before its first event.
public func start(_ workspace: inout Workspace) -> [Effect] {
    var effects = workspace.requestOutline()
    switch workspace.environment.automaticIndexing {
    case .allowed:
        workspace.library.activity = .indexing(done: 0, total: 0, timeLeft: nil)
        effects.append(.index(isAsked: false))
    case .refused(let refusal): workspace.library.activity = .withheld(refusal)
    }
    if !workspace.articles.waiting.isEmpty {
        effects.append(.articles(.open(workspace.articles.waiting, before: workspace.articles.waitingBefore)))
    }
    workspace.prepareForDisplay()
    return effects
}

extension Workspace {
    /// Asks anew after the library has changed, but not while the writer looks at the list.
    fileprivate mutating func refreshResearch() -> [Effect] {
        let isLookedAt = focus == .research && !research.hits.isEmpty
        guard research.isOutdated, !isLookedAt else { return [] }
        research.isOutdated = false
        return requestResearch(force: true)
    }

    fileprivate mutating func handle(_ event: Event) -> [Effect] {
        switch event {
        case .terminal(let event): return handle(event)
        case .due(let timer): return due(timer)
        case .hits(let ticket, let result): return receive(hits: result, ticket)
        case .sentences(let ticket, let sentences):
            guard ticket == research.ticket, sentences.count == research.hits.count else { return [] }
            for (index, sentence) in sentences.enumerated() { research.hits[index].sentence = sentence }
            return []
        case .outline(let ticket, let found, let words):
            guard ticket == outline.ticket else { return [] }
            let isFirst = outline.sections.isEmpty
            outline.sections = found.sections.filter { $0.level > 0 }
            outline.words = words
            outline.selected = min(outline.selected, max(0, outline.sections.count - 1))
            refreshHeadings()
            return isFirst ? requestResearch(force: true) : []
        case .indexing(let progress):
            receive(indexing: progress)
            return []
        case .indexed(let result, let isAsked): return receive(indexed: result, isAsked: isAsked)
        case .indexingPaused:
            library.activity = .paused
            return []
        case .indexingWithheld(let refusal):
            library.activity = .withheld(refusal)
            return []
        case .libraryRemark(let sentence):
            say(sentence)
            return []
        case .opened(let result, let line): return receive(opened: result, line: line)
        case .saved(let path, let version, let result): return receive(saved: result, path: path, version: version)
        case .sources(let ticket, let result): return receive(sources: result, ticket)
        case .proposalText(let ticket, let piece): return receive(proposalText: piece, ticket)
        case .proposalEnded(let ticket, let result): return receive(proposalEnd: result, ticket)
        case .proposals(let answer): return receive(answer)
        case .exported(.success(let path)):
            say("Exported to \(path).", .success)
            return []
        case .exported(.failure(let failure)), .journalFailed(let failure):
            say(failure)
            return []
        case .modelUnusable(let failure):
            environment.modelName = nil
            environment.modelHost = nil
            say(failure)
            return []
        case .themes(let themes, let problem): return receive(themes: themes, problem: problem)
        case .counted(let ticket, let counts): return receive(counts, ticket)
        case .spelling(let answer): return receive(answer)
        case .history(let result): return receive(history: result)
        case .found(let answer): return receive(answer)
        case .articles(let answer): return receive(answer)
        case .versions(let answer): return receive(answer)
        case .clipboard(let ticket, let text): return receive(clipboard: text, ticket)
        case .recoveryDifference(let id, let difference):
            receive(recoveryDifference: difference, id: id)
            return []
        case .disk(let answer): return receive(answer)
        case .terminate:
            return writeJournals() + keepProposals() + [.cancelSend, .quit]
        }
    }

    private mutating func due(_ timer: Timer) -> [Effect] {
        switch timer {
        case .research:
            // While the writer looks at the list it must not change under them.
            guard research.source == .paragraph, focus != .research else { return [] }
            return requestResearch()
        case .outline:
            return requestOutline()
        case .undoStep:
            withEditor { $0.sealHistory() }
            return []
        case .spelling:
            return checkVisibleSpelling()
        case .clipboard:
            return pasting.map { receive(clipboard: nil, $0.ticket) } ?? []
        case .disk:
            return askAboutDisk()
        case .journal:
            return writeJournals()
        case .autosave:
            return autosaveAll()
        case .proposal:
            return keepArrivingProposals()
        case .macro:
            return vimPlayOn()
        }
    }

    private mutating func receive(hits result: Result<[Hit], Failure>, _ ticket: Ticket) -> [Effect] {
        guard ticket == research.ticket else { return [] }
        switch result {
        case .success(let hits):
            research.hits = hits
            research.activity = .idle
        case .failure(let failure):
            research.hits = []
            research.activity = .failed(failure.sentence)
        }
        research.selected = 0
        research.top = 0
        research.isPreviewing = false
        return []
    }

    private mutating func receive(indexing progress: IndexProgress) {
        switch progress.phase {
        case .waiting: library.activity = .waiting
        // A save or two isn't worth a flicker in the status line.
        case .reading, .embedding, .linking:
            if progress.total > 8 {
                library.activity = .indexing(done: progress.done, total: progress.total, timeLeft: progress.timeLeft)
            }
        case .scanning: if library.activity == .waiting { library.activity = .idle }
        case .finished: break
        }
    }

    private mutating func receive(indexed result: Result<IndexSummary, Failure>, isAsked: Bool) -> [Effect] {
        research.isOutdated = true
        switch result {
        case .success(let summary):
            library.activity = .idle
            library.passages = summary.passages
            let isKnown = !isAsked && summary.problems == library.problems
            library.problems = summary.problems
            if isKnown {
                // Said before.
            } else if let problem = summary.problems.first {
                say(
                    summary.problems.count == 1
                        ? problem : "\(problem) (and \(summary.problems.count - 1) more: longhand status)", .error)
            } else if isAsked, summary.embedded > 0, notice == nil {
                let notes = "\(summary.notes) note\(summary.notes == 1 ? "" : "s")"
                say("Indexed \(notes): \(summary.embedded) passage\(summary.embedded == 1 ? "" : "s") embedded.")
            }
        case .failure(let failure):
            library.activity = .failed(failure.message)
            say(failure)
        }
        return []
    }

    private mutating func receive(opened result: Result<OpenedFile, Failure>, line: Int?) -> [Effect] {
        switch result {
        case .failure(let failure):
            say(failure)
            return []
        case .success(let file):
            if let waiting = position(file) { return waiting }
            if let line { goTo(line: line) }
            welcome(file)
            return afterFileChange()
        }
    }

    private mutating func receive(saved result: Result<FileStamp, SaveFailure>, path: String, version: Int) -> [Effect]
    {
        switch result {
        case .success(let stamp):
            let outcome = withEditor(path: path) {
                editor -> (name: String, closes: Bool, clean: Bool, asked: Bool, next: Effect?) in
                editor.didSave(stamp, version: version)
                let isLatest = editor.document.version == version
                let asked = editor.isSaveAsked
                if asked { editor.isAutosaveHeld = false }
                var next = editor.nextSave
                // Undone meanwhile to what the file held before: that isn't what it holds now.
                if !isLatest, next == nil, !editor.document.isModified { next = (editor.text, editor.document.version) }
                return (
                    editor.displayName, editor.closesAfterSave, isLatest && !editor.document.isModified, asked,
                    next.map { editor.beginSave($0.text, version: $0.version) }
                )
            }
            guard let outcome else { return [] }
            if let next = outcome.next { return [next] }
            if outcome.asked { say("Saved \(outcome.name).", .success) }
            var effects = outcome.clean ? endJournal(of: path) : []
            effects += lookAgain(at: path)
            articles.generation += 1
            articles.saved.append(path)
            if outcome.closes, outcome.clean {
                let wasActive = editor.path == path
                if close(path: path), wasActive { effects += afterFileChange() }
            }
            if isQuitting, !hasUnsavedChanges { effects += [.cancelSend, .quit] }
            return effects + [.indexFile(path: path)]
        case .failure(let failure) where holdAutosave(failure, of: path): return []
        case .failure(.changedOnDisk):
            return withEditor(path: path) { editor in
                (editor.savingVersion, editor.nextSave) = (nil, nil)
                return [.disk(.examine(editor.fileCheck(.saving)))]
            } ?? []
        case .failure(.failed(let failure)):
            isQuitting = false
            _ = withEditor(path: path) {
                ($0.savingVersion, $0.nextSave) = (nil, nil)
                $0.closesAfterSave = false
            }
            say(failure)
            return lookAgain(at: path)
        }
    }
}
