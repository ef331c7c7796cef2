import Foundation
import Synchronization
import Watching

/// Turns the first Ctrl-C into a flag that long work looks at; the second ends the program at once.
enum Interruption {
    private static let flag = CancelFlag()
    private static let toWake = Atomic<Int32>(-1)

    static func watch() {
        // The flag exists before a handler can want it: a handler must not initialise anything.
        _ = flag.isRaised
        _ = toWake.load(ordering: .relaxed)
        // A program inherits what its parent blocked, and then Ctrl-C would never arrive.
        var wanted = sigset_t()
        sigemptyset(&wanted)
        sigaddset(&wanted, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
        signal(SIGINT) { _ in
            Interruption.flag.raise()
            FolderWatch.wake(Interruption.toWake.load(ordering: .relaxed))
            signal(SIGINT, SIG_DFL)
        }
    }

    /// Has a byte written to a descriptor when Ctrl-C comes, for who sleeps until there is something to read.
    static func wakes(_ descriptor: Int32) { toWake.store(descriptor, ordering: .relaxed) }

    static var isRequested: Bool { flag.isRaised }
}
