import Kernels

/// The pieces a WordPiece tokenizer knows, found by hash from raw bytes.
///
/// A `[String: Int]` of thirty thousand pieces takes longer to build than everything else in
/// loading a model, and would want a String for every look-up. So pieces stay bytes in one block,
/// and an open-addressing table holds their numbers. Pieces that continue a word (`##ing`) are
/// kept without the `##` and hashed from another seed.
struct Vocabulary: Sendable {
    /// An id one above the highest.
    let idLimit: Int
    /// Bytes of the longest piece: no look-up needs to go on beyond it.
    let longest: Int
    private let blob: [UInt8]
    private var starts: [Int32] = []
    private var lengths: [Int32] = []
    private var ids: [Int32] = []
    private var continues: [Bool] = []
    /// Index of a piece plus one; 0 is free. A power of two long.
    private var slots: [Int32]

    /// A `vocab.txt`: a piece a line, whose number is its id.
    init(lines bytes: [UInt8]) {
        var pieces: [(range: Range<Int>, id: Int)] = []
        pieces.reserveCapacity(bytes.count / 7)
        var start = 0
        for index in 0...bytes.count where index == bytes.count || bytes[index] == 0x0A {
            if index == bytes.count, start == index { break }
            let end = index > start && bytes[index - 1] == 0x0D ? index - 1 : index
            pieces.append((start..<end, pieces.count))
            start = index + 1
        }
        self.init(bytes, pieces)
    }

    /// Pieces with ids of their own, as `tokenizer.json` has them. Ids must not be negative.
    ///
    /// Limit: Swift takes canonically equivalent strings for one key, so of two pieces that differ
    /// only in how an accent is encoded one is lost. `vocab.txt`, read as bytes, has no such loss.
    init(_ table: [String: Int]) {
        var bytes: [UInt8] = []
        var pieces: [(range: Range<Int>, id: Int)] = []
        for (piece, id) in table {
            let start = bytes.count
            bytes.append(contentsOf: piece.utf8)
            pieces.append((start..<bytes.count, id))
        }
        self.init(bytes, pieces)
    }

    private init(_ bytes: [UInt8], _ pieces: [(range: Range<Int>, id: Int)]) {
        blob = bytes
        idLimit = (pieces.map(\.id).max() ?? -1) + 1
        longest = pieces.map(\.range.count).max() ?? 0
        var capacity = 16
        while capacity < pieces.count * 2 { capacity *= 2 }
        slots = [Int32](repeating: 0, count: capacity)
        starts.reserveCapacity(pieces.count)
        lengths.reserveCapacity(pieces.count)
        ids.reserveCapacity(pieces.count)
        continues.reserveCapacity(pieces.count)
        for (range, id) in pieces {
            let continuing =
                range.count > 2 && bytes[range.lowerBound] == 0x23
                && bytes[range.lowerBound + 1] == 0x23
            let range = continuing ? range.lowerBound + 2..<range.upperBound : range
            var hash = Self.seed(continuing: continuing)
            for index in range { hash = Self.mix(hash, bytes[index]) }
            let slot = slot(for: hash, bytes, range, continuing: continuing)
            // Of two equal lines the later one counts, as in the reference.
            slots[slot] = Int32(starts.count + 1)
            starts.append(Int32(range.lowerBound))
            lengths.append(Int32(range.count))
            ids.append(Int32(id))
            continues.append(continuing)
        }
    }

    /// The id of a whole piece such as `[CLS]`.
    func id(_ piece: String) -> Int32? {
        let bytes = Array(piece.utf8)
        var hash = Self.seed(continuing: false)
        for byte in bytes { hash = Self.mix(hash, byte) }
        return id(hash: hash, bytes, 0..<bytes.count, continuing: false)
    }

    /// The longest piece that begins `word[start...]`, and where it ends.
    func longestPiece(in word: [UInt8], from start: Int) -> (id: Int32, end: Int)? {
        let continuing = start > 0
        var hash = Self.seed(continuing: continuing)
        var best: (id: Int32, end: Int)?
        let limit = min(word.count, start + longest)
        for index in start..<limit {
            hash = Self.mix(hash, word[index])
            // Inside a character no piece ends.
            if index + 1 < word.count, word[index + 1] & 0xC0 == 0x80 { continue }
            if let id = id(hash: hash, word, start..<index + 1, continuing: continuing) {
                best = (id, index + 1)
            }
        }
        return best
    }

    private func id(hash: UInt64, _ bytes: [UInt8], _ range: Range<Int>, continuing: Bool) -> Int32? {
        let piece = slots[slot(for: hash, bytes, range, continuing: continuing)]
        return piece == 0 ? nil : ids[Int(piece) - 1]
    }

    /// The slot that holds this piece, or the free one where it would go.
    private func slot(for hash: UInt64, _ bytes: [UInt8], _ range: Range<Int>, continuing: Bool) -> Int {
        let mask = slots.count - 1
        // The low bits of a product depend on few bits of the input; the high ones on all.
        var slot = Int(truncatingIfNeeded: hash >> 32) & mask
        while slots[slot] != 0 {
            let piece = Int(slots[slot]) - 1
            if continues[piece] == continuing, Int(lengths[piece]) == range.count {
                let start = Int(starts[piece])
                var offset = 0
                while offset < range.count, blob[start + offset] == bytes[range.lowerBound + offset] {
                    offset += 1
                }
                if offset == range.count { return slot }
            }
            slot = (slot + 1) & mask
        }
        return slot
    }

    /// FNV-1a.
    private static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    private static func seed(continuing: Bool) -> UInt64 {
        continuing ? 0x9E37_79B9_7F4A_7C15 : 0xCBF2_9CE4_8422_2325
    }
}
