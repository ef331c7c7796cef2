/// A set of rows, one bit each: those a search may answer with.
package struct CandidateSet: Sendable, Equatable {
    private var words: [UInt64]
    package private(set) var count = 0

    package init(capacity: Int) { words = [UInt64](repeating: 0, count: (capacity + 63) / 64) }

    package mutating func insert(_ row: Int) {
        let bit = UInt64(1) << UInt64(row & 63)
        if words[row >> 6] & bit == 0 {
            words[row >> 6] |= bit
            count += 1
        }
    }

    package func contains(_ row: Int) -> Bool {
        words[row >> 6] & (UInt64(1) << UInt64(row & 63)) != 0
    }
}
