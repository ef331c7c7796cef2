/// A matrix of floats that kernels write to, row by row. Allocated once and reused from layer to
/// layer; kernels say how many of its rows they use.
///
/// Not for sharing: one thread at a time, or threads that keep to rows of their own.
public final class Activations {
    public let rows: Int
    public let columns: Int
    let base: UnsafeMutablePointer<Float>

    public init(rows: Int, columns: Int) {
        precondition(rows >= 0 && columns >= 0, "negative size")
        self.rows = rows
        self.columns = columns
        // Sixty-four bytes is a cache line and the widest vector register.
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: max(rows * columns, 1) * MemoryLayout<Float>.stride, alignment: 64)
        base = raw.bindMemory(to: Float.self, capacity: max(rows * columns, 1))
    }

    public convenience init(_ values: [Float], rows: Int, columns: Int) {
        precondition(values.count == rows * columns, "values don't fill the matrix")
        self.init(rows: rows, columns: columns)
        for (index, value) in values.enumerated() { base[index] = value }
    }

    deinit { base.deallocate() }

    /// A copy of one row.
    public func row(_ index: Int) -> [Float] {
        precondition(index >= 0 && index < rows, "no such row")
        return [Float](UnsafeBufferPointer(start: base + index * columns, count: columns))
    }
}
