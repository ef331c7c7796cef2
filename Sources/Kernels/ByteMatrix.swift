internal import CKernels

/// Vectors rounded to bytes, a quarter of the memory to read, with what rounding may have cost each.
///
/// Row r stands for x̂ = scale · bytes. For any query q with its own rounding q̂, the inner product is
/// x·q = x̂·q̂ + (x - x̂)·q + x̂·(q - q̂), and the last two are at most |x - x̂|·|q| + |x̂|·|q - q̂| (Cauchy and
/// Schwarz). So a search of bytes can tell which rows can't be among the nearest.
public struct ByteMatrix: Sendable {
    /// An inner product that isn't known exactly.
    public struct Estimate: Sendable {
        public var row: Int
        public var value: Float
        /// How far the exact one may be from it.
        public var error: Float
    }

    private struct Rounded: Sendable {
        var scale: Float
        /// |x̂|
        var length: Float
        /// |x - x̂|
        var loss: Float
    }

    public let dimension: Int
    public private(set) var count = 0
    private let stride: Int
    private var bytes: [Int8] = []
    private var rounded: [Rounded] = []

    /// Rows estimated together: their results stay in the first cache.
    private static let block = 512

    public init(_ matrix: VectorMatrix) {
        dimension = matrix.dimension
        stride = (matrix.dimension + 63) / 64 * 64
        bytes.reserveCapacity(matrix.count * stride)
        rounded.reserveCapacity(matrix.count)
        for row in 0..<matrix.count {
            let (bytes, rounded) = Self.round(matrix.row(row), stride: stride)
            self.bytes += bytes
            self.rounded.append(rounded)
        }
        count = matrix.count
    }

    private static func round(_ vector: [Float], stride: Int) -> ([Int8], Rounded) {
        var bytes = [Int8](repeating: 0, count: stride)
        let scale = vector.isEmpty ? 0 : lh_round_to_bytes(&bytes, vector, vector.count)
        var length: Float = 0
        var loss: Float = 0
        for (index, value) in vector.enumerated() {
            let near = Float(bytes[index]) * scale
            length += near * near
            loss += (value - near) * (value - near)
        }
        return (bytes, Rounded(scale: scale, length: length.squareRoot(), loss: loss.squareRoot()))
    }

    /// Calls `body` with an estimate of each row's inner product with `query`, in the order of rows.
    public func forEachEstimate(_ query: [Float], _ body: (Estimate) -> Void) {
        precondition(query.count == dimension, "shapes don't fit")
        let (near, own) = Self.round(query, stride: stride)
        let length = query.reduce(0) { $0 + $1 * $1 }.squareRoot()
        var dots = [Int32](repeating: 0, count: Self.block)
        for start in Swift.stride(from: 0, to: count, by: Self.block) {
            let rows = min(Self.block, count - start)
            bytes.withUnsafeBufferPointer { bytes in
                guard let base = bytes.baseAddress else { return }
                lh_dot_bytes(base + start * stride, stride, rows, near, dimension, &dots)
            }
            for index in 0..<rows {
                let row = rounded[start + index]
                let value = Float(dots[index]) * row.scale * own.scale
                // And what sums of floats themselves may be off by.
                let error = row.loss * length + row.length * own.loss + 1e-5 * length * (row.length + row.loss)
                body(Estimate(row: start + index, value: value, error: error))
            }
        }
    }
}
