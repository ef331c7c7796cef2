import Synchronization

/// Hands out 0..<limit, each number once, to any number of threads.
public final class Counter: Sendable {
    private let limit: Int
    private let next = Atomic<Int>(0)

    /// A counter that hands out `limit` numbers.
    public init(limit: Int) { self.limit = limit }

    /// The next number; nil when all have been handed out.
    public func take() -> Int? {
        let index = next.add(1, ordering: .relaxed).oldValue
        return index < limit ? index : nil
    }
}

/// Goes up once.
public final class Flag: Sendable {
    private let up = Atomic<Bool>(false)

    /// A flag that is down.
    public init() {}

    /// Whether the flag was raised; a thread may see it a moment later, and no other memory is ordered by it.
    public var isUp: Bool { up.load(ordering: .relaxed) }

    /// Raises the flag; again makes no difference.
    public func raise() { up.store(true, ordering: .relaxed) }
}
