import Dispatch
import Synchronization

/// Lets urgent work pass: long work asks between its steps whether it should wait.
public final class PriorityGate: Sendable {
    private let urgent = Atomic<Int>(0)
    private let waiting = Mutex<[DispatchSemaphore]>([])

    /// A gate at which nobody waits.
    public init() {}

    /// Runs `body` while all others wait at their next step.
    public func pass<Value>(_ body: () -> Value) -> Value {
        urgent.add(1, ordering: .sequentiallyConsistent)
        let value = body()
        if urgent.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 {
            for sleeper in waiting.withLock({
                let all = $0; $0 = []; return all
            }) { sleeper.signal() }
        }
        return value
    }

    /// Returns at once, or when no urgent work is left.
    public func letPass() {
        while urgent.load(ordering: .sequentiallyConsistent) > 0 {
            let bell = DispatchSemaphore(value: 0)
            waiting.withLock { $0.append(bell) }
            // Whoever left between the two looks found nobody to wake.
            if urgent.load(ordering: .sequentiallyConsistent) == 0 {
                waiting.withLock { $0.removeAll { $0 === bell } }
                return
            }
            bell.wait()
        }
    }
}
