import Encodings

/// A Unigram vocabulary and the search for a word's likeliest pieces (Kudo 2018).
///
/// The search is Viterbi's over the word's bytes, as in SentencePiece's `EncodeOptimized`: time
/// grows with the length of the word times that of the longest piece that begins like it.
struct UnigramModel: Sendable {
    /// How much less likely an unknown character is than the least likely piece.
    static let unknownPenalty = 10.0

    let unknown: Int32
    /// An id one above the highest.
    let idLimit: Int
    private let table: PieceTable
    private let scores: [Double]
    private let unknownScore: Double
    /// Ids of `<0x00>` to `<0xFF>`, empty without byte fallback.
    private let byteIDs: [Int32?]
    /// The length of the longest piece by a hash of its first two, four or eight bytes, so that a
    /// look-up stops where no piece can follow. 255 stands for any length.
    private var reach: [UInt8]

    private static let reachBits: UInt64 = 17

    init(_ pieces: PieceList, unknown: Int32, byteFallback: Bool) {
        let bytes = pieces.bytes
        var table = PieceTable(bytes, capacity: pieces.count)
        var reach = [UInt8](repeating: 0, count: 1 << Int(Self.reachBits))
        for index in 0..<pieces.count {
            let range = pieces.range(index)
            guard !range.isEmpty else { continue }
            let length = UInt8(min(range.count, 255))
            var hash = PieceTable.Hash()
            for (offset, position) in range.enumerated() {
                if offset == 2 || offset == 4 || offset == 8 {
                    let bucket = Self.bucket(hash)
                    reach[bucket] = max(reach[bucket], length)
                }
                hash.add(bytes[position])
            }
            table.add(range, value: pieces.id(index), hash: hash)
        }
        self.table = table
        self.reach = reach
        self.unknown = unknown
        idLimit = pieces.count
        scores = pieces.scores
        unknownScore = (pieces.scores.min() ?? 0) - Self.unknownPenalty
        byteIDs =
            byteFallback
            ? (0..<256).map { byte in
                let digits = String(byte, radix: 16, uppercase: true)
                return table.value(of: "<0x" + (byte < 16 ? "0" : "") + digits + ">")
            } : []
    }

    func id(_ piece: String) -> Int32? { table.value(of: piece) }

    private static func bucket(_ hash: PieceTable.Hash) -> Int {
        Int(truncatingIfNeeded: (hash.state &* 0x9E37_79B9_7F4A_7C15) >> (64 - reachBits))
    }

    /// The best way to each place in a word, reused from word to word.
    struct Lattice {
        fileprivate struct Node {
            var score = 0.0
            var start: Int32 = -1
            var id: Int32 = -1
        }

        fileprivate var nodes: [Node] = []
        fileprivate var path: [(range: Range<Int>, id: Int32)] = []
    }

    /// Appends the ids of the likeliest pieces of `bytes[word]`.
    func segment(_ bytes: [UInt8], _ word: Range<Int>, _ lattice: inout Lattice, into ids: inout [Int32]) {
        guard !word.isEmpty else { return }
        fill(bytes, word, &lattice)
        lattice.path.removeAll(keepingCapacity: true)
        var end = word.count
        while end > 0 {
            let node = lattice.nodes[end]
            let start = Int(node.start)
            if node.id == unknown, let last = lattice.path.last, last.id == unknown {
                // Unknown characters beside each other are one unknown.
                lattice.path[lattice.path.count - 1].range = start..<last.range.upperBound
            } else {
                lattice.path.append((start..<end, node.id))
            }
            end = start
        }
        for (range, id) in lattice.path.reversed() {
            if id != unknown {
                ids.append(id)
            } else {
                let position = word.lowerBound + range.lowerBound..<word.lowerBound + range.upperBound
                appendUnknown(bytes, position, into: &ids)
            }
        }
    }

    private func fill(_ bytes: [UInt8], _ word: Range<Int>, _ lattice: inout Lattice) {
        let count = word.count
        if lattice.nodes.count <= count {
            lattice.nodes.append(
                contentsOf: repeatElement(.init(), count: count + 1 - lattice.nodes.count))
        }
        for index in 0...count { lattice.nodes[index].start = -1 }
        var start = 0
        while start < count {
            let position = word.lowerBound + start
            let scoreHere = start == 0 ? 0 : lattice.nodes[start].score
            let width = min(UTF8Scan.width(bytes[position]), count - start)
            var limit = min(count - start, table.longest)
            var hasCharacter = false
            var hash = PieceTable.Hash()
            var length = 0
            while length < limit {
                if length == 2 || length == 4 || length == 8 {
                    let bound = reach[Self.bucket(hash)]
                    if bound < 255 { limit = min(limit, Int(bound)) }
                    if length >= limit { break }
                }
                hash.add(bytes[position + length])
                length += 1
                // Inside a character no piece ends.
                if length < count - start, bytes[position + length] & 0xC0 == 0x80 { continue }
                guard let id = table.value(of: hash, bytes, position..<position + length) else { continue }
                lattice.offer(scoreHere + scores[Int(id)], id, from: start, to: start + length)
                if length == width { hasCharacter = true }
            }
            if !hasCharacter {
                lattice.offer(scoreHere + unknownScore, unknown, from: start, to: start + width)
            }
            start += width
        }
    }

    /// Byte by byte where the vocabulary has every byte, and otherwise one unknown.
    private func appendUnknown(_ bytes: [UInt8], _ range: Range<Int>, into ids: inout [Int32]) {
        var hash = PieceTable.Hash()
        for position in range { hash.add(bytes[position]) }
        if let id = table.value(of: hash, bytes, range) {
            ids.append(id)
        } else if !byteIDs.isEmpty, range.allSatisfy({ byteIDs[Int(bytes[$0])] != nil }) {
            for position in range { ids.append(byteIDs[Int(bytes[position])]!) }
        } else {
            ids.append(unknown)
        }
    }
}

extension UnigramModel.Lattice {
    /// Takes a way to `end` if it is the first or better than the one known.
    fileprivate mutating func offer(_ score: Double, _ id: Int32, from start: Int, to end: Int) {
        if nodes[end].start < 0 || score > nodes[end].score {
            nodes[end] = Node(score: score, start: Int32(start), id: id)
        }
    }
}
