import Foundation
import Synchronization
import Workbench

/// Events from the workers for the main thread, with a descriptor that says when there are some.
///
/// `@unchecked` is not needed: the queue is behind a `Mutex` and the pipe's ends never change.
final class Mailbox: Sendable {
    private let queue = Mutex<[Event]>([])
    private let readEnd: Int32
    private let writeEnd: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Readable while events wait; for `poll`.
    var descriptor: Int32 { readEnd }

    func post(_ event: Event) {
        let wasEmpty = queue.withLock { events in
            defer { events.append(event) }
            return events.isEmpty
        }
        guard wasEmpty else { return }
        var byte: UInt8 = 1
        // A full pipe already says what this byte would say.
        _ = write(writeEnd, &byte, 1)
    }

    func drain() -> [Event] {
        var sink = [UInt8](repeating: 0, count: 64)
        while read(readEnd, &sink, sink.count) > 0 {}
        return queue.withLock { events in
            defer { events = [] }
            return events
        }
    }
}
