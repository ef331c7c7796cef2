/// A set of rows, one bit each: those a search may answer with.
struct CandidateSet: Sendable, Equatable {
    private var words: [UInt64]
    private(set) var count = 0

    init(capacity: Int) { words = [UInt64](repeating: 0, count: (capacity + 63) / 64) }

    mutating func insert(_ row: Int) {
        let bit = UInt64(1) << UInt64(row & 63)
        if words[row >> 6] & bit == 0 {
            words[row >> 6] |= bit
            count += 1
        }
    }

    func contains(_ row: Int) -> Bool {
        words[row >> 6] & (UInt64(1) << UInt64(row & 63)) != 0
    }
}
