import Kernels

/// A set of rows, one bit each: those a search may answer with.
public struct CandidateSet: Sendable, Equatable {
    /// The bits, 64 rows a word, the lowest row in the lowest bit.
    package private(set) var words: [UInt64]
    /// How many rows are in the set.
    public private(set) var count = 0

    /// An empty set with room for rows below `capacity`; it grows where that is exceeded.
    public init(capacity: Int) { words = [UInt64](repeating: 0, count: (capacity + 63) / 64) }

    /// Grows the set as needed.
    public mutating func insert(_ row: Int) {
        precondition(row >= 0, "no such row")
        while row >> 6 >= words.count { words.append(0) }
        let bit = UInt64(1) << UInt64(row & 63)
        if words[row >> 6] & bit == 0 {
            words[row >> 6] |= bit
            count += 1
        }
    }

    /// Takes a row out; one that isn't in the set is no error.
    public mutating func remove(_ row: Int) {
        guard contains(row) else { return }
        words[row >> 6] &= ~(UInt64(1) << UInt64(row & 63))
        count -= 1
    }

    /// Whether a row is in the set; O(1).
    public func contains(_ row: Int) -> Bool {
        row >> 6 < words.count && words[row >> 6] & (UInt64(1) << UInt64(row & 63)) != 0
    }

    /// Those in both sets.
    public func intersection(_ other: CandidateSet) -> CandidateSet {
        var both = CandidateSet(capacity: 0)
        both.words = zip(words, other.words).map { $0 & $1 }
        both.count = both.words.reduce(0) { $0 + $1.nonzeroBitCount }
        return both
    }

    /// Calls `body` with each row of the set, in order.
    public func forEach(_ body: (Int) -> Void) {
        for (index, word) in words.enumerated() where word != 0 {
            var rest = word
            while rest != 0 {
                body(index << 6 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }
}
