internal import CKernels

/// How a weight's numbers are stored. All little-endian.
public enum ElementType: String, Sendable, CaseIterable {
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"

    public var size: Int { self == .float32 ? 4 : 2 }
}

/// A read-only matrix of floats, row by row; a vector is a matrix of one row.
///
/// 32-bit weights stay where the file is mapped. Sixteen-bit ones, and any the file doesn't align
/// to four bytes, are widened into memory once.
public struct Tensor: @unchecked Sendable {
    // Unchecked: `owner` keeps the memory alive and nobody writes to it after init.
    public let rows: Int
    public let columns: Int
    let base: UnsafePointer<Float>
    private let owner: AnyObject

    /// The matrix [rows, columns] stored as `type` at byte `offset` of `file`, which must hold it.
    public init(file: MappedFile, offset: Int, type: ElementType, rows: Int, columns: Int) {
        let count = rows * columns
        precondition(
            offset >= 0 && rows >= 0 && columns >= 0 && offset + count * type.size <= file.count,
            "tensor outside the file")
        self.rows = rows
        self.columns = columns
        let start = file.base + offset
        if type == .float32, Int(bitPattern: start) % MemoryLayout<Float>.alignment == 0 {
            base = start.assumingMemoryBound(to: Float.self)
            owner = file
            return
        }
        let copy = Activations(rows: rows, columns: columns)
        let bytes = start.assumingMemoryBound(to: UInt8.self)
        switch type {
        case .float32: UnsafeMutableRawPointer(copy.base).copyMemory(from: start, byteCount: count * 4)
        case .float16: lh_widen_f16(copy.base, bytes, count)
        case .bfloat16: lh_widen_bf16(copy.base, bytes, count)
        }
        base = UnsafePointer(copy.base)
        owner = copy
    }

    /// A matrix of the values given, row by row.
    public init(_ values: [Float], rows: Int, columns: Int) {
        precondition(values.count == rows * columns, "values don't fill the matrix")
        self.rows = rows
        self.columns = columns
        let copy = Activations(rows: rows, columns: columns)
        for (index, value) in values.enumerated() { copy.base[index] = value }
        base = UnsafePointer(copy.base)
        owner = copy
    }

    public var values: [Float] { [Float](UnsafeBufferPointer(start: base, count: rows * columns)) }
}
