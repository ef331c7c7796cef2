import Workbench

/// The services of a running studio, one for each feature that has something done outside it.
struct StudioServices {
    let saving: SavingService
    let articles: ArticlesService
    let versions: VersionsService
    let outline: OutlineService
    let research: ResearchService
    let drafting: DraftingService
    let exporting: ExportingService
    let spelling: SpellingService
    let progress: ProgressService
    let appearance: AppearanceService
    let shelf: ShelfService
    let find: TextSearchService
    let vim: TextSearchService
}

/// Gives what the workspace asks for to the services, which do it off the main thread and post the answers.
///
/// Each service has a serial queue for each kind of work, so that a search never waits behind a save or an indexing run. A
/// newer effect of a kind makes the older ones of it return early.
struct EffectRunner {
    let services: StudioServices

    /// Starts an effect. Those that are the event loop's own, `wait` and `terminal`, do not come here.
    func run(_ effect: Effect) {
        switch effect {
        case .saving(let effect): services.saving.run(effect)
        case .articles(let effect): services.articles.run(effect)
        case .versions(let effect): services.versions.run(effect)
        case .outline(let effect): services.outline.run(effect)
        case .research(let effect): services.research.run(effect)
        case .drafting(let effect): services.drafting.run(effect)
        case .exporting(let effect): services.exporting.run(effect)
        case .spelling(let effect): services.spelling.run(effect)
        case .progress(let effect): services.progress.run(effect)
        case .appearance(let effect): services.appearance.run(effect)
        case .shelf(let effect): services.shelf.run(effect)
        case .find(let effect): services.find.run(effect.ticket) { effect.answer(isCancelled: $0) }
        case .vim(let effect): services.vim.run(effect.ticket) { effect.answer(isCancelled: $0) }
        case .wait, .terminal: break
        }
    }

    /// Runs `body`, which stops this process for a while, when nothing is being written: others would wait for it.
    func whileNothingIsWritten(_ body: () -> Void) {
        services.saving.settleJournals()
        services.research.whileNothingIsWritten(body)
    }

    /// Stops what runs, and waits for what must not be lost: saves and journals.
    func finish() {
        // First, since the machine may not give the time for the rest.
        services.saving.settleJournals()
        services.drafting.stop()
        services.find.finish()
        services.vim.finish()
        services.research.finish()
        services.saving.finishWriting()
        services.appearance.finish()
        services.shelf.finish()
        services.progress.finish()
        services.articles.finish()
        services.versions.finish()
        services.drafting.finish()
        services.saving.finish()
    }
}
