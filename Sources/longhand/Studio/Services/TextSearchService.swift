import Dispatch
import Workbench

/// Searches long texts off the main thread; a newer search of the same service ends the one before.
final class TextSearchService: Sendable {
    private let mailbox: Mailbox
    private let queue = DispatchQueue(label: "longhand.find", qos: .userInitiated)
    private let newest = NewestRequest()

    init(mailbox: Mailbox) { self.mailbox = mailbox }

    /// - Parameter answer: does the search; nil where it was given up.
    func run(_ ticket: Ticket, _ answer: @escaping @Sendable (_ isCancelled: () -> Bool) -> Event?) {
        let isOutdated = newest.begin(ticket)
        queue.async { [mailbox] in
            if let event = answer(isOutdated) { mailbox.post(event) }
        }
    }

    /// Ends what runs.
    func finish() { newest.end() }
}
