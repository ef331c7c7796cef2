import Dispatch
import Synchronization
import Workbench

/// Searches long texts off the main thread; a newer search ends the one before.
final class FindService: Sendable {
    private let mailbox: Mailbox
    private let queue = DispatchQueue(label: "longhand.find", qos: .userInitiated)
    private let latest = Mutex(0)

    init(mailbox: Mailbox) { self.mailbox = mailbox }

    func run(_ request: FindRequest) {
        let number = request.ticket.number
        latest.withLock { $0 = max($0, number) }
        queue.async { [self] in
            if let answer = request.answer(isCancelled: { latest.withLock { $0 != number } }) {
                mailbox.post(.found(answer))
            }
        }
    }

    /// Ends what runs.
    func stop() { latest.withLock { $0 += 1 } }
}
