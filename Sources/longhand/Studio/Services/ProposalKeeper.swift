import ArticleFiles
import Dispatch
import Retrieval
import Review
import Synchronization
import TextCore
import Workbench

/// Keeps proposals from one run to the next, off the main thread.
final class ProposalKeeper: Sendable {
    private let mailbox: Mailbox
    private let store: ProposalStore
    private let journals: JournalKeeper
    private let queue = DispatchQueue(label: "longhand.proposals", qos: .utility)
    private let hasComplained = Mutex(false)

    init(mailbox: Mailbox, store: ProposalStore, journals: JournalKeeper) {
        self.mailbox = mailbox
        self.store = store
        self.journals = journals
    }

    func keep(_ proposal: StoredProposal<Passage>, _ text: Text) {
        perform { [self] in
            var proposal = proposal
            proposal.textHash = TextHash.of(text)
            try store.keep(proposal)
            hasComplained.withLock { $0 = false }
        }
    }

    func remove(_ path: String) {
        perform { [self] in
            // It is in the article now, or nowhere by the writer's will; a crash in between must find one of both.
            journals.settle()
            try store.remove(for: path)
        }
    }

    func recall(_ path: String, _ text: Text, version: Int) {
        perform { [self] in
            guard let kept = try store.recall(for: path) else { return }
            mailbox.post(.drafting(.recalled(kept, version: kept.textHash == TextHash.of(text) ? version : nil)))
        }
    }

    /// While text arrives a failure comes every second: it is told once.
    private func perform(_ work: @escaping @Sendable () throws -> Void) {
        queue.async { [mailbox, self] in
            do { try work() } catch {
                let isFirst = hasComplained.withLock { complained in
                    defer { complained = true }
                    return !complained
                }
                if isFirst { mailbox.post(.drafting(.failed(Failure(error)))) }
            }
        }
    }

    /// Waits for what must not be lost.
    func finish() { queue.sync {} }
}
