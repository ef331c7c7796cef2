import Kernels

internal import CKernels

/// A table of vectors, what each stands for and the graph over them, as a file that is mapped and not read: opening
/// takes as long for a million vectors as for one, but for a look at the graph's links.
///
/// It holds nothing that can't be made again from where the vectors came from.
public struct VectorFile: Sendable {
    /// What each row stands for, ascending.
    public var ids: [Int64]
    /// The vectors; a row for each of `ids` or more.
    public var table: VectorTable
    /// The graph over the rows; nil where none was built.
    public var graph: NavigableGraph?

    /// What `write` is to put into a file.
    public init(ids: [Int64], table: VectorTable, graph: NavigableGraph?) {
        self.ids = ids
        self.table = table
        self.graph = graph
    }

    private enum Part: Int, CaseIterable { case ids, floats, bytes, rounding, levels, base, upperAt, upper }

    /// The header's numbers, in this order.
    private struct Header {
        var key: UInt64
        var dimension: Int
        var count: Int
        var links: Int
        var entry: Int64
        var upperUsed: UInt64

        var numbers: [UInt64] {
            [key, UInt64(dimension), UInt64(count), UInt64(links), UInt64(bitPattern: entry), upperUsed]
        }

        init(key: UInt64, dimension: Int, count: Int, links: Int, entry: Int64, upperUsed: UInt64) {
            (self.key, self.dimension, self.count) = (key, dimension, count)
            (self.links, self.entry, self.upperUsed) = (links, entry, upperUsed)
        }

        init?(_ numbers: [UInt64]) {
            guard numbers.count == 6, numbers[1] < 1 << 20, numbers[2] < 1 << 31, numbers[3] < 1000 else { return nil }
            self.init(
                key: numbers[0], dimension: Int(numbers[1]), count: Int(numbers[2]), links: Int(numbers[3]),
                entry: Int64(bitPattern: numbers[4]), upperUsed: numbers[5])
        }
    }

    /// A number that stands for whom a file belongs to.
    private static func number(of key: String) -> UInt64 {
        Array(key.utf8).withUnsafeBytes { lh_checksum($0.baseAddress, $0.count) }
    }

    /// Writes the file whole or not at all. Nobody may append or insert meanwhile.
    ///
    /// - Parameters:
    ///   - path: the file, which is replaced where there is one.
    ///   - key: whom the vectors belong to: only who names the same opens the file.
    public func write(path: String, key: String) throws(VectorFileError) {
        let count = ids.count
        precondition(count <= table.count, "an id for each row")
        let word = MemoryLayout<Int32>.stride
        let header = Header(
            key: Self.number(of: key), dimension: table.dimension, count: count, links: graph?.links ?? 0,
            entry: graph?.entry ?? -1, upperUsed: graph?.upperUsed ?? 0)
        func source(_ memory: Reservation, _ length: Int) -> SectionFile.Source {
            SectionFile.Source(start: memory.base, length: length)
        }
        var sources = [
            source(table.floats, count * table.dimension * word), source(table.bytes, count * table.stride),
            source(table.rounding, count * MemoryLayout<lh_rounding>.stride),
        ]
        if let graph {
            let used = min(Int(graph.upperUsed), graph.parts.upperBlocks)
            sources += [
                source(graph.parts.levels, count), source(graph.parts.base, count * (1 + 2 * graph.links) * word),
                source(graph.parts.upperAt, count * word), source(graph.parts.upper, used * (1 + graph.links) * word),
            ]
        }
        let numbers = ids.map(\.littleEndian)
        var failure: VectorFileError?
        numbers.withUnsafeBytes { bytes in
            let own = SectionFile.Source(
                start: bytes.baseAddress ?? UnsafeRawPointer(table.floats.base), length: bytes.count)
            do throws(VectorFileError) {
                try SectionFile.write(path: path, numbers: header.numbers, sources: [own] + sources)
            } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Opens a file that was written with the same key.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - key: whom the vectors belong to.
    ///   - dimension: components of each vector.
    ///   - room: how many rows may be appended.
    ///   - isVerified: whether to hold everything against its checksums, which reads it all.
    ///   - machine: whose instructions are used.
    public init(
        path: String, key: String, dimension: Int, room: Int = 1 << 20, isVerified: Bool = false,
        machine: InstructionSet = .best
    ) throws(VectorFileError) {
        let file = try SectionFile(path: path)
        defer { file.closeFile() }
        guard let header = Header(file.numbers), header.key == Self.number(of: key), header.dimension == dimension
        else { throw .stale }
        let rows = header.count
        let hasGraph = header.links > 1
        guard file.sections.count == (hasGraph ? Part.allCases.count : 4), header.links <= NavigableGraph.mostLinks
        else { throw .damaged(what: "its header") }
        let word = MemoryLayout<Int32>.stride
        var lengths = [
            rows * 8, rows * dimension * word, rows * VectorTable.Parts.stride(dimension),
            rows * MemoryLayout<lh_rounding>.stride,
        ]
        if hasGraph {
            lengths += [rows, rows * (1 + 2 * header.links) * word, rows * word]
            lengths.append(file.sections[Part.upper.rawValue].length)
        }
        guard zip(file.sections, lengths).allSatisfy({ $0.length == $1 }) else { throw .damaged(what: "its header") }

        guard let idMemory = Reservation(count: lengths[0]),
            let parts = VectorTable.Parts(dimension: dimension, capacity: rows + room)
        else { throw .refused(reason: "the system has no memory left") }
        var memory = [idMemory, parts.floats, parts.bytes, parts.rounding]
        var graphParts: NavigableGraph.Parts?
        if hasGraph {
            guard let more = NavigableGraph.Parts(rows: rows + room, links: header.links),
                lengths[7] <= more.upper.count, header.upperUsed <= UInt64(more.upperBlocks)
            else { throw .refused(reason: "the system has no memory left") }
            memory += [more.levels, more.base, more.upperAt, more.upper]
            graphParts = more
        }
        for (section, part) in memory.enumerated() {
            try file.lay(section, over: part)
            if isVerified { try file.verify(section, in: part) }
        }
        let numbers = UnsafeBufferPointer(start: idMemory.base.assumingMemoryBound(to: Int64.self), count: rows)
        ids = numbers.map { Int64(littleEndian: $0) }
        guard zip(ids, ids.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .damaged(what: "its ids aren't in order") }
        table = VectorTable(dimension, parts, capacity: rows + room, count: rows, machine: machine)
        guard let graphParts else {
            graph = nil
            return
        }
        let graph = NavigableGraph(
            table, graphParts, links: header.links, entry: header.entry, upperUsed: header.upperUsed)
        guard graph.isSound else { throw .damaged(what: "its graph leads nowhere") }
        self.graph = graph
    }
}
