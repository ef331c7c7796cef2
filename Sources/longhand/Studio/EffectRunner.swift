import ArticleFiles
import Assistant
import Diagnostics
import Dispatch
import Foundation
import Manuscript
import Providers
import Retrieval
import Synchronization
import TextCore
import Watching
import Workbench

/// The services of a running studio.
struct StudioServices {
    let comfort: ComfortService
    let articles: ArticleService
    let versions: VersionService
    let journals: JournalService
    let proposals: ProposalService
}

/// Does what the workspace asks for, off the main thread, and posts the answers.
///
/// One serial queue for each kind of work, so that a search never waits behind a save or an
/// indexing run. A newer effect of a kind makes the older ones of it return early.
final class EffectRunner: Sendable {
    private let mailbox: Mailbox
    private let files: FileStore
    private let lazyLibrary: LazyLibrary
    private let provider: ProviderSettings?
    private let agreement: ProviderAgreement
    private let comfort: ComfortService
    private let articles: ArticleService
    private let versions: VersionService
    private let journals: JournalService
    private let proposals: ProposalService
    private let finding: FindService
    private let disk: DiskService

    private let searchQueue = DispatchQueue(label: "longhand.search", qos: .userInitiated)
    private let sourceQueue = DispatchQueue(label: "longhand.sources", qos: .userInitiated)
    private let sentenceQueue = DispatchQueue(label: "longhand.sentences", qos: .userInitiated)
    private let indexQueue = DispatchQueue(label: "longhand.index", qos: .utility)
    private let outlineQueue = DispatchQueue(label: "longhand.outline", qos: .userInitiated)
    private let fileQueue = DispatchQueue(label: "longhand.files", qos: .userInitiated)
    private let networkQueue = DispatchQueue(label: "longhand.network", qos: .userInitiated, attributes: .concurrent)

    private let latest = Mutex(Latest())
    private struct Latest {
        var search = 0
        var gathering = 0
        var outline = 0
        var sending: CancelFlag?
        /// The writer agreed just now to what the project says of the provider.
        var agreesToProvider = false
        var isIndexing = false
        var isIndexingPaused = false
        var isLeaving = false
    }
    private let updater: LibraryUpdater
    private let consent: IndexingConsent

    /// - Parameters:
    ///   - provider: its settings, nil where none is set, and what the writer agreed to.
    ///   - services: what does the work of a kind.
    init(
        mailbox: Mailbox, files: FileStore, lazyLibrary: LazyLibrary, consent: IndexingConsent,
        provider: (settings: ProviderSettings?, agreement: ProviderAgreement), services: StudioServices
    ) {
        self.mailbox = mailbox
        self.files = files
        self.lazyLibrary = lazyLibrary
        self.consent = consent
        self.provider = provider.settings
        agreement = provider.agreement
        comfort = services.comfort
        articles = services.articles
        versions = services.versions
        journals = services.journals
        proposals = services.proposals
        finding = FindService(mailbox: mailbox)
        disk = DiskService(mailbox: mailbox, files: files, fileQueue: fileQueue, versions: versions, articles: articles)
        updater = LibraryUpdater(
            source: lazyLibrary.source, watch: FolderWatch(root: files.root),
            report: { event in
                switch event {
                case .progress(let progress): mailbox.post(.indexing(progress))
                case .updated(let report, let isAsked):
                    mailbox.post(.indexed(.success(IndexSummary(report)), isAsked: isAsked))
                case .weakness(let weakness): mailbox.post(.libraryRemark(weakness.sentence))
                case .renewed(let sentence): mailbox.post(.libraryRemark(terminalSafe(sentence)))
                case .failed(let error): mailbox.post(.indexed(.failure(Failure(error)), isAsked: false))
                case .paused: mailbox.post(.indexingPaused)
                }
            })
    }

