import Retrieval

/// The library: whether the notes are read, and how far that has come.
extension ResearchState {
    mutating func handleLibrary(_ event: ResearchEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .start:
            switch core.environment.automaticIndexing {
            case .allowed:
                library.activity = .indexing(done: 0, total: 0, timeLeft: nil)
                return [.research(.index(isAsked: false))]
            case .refused(let refusal): library.activity = .withheld(refusal)
            }
        case .index:
            let wasPaused = library.activity == .paused
            library.activity = .indexing(done: 0, total: 0, timeLeft: nil)
            core.announce(.libraryChanged(isWithheld: false))
            return (wasPaused ? [.research(.pauseIndexing(false))] : []) + [.research(.index(isAsked: true))]
        case .pauseOrResume: return pauseOrResumeIndexing(&core)
        case .indexing(let progress): note(&core, indexing: progress)
        case .indexed(let result, let isAsked): note(&core, indexed: result, isAsked: isAsked)
        case .indexingPaused: library.activity = .paused
        case .indexingWithheld(let refusal): library.activity = .withheld(refusal)
        case .libraryRemark(let sentence): core.say(sentence)
        case .modelUnusable(let failure):
            modelName = nil
            modelHost = nil
            core.say(failure)
        default: break
        }
        if library.isWithheld { core.announce(.libraryChanged(isWithheld: true)) }
        return []
    }

    private mutating func note(_ core: inout StudioCore, indexing progress: IndexProgress) {
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

    private mutating func note(_ core: inout StudioCore, indexed result: Result<IndexSummary, Failure>, isAsked: Bool) {
        isOutdated = true
        switch result {
        case .success(let summary):
            library.activity = .idle
            library.passages = summary.passages
            let isKnown = !isAsked && summary.problems == library.problems
            library.problems = summary.problems
            if isKnown {
                // Said before.
            } else if let problem = summary.problems.first {
                core.say(
                    summary.problems.count == 1
                        ? problem : "\(problem) (and \(summary.problems.count - 1) more: longhand status)", .error)
            } else if isAsked, summary.embedded > 0, core.notice == nil {
                let notes = "\(summary.notes) note\(summary.notes == 1 ? "" : "s")"
                core.say("Indexed \(notes): \(summary.embedded) passage\(summary.embedded == 1 ? "" : "s") embedded.")
            }
        case .failure(let failure):
            library.activity = .failed(failure.message)
            core.say(failure)
        }
        core.announce(.libraryChanged(isWithheld: library.isWithheld))
    }

    private mutating func pauseOrResumeIndexing(_ core: inout StudioCore) -> [Effect] {
        if case .withheld(let refusal) = library.activity {
            core.say(withheldText(core, refusal))
            return []
        }
        if library.activity == .paused {
            library.activity = .indexing(done: 0, total: 0, timeLeft: nil)
            core.say("Indexing goes on.")
            return [.research(.pauseIndexing(false))]
        }
        library.activity = .paused
        core.say("Indexing is paused. \(core.hint("pause-indexing")) goes on.")
        return [.research(.pauseIndexing(true))]
    }

    /// Why there is no research, and how to have it.
    func withheldText(_ core: StudioCore, _ refusal: AutomaticIndexing.Refusal) -> String {
        refusal.sentence(core.environment.projectName)
            + " \(core.hint("index")) reads them, now and the next times; "
            + "longhand init makes a project of a folder."
    }
}
