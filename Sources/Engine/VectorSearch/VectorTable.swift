import Kernels
import Synchronization

internal import CKernels

/// Vectors of one length, [count, dimension], each in floats and rounded to bytes: a quarter of the memory to
/// read, with what rounding may have cost.
///
/// Rows are appended and never changed; other threads may read meanwhile. Row r's bytes stand for x̂ = scale · bytes.
/// For any query q with its own rounding q̂, the inner product is x·q = x̂·q̂ + (x - x̂)·q + x̂·(q - q̂), and the last
/// two are at most |x - x̂|·|q| + |x̂|·|q - q̂| (Cauchy and Schwarz). So a search of bytes can tell which rows can't be
/// among the nearest.
public final class VectorTable: @unchecked Sendable {
    // Unchecked: a row is written before the count says that it is there, under the lock, and never after.

    /// An inner product that isn't known exactly.
    public struct Estimate: Sendable {
        /// The row's number.
        public var row: Int
        /// The inner product as the bytes tell it.
        public var value: Float
        /// How far the exact one may be from it.
        public var error: Float
    }

    /// Numbers in each vector.
    public let dimension: Int
    /// How many rows there can be.
    public let capacity: Int
    /// Bytes of a rounded row: the dimension and what is missing of whole cache lines.
    package let stride: Int
    /// The instructions that rows of bytes are compared with.
    package let machine: InstructionSet
    /// Memory of the vectors as they were appended: [capacity, dimension] 32-bit floats.
    package let floats: Reservation
    /// Memory of the rounded vectors: [capacity, stride] signed bytes from -127 to 127.
    package let bytes: Reservation
    /// Memory of each row's scale and of what rounding cost it.
    package let rounding: Reservation
    private let filled: Atomic<Int>
    private let writing = Mutex(())

    /// How many rows there are; a thread that sees a row counted may read it.
    public var count: Int { filled.load(ordering: .acquiring) }

    /// A table without rows.
    ///
    /// - Parameters:
    ///   - dimension: components of each vector.
    ///   - capacity: how many rows there can be; only addresses are taken for them. Where the system
    ///     has too few, it's fewer.
    ///   - machine: whose instructions are used.
    public convenience init(dimension: Int, capacity: Int = 1 << 20, machine: InstructionSet = .best) {
        precondition(dimension >= 0, "negative size")
        var capacity = max(capacity, 1)
        while true {
            if let table = Parts(dimension: dimension, capacity: capacity) {
                self.init(dimension, table, capacity: capacity, count: 0, machine: machine)
                return
            }
            precondition(capacity > 1, "the system has no memory left")
            capacity /= 2
        }
    }

    /// A table over memory that holds `count` rows already.
    package init(_ dimension: Int, _ parts: Parts, capacity: Int, count: Int, machine: InstructionSet) {
        self.dimension = dimension
        self.capacity = capacity
        self.machine = machine
        stride = Parts.stride(dimension)
        floats = parts.floats
        bytes = parts.bytes
        rounding = parts.rounding
        filled = Atomic(count)
    }

    /// The table's memory.
    package struct Parts {
        /// Memory of the floats, of the bytes, and of each row's scale and loss.
        package let floats, bytes, rounding: Reservation

        /// Reserves the memory of a table; nil when the system has no addresses left.
        package init?(dimension: Int, capacity: Int) {
            guard let floats = Reservation(count: capacity * dimension * MemoryLayout<Float>.stride),
                let bytes = Reservation(count: capacity * Self.stride(dimension)),
                let rounding = Reservation(count: capacity * MemoryLayout<lh_rounding>.stride)
            else { return nil }
            (self.floats, self.bytes, self.rounding) = (floats, bytes, rounding)
        }

        /// Bytes of a rounded vector: the dimension, up to a multiple of 64.
        package static func stride(_ dimension: Int) -> Int { (dimension + 63) / 64 * 64 }
    }

    /// Appends a row and returns its number; nil when the table is full. What is missing of `dimension` is zero.
    @discardableResult
    public func append(_ vector: [Float]) -> Int? {
        writing.withLock { _ in
            let row = filled.load(ordering: .relaxed)
            guard row < capacity else { return nil }
            let floats = floatRow(row)
            for index in 0..<dimension { floats[index] = index < vector.count ? vector[index] : 0 }
            roundings[row] = lh_round_vector(byteRow(row), stride, floats, dimension)
            filled.store(row + 1, ordering: .releasing)
            return row
        }
    }

