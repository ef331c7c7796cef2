import ArticleFiles
import Diagnostics
import Dispatch
import Foundation
import Retrieval
import Synchronization
import Watching
import Workbench

/// Searches the library for the research pane, and keeps the library up to date with the notes.
final class ResearchService: Sendable {
    private let mailbox: Mailbox
    private let files: FileStore
    private let search: LibrarySearch
    private let consent: IndexingConsent
    private let newest = NewestRequest()
    private let searchQueue = DispatchQueue(label: "longhand.search", qos: .userInitiated)
    private let sentenceQueue = DispatchQueue(label: "longhand.sentences", qos: .userInitiated)
    private let indexQueue = DispatchQueue(label: "longhand.index", qos: .utility)
    private let consentQueue = DispatchQueue(label: "longhand.consent", qos: .utility)
    private let state = Mutex(State())

    private struct State {
        var isIndexing = false
        var isPaused = false
        var isLeaving = false
    }

    init(mailbox: Mailbox, files: FileStore, search: LibrarySearch, consent: IndexingConsent) {
        self.mailbox = mailbox
        self.files = files
        self.search = search
        self.consent = consent
    }

    func run(_ effect: ResearchEffect) {
        switch effect {
        case .search(let ticket, let query): find(ticket, query)
        case .index(let isAsked): index(isAsked: isAsked)
        case .indexFile(let path):
            if let path = files.relativePath(of: path) { search.updater.look(at: path) }
        case .pauseIndexing(let isPaused):
            state.withLock { $0.isPaused = isPaused }
            if isPaused { search.updater.pause() } else { search.updater.resume() }
        }
    }

    private func find(_ ticket: Ticket, _ query: Query) {
        let isOutdated = newest.begin(ticket)
        searchQueue.async { [self] in
            guard !isOutdated() else { return }
            do {
                guard let found = try search.hits(query, isCancelled: isOutdated) else { return }
                mailbox.post(.research(.hits(ticket, .success(found.hits))))
                sharpen(found.hits, query, ticket, found.library, isOutdated)
            } catch {
                mailbox.post(.research(.hits(ticket, .failure(Failure(error)))))
            }
        }
    }

    /// Puts the sentences that the model chooses in place of those chosen by their words, unless a newer search waits. Not
    /// where searches run: while passages are embedded, sentences wait for their turn.
    private func sharpen(
        _ hits: [Hit], _ query: Query, _ ticket: Ticket, _ library: Library,
        _ isOutdated: @escaping @Sendable () -> Bool
    ) {
        sentenceQueue.async { [mailbox] in
            // The words' own sentences are there already, so nothing is said of a failure.
            guard !isOutdated(),
                let sharp = try? library.withNearestSentences(hits, for: query, isCancelled: isOutdated),
                sharp != hits, !isOutdated()
            else { return }
            mailbox.post(.research(.sentences(ticket, sharp.map(\.sentence))))
        }
    }

    /// Has everything looked at; what changes later the updater notices by itself.
    ///
    /// - Parameter isAsked: the writer wants it; otherwise a folder of any size may be left alone.
    private func index(isAsked: Bool) {
        if isAsked {
            consentQueue.async { [consent, mailbox] in
                do throws(FileError) { try consent.give() } catch { mailbox.post(.failed(Failure(error))) }
            }
        }
        let isFirst = state.withLock { state in
            defer { state.isIndexing = true }
            return !state.isIndexing
        }
        guard isFirst else { return search.updater.lookAtEverything() }
        indexQueue.async { [self] in
            if !isAsked, consent.isTooLarge(isCancelled: { state.withLock { $0.isLeaving } }) {
                state.withLock { $0.isIndexing = false }
                return mailbox.post(.research(.indexingWithheld(.large)))
            }
            search.updater.run()
        }
    }

    /// Runs `body`, which stops this process for a while, when nothing is being written: others would wait for it.
    func whileNothingIsWritten(_ body: () -> Void) {
        search.updater.pause()
        // A batch takes a tenth of a second; what takes longer isn't waited for.
        for _ in 0..<100 where search.updater.isBusy { usleep(10_000) }
        body()
        if !state.withLock({ $0.isPaused }) { search.updater.resume() }
    }

    /// Ends what runs; what the writer agreed to is kept.
    func finish() {
        newest.end()
        state.withLock { $0.isLeaving = true }
        search.updater.stop()
        consentQueue.sync {}
    }
}

extension LibraryUpdater {
    /// The updater of a studio, which tells the mailbox of what it does.
    convenience init(source: Source, root: String, mailbox: Mailbox) {
        self.init(
            source: source, watch: FolderWatch(root: root),
            report: { event in
                switch event {
                case .progress(let progress): mailbox.post(.research(.indexing(progress)))
                case .updated(let report, let isAsked):
                    mailbox.post(.research(.indexed(.success(IndexSummary(report)), isAsked: isAsked)))
                case .weakness(let weakness): mailbox.post(.research(.libraryRemark(weakness.sentence)))
                case .renewed(let sentence): mailbox.post(.research(.libraryRemark(terminalSafe(sentence))))
                case .failed(let error):
                    mailbox.post(.research(.indexed(.failure(Failure(error)), isAsked: false)))
                case .paused: mailbox.post(.research(.indexingPaused))
                }
            })
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