    /// Starts an effect. Those that are the event loop's own (`wait`, `suspend`, `redraw`, `copy`,
    /// `readClipboard`, `quit`) do not come here.
    func run(_ effect: Effect) {
        switch effect {
        case .research(let ticket, let query): search(ticket, query)
        case .outline(let ticket, let text): outline(ticket, text)
        case .save(let path, let text, let version, let format, let expecting, let isAsked):
            fileQueue.async { [self] in
                versions.willSave(path)
                journals.willSave(path, text, version: version)
                do throws(FileError) {
                    let stamp = try files.save(text, to: path, format: format, expecting: expecting)
                    mailbox.post(.saved(path: path, version: version, .success(stamp)))
                    versions.didSave(path, isAsked: isAsked)
                } catch .changedOnDisk {
                    mailbox.post(.saved(path: path, version: version, .failure(.changedOnDisk)))
                } catch {
                    mailbox.post(.saved(path: path, version: version, .failure(.failed(Failure(error)))))
                }
            }
        case .journal(let path, let part): journals.write(part, for: path)
        case .removeJournal(let path): journals.remove(path)
        case .recovery(let request): journals.run(request)
        case .open(let path, let line):
            fileQueue.async { [self] in
                do throws(FileError) {
                    var file = try files.open(ArticlePath.canonical(path))
                    file.editor.disk.undecided?.target = line
                    mailbox.post(.opened(.success(file), line: line))
                } catch .openAs(let path, let other) {
                    mailbox.post(.disk(.isOpenAs(path: path, other: other)))
                } catch {
                    mailbox.post(.opened(.failure(Failure(error)), line: line))
                }
            }
        case .export(let path, let text):
            fileQueue.async { [self] in export(path, text) }
        case .index(let isAsked): index(isAsked: isAsked)
        case .indexFile(let path):
            if let path = files.relativePath(of: path) { updater.look(at: path) }
        case .pauseIndexing(let isPaused):
            latest.withLock { $0.isIndexingPaused = isPaused }
            if isPaused { updater.pause() } else { updater.resume() }
        case .agreeToProvider: latest.withLock { $0.agreesToProvider = true }
        case .gatherSources(let ticket, let query): gatherSources(ticket, query)
        case .send(let ticket, let request): send(ticket, request)
        case .cancelSend: latest.withLock { $0.sending?.raise() }
        case .loadThemes: comfort.loadThemes()
        case .rememberView(let view): comfort.remember(view)
        case .spelling(let request): comfort.check(request)
        case .recordWords(let path, let change): comfort.record(change, to: path)
        case .loadHistory: comfort.loadHistory()
        case .find(let request): finding.run(request)
        case .articles(let request): articles.run(request)
        case .versions(.list(let path, let text)): versions.list(path, now: text)
        case .versions(.compare(let path, let id, let text, let encoding)):
            versions.compare(path, id: id, now: text, encoding)
        case .versions(.fetch(let path, let id, let encoding)): versions.fetch(path, id: id, encoding)
        case .disk(let request): disk.run(request)
        case .proposals(let request): proposals.run(request)
        case .wait, .suspend, .redraw, .copy, .readClipboard, .quit: break
        }
    }

    /// Stops what runs, and waits for what must not be lost: saves and journals.
    func finish() {
        // First, since the machine may not give the time for the rest.
        journals.settle()
        latest.withLock {
            $0.search += 1
            $0.gathering += 1
            $0.isLeaving = true
            $0.sending?.raise()
        }
        updater.stop()
        finding.stop()
        fileQueue.sync {}
        journals.finish()
        comfort.finish()
        articles.finish()
        versions.finish()
        proposals.finish()
        disk.finish()
    }

    private func search(_ ticket: Ticket, _ query: Query) {
        latest.withLock { $0.search = max($0.search, ticket.number) }
        searchQueue.async { [self] in
            let isOutdated = outdating(ticket, \.search)
            guard !isOutdated() else { return }
            do {
                let library = try lazyLibrary.library()
                guard let hits = try hits(query, of: library, isCancelled: isOutdated) else { return }
                mailbox.post(.hits(ticket, .success(hits)))
                sharpen(hits, query, ticket, library)
            } catch {
                mailbox.post(.hits(ticket, .failure(Failure(error))))
            }
        }
    }

    /// Whether another effect of a kind was asked for after that of `ticket`.
    private func outdating(
        _ ticket: Ticket, _ kind: KeyPath<Latest, Int> & Sendable
    ) -> @Sendable () -> Bool {
        { [self] in latest.withLock { $0[keyPath: kind] != ticket.number } }
    }

    /// What a search of `library` found; nil where a newer one was asked for meanwhile, or the writer leaves.
    private func hits(
        _ query: Query, of library: Library, isCancelled: @escaping @Sendable () -> Bool
    ) throws(LibraryError) -> [Hit]? {
        do throws(LibraryError) {
            return try library.search(query, isCancelled: isCancelled)
        } catch {
            if case .cancelled = error { return nil }
            if case .corrupt = error { updater.hearOfDamage(to: library) }
            throw error
        }
    }

    /// Looks for what a draft may draw on, whatever the research pane asks meanwhile.
    private func gatherSources(_ ticket: Ticket, _ query: Query) {
        latest.withLock { $0.gathering = max($0.gathering, ticket.number) }
        sourceQueue.async { [self] in
            let isOutdated = outdating(ticket, \.gathering)
            guard !isOutdated() else { return }
            do {
                guard let hits = try hits(query, of: lazyLibrary.library(), isCancelled: isOutdated) else { return }
                mailbox.post(.sources(ticket, .success(hits.map(\.passage))))
            } catch {
                mailbox.post(.sources(ticket, .failure(Failure(error))))
            }
        }
    }

