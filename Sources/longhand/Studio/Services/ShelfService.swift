import ArticleFiles
import Dispatch
import Workbench

/// Keeps what is on the project's shelf, off the main thread.
final class ShelfService: Sendable {
    private let mailbox: Mailbox
    private let store: ShelfStore
    private let queue = DispatchQueue(label: "longhand.shelf", qos: .userInitiated)

    init(mailbox: Mailbox, store: ShelfStore) {
        self.mailbox = mailbox
        self.store = store
    }

    func run(_ effect: ShelfEffect) {
        queue.async { [self] in
            switch effect {
            case .keep(let piece):
                do throws(FileError) { try store.keep(piece) } catch { mailbox.post(.shelf(.notKept(Failure(error)))) }
            case .list:
                let (items, problem) = store.items()
                mailbox.post(.shelf(.listed(items, problem: problem.map { Failure($0) })))
            case .remove(let id):
                do throws(FileError) { try store.remove(id) } catch { mailbox.post(.failed(Failure(error))) }
            }
        }
    }

    /// Waits for what must not be lost.
    func finish() { queue.sync {} }
}
