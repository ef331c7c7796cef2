import JSON

/// The pieces of a vocabulary as a file lists them: bytes in one block, and a number or a score
/// for each. It only lives while a tokenizer is being made.
struct PieceList {
    /// All pieces, one behind the other.
    var bytes: [UInt8] = []
    /// Piece i is `bytes[ends[i - 1]..<ends[i]]`, the first beginning at 0.
    var ends: [Int] = []
    /// Ids where the file gives them; otherwise a piece's place is its id.
    var ids: [Int32] = []
    /// Log probabilities of a Unigram vocabulary.
    var scores: [Double] = []

    var count: Int { ends.count }

    func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }
    func id(_ index: Int) -> Int32 { ids.isEmpty ? Int32(index) : ids[index] }

    /// A `vocab.txt`: a piece a line, whose number is its id.
    init(lines file: [UInt8]) {
        bytes.reserveCapacity(file.count)
        var start = 0
        for index in 0...file.count where index == file.count || file[index] == 0x0A {
            if index == file.count, start == index { break }
            let end = index > start && file[index - 1] == 0x0D ? index - 1 : index
            bytes.append(contentsOf: file[start..<end])
            ends.append(bytes.count)
            start = index + 1
        }
    }

    /// The object `{"piece": id, ...}` of a WordPiece vocabulary.
    init(table reader: inout JSONReader) throws(JSONReader.Failure) {
        var more = try reader.beginObject()
        while more {
            try reader.appendString(to: &bytes)
            try reader.colon()
            let id = try reader.integer()
            guard id >= 0, id <= 4_000_000 else { throw reader.failure("\(id) isn't a possible id") }
            ends.append(bytes.count)
            ids.append(Int32(id))
            more = try reader.nextMember()
        }
    }

    /// The array `[["piece", score], ...]` of a Unigram vocabulary.
    init(scored reader: inout JSONReader) throws(JSONReader.Failure) {
        var more = try reader.beginArray()
        while more {
            guard try reader.beginArray() else { throw reader.failure("a piece is missing") }
            try reader.appendString(to: &bytes)
            guard try reader.nextElement() else { throw reader.failure("a score is missing") }
            scores.append(try reader.number())
            guard try !reader.nextElement() else { throw reader.failure("a piece has more than a score") }
            ends.append(bytes.count)
            more = try reader.nextElement()
        }
    }
}
