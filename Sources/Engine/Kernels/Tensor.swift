internal import CKernels

/// How a weight's numbers are stored. All little-endian.
public enum ElementType: String, Sendable, CaseIterable {
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"

    /// Bytes of one number: 2 or 4.
    public var size: Int { self == .float32 ? 4 : 2 }

    var code: lh_type {
        switch self {
        case .float32: LH_F32
        case .float16: LH_F16
        case .bfloat16: LH_BF16
        }
    }
}

/// A read-only matrix of stored numbers, row by row, where the file is mapped; a vector is a matrix of
/// one row. Whoever computes with it widens or packs what is needed.
public struct Tensor: @unchecked Sendable {
    // Unchecked: `owner` keeps the memory alive and nobody writes to it after init.
    /// The matrix's rows.
    public let rows: Int
    /// The matrix's columns: rows lie one after the other without room between them.
    public let columns: Int
    /// How the numbers are stored.
    public let type: ElementType
    let base: UnsafeRawPointer
    private let owner: AnyObject

    /// The matrix [rows, columns] stored as `type` at byte `offset` of `file`, which must hold it.
    public init(file: MappedFile, offset: Int, type: ElementType, rows: Int, columns: Int) {
        precondition(
            offset >= 0 && rows >= 0 && columns >= 0 && offset + rows * columns * type.size <= file.count,
            "tensor outside the file")
        self.rows = rows
        self.columns = columns
        self.type = type
        base = file.base + offset
        owner = file
    }

    /// A matrix of the values given, row by row.
    public init(_ values: [Float], rows: Int, columns: Int) {
        precondition(values.count == rows * columns, "values don't fill the matrix")
        self.rows = rows
        self.columns = columns
        type = .float32
        let copy = Activations(rows: 1, columns: values.count)
        for (index, value) in values.enumerated() { copy.base[index] = value }
        base = UnsafeRawPointer(copy.base)
        owner = copy
    }

    /// All numbers as floats, row by row.
    public var values: [Float] {
        [Float](unsafeUninitializedCapacity: rows * columns) { buffer, count in
            if let start = buffer.baseAddress { lh_widen(start, base, type.code, rows * columns) }
            count = rows * columns
        }
    }

    /// How many of the numbers are infinite or not numbers.
    public var unusableCount: Int { lh_count_unusable(base, type.code, rows * columns) }

    /// Where row `index` begins.
    func row(_ index: Int) -> UnsafeRawPointer { base + index * columns * type.size }

    /// Tells the system that the pages will not be read for a while, so that they stop counting as this
    /// program's memory. They come back from the file when they are read.
    public func letGo() {
        (owner as? MappedFile)?.letGo(from: base, count: rows * columns * type.size)
    }
}