    /// Puts the sentences that the model chooses in place of those chosen by their words, unless a newer search waits. Not
    /// where searches run: while passages are embedded, sentences wait for their turn.
    private func sharpen(_ hits: [Hit], _ query: Query, _ ticket: Ticket, _ library: Library) {
        sentenceQueue.async { [self] in
            let isOutdated = outdating(ticket, \.search)
            guard !isOutdated(),
                let sharp = try? library.withNearestSentences(hits, for: query, isCancelled: isOutdated),
                sharp != hits, !isOutdated()
            else { return }
            mailbox.post(.sentences(ticket, sharp.map(\.sentence)))
        }
    }

    private func outline(_ ticket: Ticket, _ text: Text) {
        latest.withLock { $0.outline = max($0.outline, ticket.number) }
        outlineQueue.async { [self] in
            guard latest.withLock({ $0.outline == ticket.number }) else { return }
            let bytes = text.bytes(in: 0..<text.utf8Count)
            let outline = Outline(bytes: bytes)
            let words = outline.sections.reduce(0) { $0 + $1.words }
            mailbox.post(.outline(ticket, outline, words: words))
            mailbox.post(.counted(ticket, ArticleCounts(outline, bytes: bytes)))
        }
    }

    /// Has everything looked at; what changes later the updater notices by itself.
    ///
    /// - Parameter isAsked: the writer wants it; otherwise a folder of any size may be left alone.
    private func index(isAsked: Bool) {
        if isAsked {
            fileQueue.async { [consent, mailbox] in
                do throws(FileError) { try consent.give() } catch { mailbox.post(.journalFailed(Failure(error))) }
            }
        }
        let isFirst = latest.withLock { latest in
            defer { latest.isIndexing = true }
            return !latest.isIndexing
        }
        guard isFirst else { return updater.lookAtEverything() }
        indexQueue.async { [self] in
            if !isAsked, consent.isTooLarge(isCancelled: { latest.withLock { $0.isLeaving } }) {
                latest.withLock { $0.isIndexing = false }
                return mailbox.post(.indexingWithheld(.large))
            }
            updater.run()
        }
    }

    /// Runs `body`, which stops this process for a while, when nothing is being written: others would wait for it.
    func whileNothingIsWritten(_ body: () -> Void) {
        journals.settle()
        updater.pause()
        // A batch takes a tenth of a second; what takes longer isn't waited for.
        for _ in 0..<100 where updater.isBusy { usleep(10_000) }
        body()
        if !latest.withLock({ $0.isIndexingPaused }) { updater.resume() }
    }

    private func send(_ ticket: Ticket, _ request: ChatRequest) {
        guard let provider else { return }
        let cancel = CancelFlag()
        let agrees = latest.withLock { latest in
            latest.sending?.raise()
            latest.sending = cancel
            return latest.agreesToProvider
        }
        networkQueue.async { [mailbox, agreement] in
            do {
                if agrees, !agreement.isGiven { try agreement.give() }
                guard agreement.isGiven else {
                    throw CommandError.projectProvider("The project chose the provider, and not you.", isAsked: true)
                }
                let client = OpenAIProvider(settings: provider)
                let result = try client.stream(
                    request, isCancelled: { cancel.isRaised },
                    onDelta: { mailbox.post(.proposalText(ticket, $0)) })
                mailbox.post(.proposalEnded(ticket, .success(result.finishReason.warning)))
            } catch {
                mailbox.post(.proposalEnded(ticket, .failure(Failure(error))))
            }
        }
    }

    private func export(_ path: String, _ text: Text) {
        do throws(FileError) {
            let target = ArticleExport.defaultTarget(for: path)
            let result = ArticleExport(text.string, article: path, root: files.root, target: target)
            // A pipe that nobody reads would hold up what else is to be done here.
            try result.write(to: target, isChosen: false, keeping: files.saves, waits: false)
            let remark = result.problems.first.map { " (\($0))" } ?? ""
            mailbox.post(.exported(.success((files.relativePath(of: target) ?? target) + remark)))
        } catch {
            mailbox.post(.exported(.failure(Failure(error))))
        }
    }
}

extension IndexSummary {
    init(_ report: IndexReport) {
        self.init(
            notes: report.notes, passages: report.passages, embedded: report.embedded,
            problems: report.problems.map { problem in
                terminalSafe(problem.path + (problem.line.map { ":\($0)" } ?? "") + ": " + problem.reason)
            })
    }
}
