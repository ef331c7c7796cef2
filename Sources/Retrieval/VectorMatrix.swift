import Foundation

/// Vectors of one length, one after the other: [count, dimension], each row padded with zeros to
/// whole lanes of 8.
struct VectorMatrix: Sendable {
    typealias Lane = SIMD8<Float>

    let dimension: Int
    /// Lanes a row.
    let stride: Int
    private(set) var count = 0
    private var lanes: [Lane] = []

    init(dimension: Int, capacity: Int = 0) {
        self.dimension = dimension
        stride = max(1, (dimension + 7) / 8)
        lanes.reserveCapacity(capacity * stride)
    }

    /// Appends a row; what is missing of `dimension` is zero.
    mutating func append(_ vector: [Float]) {
        lanes.append(contentsOf: packed(vector))
        count += 1
    }

    /// `vector` in the layout of a row.
    func packed(_ vector: [Float]) -> [Lane] {
        var row = [Lane](repeating: .zero, count: stride)
        for (i, value) in vector.prefix(dimension).enumerated() { row[i >> 3][i & 7] = value }
        return row
    }

    func row(_ index: Int) -> ArraySlice<Lane> { lanes[index * stride..<(index + 1) * stride] }

    func dot(_ row: Int, _ query: [Lane]) -> Float {
        precondition(row < count && query.count == stride)
        return lanes.withUnsafeBufferPointer { lanes in
            query.withUnsafeBufferPointer { VectorMatrix.dot(lanes, row * stride, $0, 0, stride) }
        }
    }

    func dot(_ a: Int, _ b: Int) -> Float {
        precondition(a < count && b < count)
        return lanes.withUnsafeBufferPointer {
            VectorMatrix.dot($0, a * stride, $0, b * stride, stride)
        }
    }

    /// Two accumulators, so that an addition needn't wait for the one before it. Unsafe buffers:
    /// bounds checks would keep the loop from being vectorised; callers check once.
    private static func dot(
        _ a: UnsafeBufferPointer<Lane>, _ atA: Int, _ b: UnsafeBufferPointer<Lane>, _ atB: Int,
        _ count: Int
    ) -> Float {
        var even = Lane.zero
        var odd = Lane.zero
        var i = 0
        while i + 1 < count {
            even += a[atA + i] * b[atB + i]
            odd += a[atA + i + 1] * b[atB + i + 1]
            i += 2
        }
        if i < count { even += a[atA + i] * b[atB + i] }
        return (even + odd).sum()
    }
}

/// Vectors as the database keeps them: 32-bit floats, little-endian.
enum VectorCoding {
    static func data(_ vector: [Float]) -> Data {
        var bytes = Data(capacity: vector.count * 4)
        for value in vector {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// nil when the length is not `dimension` floats.
    static func vector(_ data: Data, dimension: Int) -> [Float]? {
        guard data.count == dimension * 4 else { return nil }
        return data.withUnsafeBytes { bytes in
            (0..<dimension).map { i in
                Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: i * 4, as: UInt32.self)))
            }
        }
    }

    /// `vector` with length one; a zero vector stays zero, nil when a value is not finite.
    static func normalized(_ vector: [Float]) -> [Float]? {
        var sum: Float = 0
        for value in vector { sum += value * value }
        guard sum.isFinite else { return nil }
        guard sum > 0 else { return vector }
        let scale = 1 / sum.squareRoot()
        return vector.map { $0 * scale }
    }
}
