import Synchronization
import Workbench

/// The newest of the requests of a kind: those before it are no longer wanted.
final class NewestRequest: Sendable {
    private let number = Mutex(0)

    /// Takes down that a request was made, and says how it hears that a newer one was.
    func begin(_ ticket: Ticket) -> @Sendable () -> Bool {
        number.withLock { $0 = max($0, ticket.number) }
        return { [self] in number.withLock { $0 != ticket.number } }
    }

    /// None is wanted any more.
    func end() { number.withLock { $0 += 1 } }
}