    /// A copy of a row's `dimension` floats.
    ///
    /// - Precondition: `0 <= index < count`.
    public func row(_ index: Int) -> [Float] {
        precondition(index >= 0 && index < count, "no such row")
        return Array(UnsafeBufferPointer(start: floatRow(index), count: dimension))
    }

    /// The inner product of a row and `query`, which has `dimension` numbers.
    public func dot(_ row: Int, _ query: [Float]) -> Float {
        precondition(row >= 0 && row < count && query.count == dimension, "shapes don't fit")
        return query.withUnsafeBufferPointer { query in
            query.baseAddress.map { lh_dot(floatRow(row), $0, dimension) } ?? 0
        }
    }

    /// The inner product of two rows.
    public func dot(_ a: Int, _ b: Int) -> Float {
        precondition(a >= 0 && a < count && b >= 0 && b < count, "no such row")
        return lh_dot(floatRow(a), floatRow(b), dimension)
    }

    // MARK: Bytes

    /// Rows estimated together: their results stay in the first cache.
    private static let block = 512

    /// Calls `body` with an estimate of each row's inner product with `query` that may reach a threshold, in the order
    /// of rows. What `body` returns is the threshold from then on; it must not fall.
    ///
    /// - Parameters:
    ///   - query: a vector of the table's dimension.
    ///   - rows: the rows that count; nil for all.
    ///   - first: rows before this one don't count.
    ///   - threshold: the least inner product that counts at first.
    ///   - body: given each estimate; returns the threshold from then on.
    public func scan(
        _ query: [Float], of rows: CandidateSet? = nil, from first: Int = 0, threshold: Float = -.infinity,
        _ body: (Estimate) -> Float
    ) {
        let query = Rounded(query, in: self)
        let count = count
        var threshold = threshold
        var dots = [Int32](repeating: 0, count: Self.block)
        var listed: [Int32] = []
        func compare(_ start: Int, _ rows: Int) {
            lh_dot_rows(
                machine.code, bytePointer, stride, roundings, listed.isEmpty ? nil : listed, start, rows,
                query.bytes, &dots)
            for index in 0..<rows {
                let row = listed.isEmpty ? start + index : Int(listed[index])
                let estimate = estimate(row, dots[index], query)
                if estimate.value + estimate.error >= threshold { threshold = body(estimate) }
            }
        }
        guard let rows else {
            for start in Swift.stride(from: first, to: count, by: Self.block) {
                compare(start, min(Self.block, count - start))
            }
            return
        }
        listed.reserveCapacity(Self.block)
        rows.forEach { row in
            guard row >= first, row < count else { return }
            listed.append(Int32(row))
            if listed.count == Self.block {
                compare(0, listed.count)
                listed.removeAll(keepingCapacity: true)
            }
        }
        if !listed.isEmpty { compare(0, listed.count) }
    }

    private func estimate(_ row: Int, _ dot: Int32, _ query: Rounded) -> Estimate {
        let own = roundings[row]
        let value = Float(dot) * own.scale * query.rounding.scale
        // And what sums of floats themselves may be off by.
        let error =
            own.loss * query.length + own.length * query.rounding.loss + 1e-5 * query.length * (own.length + own.loss)
        return Estimate(row: row, value: value, error: error)
    }

    /// A query in bytes.
    package struct Rounded {
        /// The rounded query, [stride], zero beyond the dimension.
        package let bytes: [Int8]
        let rounding: lh_rounding
        /// |q|, before rounding.
        package let length: Float

        /// Rounds a query as the table's rows are.
        ///
        /// - Precondition: it has the table's dimension.
        package init(_ query: [Float], in table: VectorTable) {
            precondition(query.count == table.dimension, "shapes don't fit")
            var bytes = [Int8](repeating: 0, count: max(table.stride, 1))
            rounding = lh_round_vector(&bytes, table.stride, query, query.count)
            self.bytes = bytes
            length = query.reduce(0) { $0 + $1 * $1 }.squareRoot()
        }
    }

    private func floatRow(_ row: Int) -> UnsafeMutablePointer<Float> {
        floats.base.assumingMemoryBound(to: Float.self) + row * dimension
    }
    private func byteRow(_ row: Int) -> UnsafeMutablePointer<Int8> {
        bytePointer + row * stride
    }
    /// The first byte of the first rounded row.
    package var bytePointer: UnsafeMutablePointer<Int8> { bytes.base.assumingMemoryBound(to: Int8.self) }
    var roundings: UnsafeMutablePointer<lh_rounding> { rounding.base.assumingMemoryBound(to: lh_rounding.self) }
}
