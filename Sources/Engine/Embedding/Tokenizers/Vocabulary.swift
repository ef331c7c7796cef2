/// The pieces a WordPiece tokenizer knows. Pieces that continue a word (`##ing`) are kept without
/// the `##`, as a family of their own.
struct Vocabulary: Sendable {
    /// An id one above the highest.
    let idLimit: Int
    private let table: PieceTable

    private static let continuing: Int32 = 1

    init(_ pieces: PieceList) {
        let bytes = pieces.bytes
        var table = PieceTable(bytes, capacity: pieces.count)
        var idLimit = 0
        for index in 0..<pieces.count {
            var range = pieces.range(index)
            let continues =
                range.count > 2 && bytes[range.lowerBound] == 0x23
                && bytes[range.lowerBound + 1] == 0x23
            if continues { range = range.lowerBound + 2..<range.upperBound }
            let family = continues ? Self.continuing : 0
            var hash = PieceTable.Hash(seed: UInt64(family))
            for position in range { hash.add(bytes[position]) }
            let id = pieces.id(index)
            table.add(range, value: id, hash: hash, family: family)
            idLimit = max(idLimit, Int(id) + 1)
        }
        self.table = table
        self.idLimit = idLimit
    }

    /// The id of a whole piece such as `[CLS]`.
    func id(_ piece: String) -> Int32? { table.value(of: piece) }

    /// The longest piece that begins `word[start...]`, and where it ends.
    func longestPiece(in word: [UInt8], from start: Int) -> (id: Int32, end: Int)? {
        let family = start > 0 ? Self.continuing : 0
        var hash = PieceTable.Hash(seed: UInt64(family))
        var best: (id: Int32, end: Int)?
        let limit = min(word.count, start + table.longest)
        for index in start..<limit {
            hash.add(word[index])
            // Inside a character no piece ends.
            if index + 1 < word.count, word[index + 1] & 0xC0 == 0x80 { continue }
            if let id = table.value(of: hash, word, start..<index + 1, family: family) {
                best = (id, index + 1)
            }
        }
        return best
    }
}
