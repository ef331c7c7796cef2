/// A map from bytes to small numbers: an open-addressing table over one block of bytes.
///
/// A `[String: Int]` of thirty thousand pieces takes longer to build than everything else in
/// loading a model, and would want a String for every look-up. Here a caller feeds bytes to a
/// running hash, so looking up all beginnings of a word costs one pass over it.
struct PieceTable: Sendable {
    /// FNV-1a. `seed` tells apart families of keys that share the table.
    struct Hash {
        private(set) var state: UInt64
        init(seed: UInt64 = 0) { state = 0xCBF2_9CE4_8422_2325 ^ seed }
        mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
        /// The low bits of a product depend on few bits of the input; the high ones on all.
        fileprivate var mixed: UInt64 { (state ^ state >> 32) &* 0x9E37_79B9_7F4A_7C15 }
    }

    /// Bytes of the longest key: no look-up needs to go on beyond it.
    private(set) var longest = 0
    private let blob: [UInt8]
    /// Half a hash above (to pass over other keys without touching the blob) and an entry's
    /// number plus one below; 0 is free. A power of two long.
    private var slots: [UInt64]
    private var entries: [Entry] = []

    private struct Entry {
        var start: Int32
        var length: Int32
        var value: Int32
        var family: Int32
    }

    /// - Parameters:
    ///   - blob: where the keys lie, less than 2 GiB
    ///   - capacity: how many keys will be added, at most
    init(_ blob: [UInt8], capacity: Int) {
        self.blob = blob
        var size = 16
        while size < capacity * 2 { size *= 2 }
        slots = [UInt64](repeating: 0, count: size)
        entries.reserveCapacity(capacity)
    }

    /// Of two equal keys the later one counts.
    mutating func add(_ range: Range<Int>, value: Int32, hash: Hash, family: Int32 = 0) {
        precondition(entries.count * 2 < slots.count, "more keys than the table was made for")
        let slot = slot(hash, blob, range, family: family)
        entries.append(
            Entry(
                start: Int32(range.lowerBound), length: Int32(range.count), value: value, family: family))
        slots[slot] = hash.mixed & 0xFFFF_FFFF_0000_0000 | UInt64(entries.count)
        longest = max(longest, range.count)
    }

    func value(of hash: Hash, _ bytes: [UInt8], _ range: Range<Int>, family: Int32 = 0) -> Int32? {
        let entry = Int(slots[slot(hash, bytes, range, family: family)] & 0xFFFF_FFFF)
        return entry == 0 ? nil : entries[entry - 1].value
    }

    func value(of key: String) -> Int32? {
        let bytes = Array(key.utf8)
        return value(of: bytes)
    }

    func value(of bytes: [UInt8]) -> Int32? {
        var hash = Hash()
        for byte in bytes { hash.add(byte) }
        return value(of: hash, bytes, 0..<bytes.count)
    }

    /// The slot that holds this key, or the free one where it would go.
    private func slot(_ hash: Hash, _ bytes: [UInt8], _ range: Range<Int>, family: Int32) -> Int {
        let mask = slots.count - 1
        let mixed = hash.mixed
        let tag = mixed & 0xFFFF_FFFF_0000_0000
        var slot = Int(truncatingIfNeeded: mixed >> 20) & mask
        while true {
            let found = slots[slot]
            if found == 0 { return slot }
            if found & 0xFFFF_FFFF_0000_0000 == tag {
                let entry = entries[Int(found & 0xFFFF_FFFF) - 1]
                if entry.family == family, Int(entry.length) == range.count {
                    let start = Int(entry.start)
                    var offset = 0
                    while offset < range.count, blob[start + offset] == bytes[range.lowerBound + offset] {
                        offset += 1
                    }
                    if offset == range.count { return slot }
                }
            }
            slot = (slot + 1) & mask
        }
    }
}
