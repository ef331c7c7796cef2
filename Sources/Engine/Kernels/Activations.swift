/// A matrix of floats that kernels write to, row by row. Allocated once and reused from layer to
/// layer; kernels say how many of its rows they use.
///
/// Rows are `stride` floats apart: as many whole panels as the columns take, since products write
/// whole panels, and sixteen more, so that the rows of a width that is a power of two don't all meet
/// in one set of the cache.
///
/// Not for sharing: one thread at a time, or threads that keep to rows and columns of their own.
public final class Activations: @unchecked Sendable {
    // Unchecked: see above; whoever shares it says why that is safe.
    /// The matrix's rows, all of which have memory.
    public let rows: Int
    /// The matrix's columns, without the room behind them.
    public let columns: Int
    let stride: Int
    let base: UnsafeMutablePointer<Float>

    /// - Parameter panels: how many panels a row has room for, where that is more than its columns
    ///   need: parts packed side by side each end with a whole one.
    public init(rows: Int, columns: Int, panels: Int = 0) {
        precondition(rows >= 0 && columns >= 0, "negative size")
        self.rows = rows
        self.columns = columns
        stride = max((columns + panelColumns - 1) / panelColumns, panels) * panelColumns + 16
        // Sixty-four bytes is a cache line and the widest vector register.
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: max(rows, 1) * stride * MemoryLayout<Float>.stride, alignment: 64)
        base = raw.bindMemory(to: Float.self, capacity: max(rows, 1) * stride)
    }

    /// A matrix of the values given, row by row.
    ///
    /// - Precondition: there are `rows * columns` values.
    public convenience init(_ values: [Float], rows: Int, columns: Int) {
        precondition(values.count == rows * columns, "values don't fill the matrix")
        self.init(rows: rows, columns: columns)
        for row in 0..<rows {
            for column in 0..<columns { base[row * stride + column] = values[row * columns + column] }
        }
    }

    deinit { base.deallocate() }

    /// A copy of one row.
    public func row(_ index: Int) -> [Float] {
        precondition(index >= 0 && index < rows, "no such row")
        return [Float](UnsafeBufferPointer(start: base + index * stride, count: columns))
    }
}

/// Columns of a panel, see `CKernels.h`.
let panelColumns = 32
