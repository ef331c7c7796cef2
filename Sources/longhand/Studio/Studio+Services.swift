import ArticleFiles
import Diagnostics
import Dispatch
import Retrieval
import Workbench

extension Studio {
    /// What does the work of the studio outside it, each feature's in a service of its own.
    func runner(_ mailbox: Mailbox) -> EffectRunner {
        let lazyLibrary = library(mailbox)
        let search = LibrarySearch(
            library: lazyLibrary,
            updater: LibraryUpdater(source: lazyLibrary.source, root: files.root, mailbox: mailbox))
        let journals = JournalKeeper(mailbox: mailbox, store: JournalStore(folder: files.journalFolder))
        let store = settings.writing.versionMegabytes.map {
            VersionStore(folder: paths.state + "/versions", limit: $0 << 20)
        }
        let versions = VersionsService(mailbox: mailbox, store: store)
        // A session that couldn't be read is left as it is.
        let articles = ArticlesService(
            mailbox: mailbox, files: files, memory: sessionFailure == nil ? sessions : nil,
            undo: UndoStore(folder: paths.state + "/undo"))
        let proposals = ProposalKeeper(
            mailbox: mailbox, store: ProposalStore(folder: paths.state + "/proposals"), journals: journals)
        let fileQueue = DispatchQueue(label: "longhand.files", qos: .userInitiated)
        let services = StudioServices(
            saving: SavingService(
                mailbox: mailbox, files: files, fileQueue: fileQueue, journals: journals, versions: versions,
                articles: articles),
            articles: articles, versions: versions, outline: OutlineService(mailbox: mailbox),
            research: ResearchService(mailbox: mailbox, files: files, search: search, consent: consent),
            drafting: DraftingService(
                mailbox: mailbox, search: search, provider: (provider, agreement), proposals: proposals),
            exporting: ExportingService(mailbox: mailbox, files: files, fileQueue: fileQueue),
            spelling: SpellingService(paths: paths, root: project.root, mailbox: mailbox),
            progress: ProgressService(
                mailbox: mailbox, log: WritingLog(path: paths.state + "/written"), root: project.root),
            appearance: AppearanceService(
                mailbox: mailbox, themes: themes, memory: viewStates, configured: configuredView),
            shelf: ShelfService(
                mailbox: mailbox, store: ShelfStore(folder: paths.state + "/shelf", root: project.root)),
            find: TextSearchService(mailbox: mailbox), vim: TextSearchService(mailbox: mailbox))
        return EffectRunner(services: services)
    }

    private func library(_ mailbox: Mailbox) -> LazyLibrary {
        LazyLibrary(
            layout: settings.layout(of: project, paths: paths),
            makeEncoder: { [remote, settings, paths] in
                guard let remote else { return try settings.openModel(paths) }
                if let encoder = try remote.agreedEncoder() { return encoder }
                mailbox.post(.research(.modelUnusable(Failure(message: remote.missingAgreement))))
                return nil
            },
            reportBrokenModel: { mailbox.post(.research(.modelUnusable(Failure($0)))) })
    }
}
