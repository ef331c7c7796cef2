import ArticleFiles
import Dispatch
import Synchronization
import TextCore
import Workbench

/// Keeps proposals from one run to the next, off the main thread.
final class ProposalService: Sendable {
    private let mailbox: Mailbox
    private let store: ProposalStore
    private let journals: JournalService
    private let queue = DispatchQueue(label: "longhand.proposals", qos: .utility)
    private let hasComplained = Mutex(false)

    init(mailbox: Mailbox, store: ProposalStore, journals: JournalService) {
        self.mailbox = mailbox
        self.store = store
        self.journals = journals
    }

    func run(_ request: ProposalRequest) {
        queue.async { [self] in
            do {
                switch request {
                case .keep(var kept, let text):
                    kept.textHash = TextHash.of(text)
                    try store.keep(kept)
                    hasComplained.withLock { $0 = false }
                case .remove(let path):
                    // It is in the article now, or nowhere by the writer's will; a crash in between must find one of both.
                    journals.settle()
                    try store.remove(for: path)
                case .recall(let path, let text, let version):
                    guard let kept = try store.recall(for: path) else { return }
                    mailbox.post(
                        .proposals(.recalled(kept, version: kept.textHash == TextHash.of(text) ? version : nil)))
                }
            } catch {
                // While text arrives this comes every second: it is told once.
                let isFirst = hasComplained.withLock { complained in
                    defer { complained = true }
                    return !complained
                }
                if isFirst { mailbox.post(.proposals(.failed(Failure(error)))) }
            }
        }
    }

    /// Waits for what must not be lost.
    func finish() { queue.sync {} }
}
