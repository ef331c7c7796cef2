import Synchronization

/// Hands out 0..<limit, each number once, to any number of threads.
public final class Counter: Sendable {
    private let limit: Int
    private let next = Atomic<Int>(0)

    public init(limit: Int) { self.limit = limit }

    public func take() -> Int? {
        let index = next.add(1, ordering: .relaxed).oldValue
        return index < limit ? index : nil
    }
}

/// Goes up once.
public final class Flag: Sendable {
    private let up = Atomic<Bool>(false)

    public init() {}

    public var isUp: Bool { up.load(ordering: .relaxed) }

    public func raise() { up.store(true, ordering: .relaxed) }
}
