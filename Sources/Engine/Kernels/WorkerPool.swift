import Dispatch
import Synchronization

internal import CKernels

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Threads that work together, a job after the other, and sleep otherwise.
///
/// Threads of its own rather than the system's pools, because of two things no pool offers: being
/// polite (nice) without making others so who get the thread later, and all members of a job
/// being offered work without anybody waiting for them, which `ThreadTeam` needs.
public final class WorkerPool: Sendable {
    /// How many threads there are.
    public let size: Int

    private enum Order: Sendable {
        case work(@Sendable (Int) -> Void)
        case end
    }

    /// What a thread waits at. A thread keeps this alive and not the pool, so that the pool can end.
    private final class TaskSlot: Sendable {
        let orders = Mutex<[Order]>([])
        let bell = DispatchSemaphore(value: 0)

        func put(_ order: Order) {
            orders.withLock { $0.append(order) }
            bell.signal()
        }

        func take() -> Order {
            bell.wait()
            return orders.withLock { $0.removeFirst() }
        }
    }

    private let slots: [TaskSlot]

    /// - Parameter polite: whether other work of the machine goes before that of these threads.
    public init(size: Int, polite: Bool) {
        self.size = size
        slots = (0..<size).map { _ in TaskSlot() }
        for (index, slot) in slots.enumerated() {
            WorkerThread.start {
                if polite { lh_be_polite() }
                while case .work(let body) = slot.take() { body(index) }
            }
        }
    }

    deinit { for slot in slots { slot.put(.end) } }

    /// Calls `body` with 0..<size, each on a thread of its own, and returns when all calls have.
    ///
    /// - Parameter alongside: done meanwhile by the calling thread.
    public func run(
        _ body: @escaping @Sendable (_ member: Int) -> Void, alongside: () -> Void = {}
    ) {
        let done = DispatchSemaphore(value: 0)
        offer { member in
            body(member)
            done.signal()
        }
        alongside()
        for _ in slots { done.wait() }
    }

    /// Has `body` called with 0..<size, each on a thread of its own, as soon as they get to it.
    public func offer(_ body: @escaping @Sendable (_ member: Int) -> Void) {
        for slot in slots { slot.put(.work(body)) }
    }
}

/// A detached thread with a closure for its body.
private enum WorkerThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    static func start(_ body: @escaping @Sendable () -> Void) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let context = Unmanaged.passRetained(Body(body))
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        // Signals are for the main thread, which knows what they mean.
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let status = pthread_create(
            &thread, &attributes,
            { context in
                #if canImport(Darwin)
                    let body = Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
                #else
                    let body = Unmanaged<Body>.fromOpaque(context!).takeRetainedValue()
                #endif
                body.run()
                return nil
            }, context.toOpaque())
        precondition(status == 0, "the system has no thread left")
    }
}
