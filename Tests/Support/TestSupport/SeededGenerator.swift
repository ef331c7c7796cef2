/// Random numbers that are the same in every run, so that a failing case can be run again from its seed: SplitMix64
/// (Steele, Lea and Flood 2014).
public struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Some number below `limit`.
    public mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}

/// Damaged copies of a text, for readers that must take anything.
public struct Mutations: Sequence, IteratorProtocol {
    private let source: [UInt8]
    private let marks: [UInt8]
    private var random: SeededGenerator
    private var left: Int

    /// - Parameters:
    ///   - marks: characters that mean something to the reader; the first is what an empty text becomes.
    public init(of source: String, marks: String, count: Int, seed: UInt64) {
        self.source = Array(source.utf8)
        self.marks = Array(marks.utf8)
        random = SeededGenerator(seed: seed)
        left = count
    }

    /// A copy in which up to twelve places lost, gained or changed bytes.
    public mutating func next() -> [UInt8]? {
        guard left > 0 else { return nil }
        left -= 1
        var bytes = source
        for _ in 0..<(1 + random.below(12)) {
            let at = random.below(bytes.count)
            switch random.below(4) {
            case 0: bytes.remove(at: at)
            case 1: bytes.insert(marks[random.below(marks.count)], at: at)
            case 2: bytes[at] = UInt8(truncatingIfNeeded: random.next())
            default: bytes.removeSubrange(at..<Swift.min(bytes.count, at + random.below(40)))
            }
            if bytes.isEmpty { bytes = [marks[0]] }
        }
        return bytes
    }
}
