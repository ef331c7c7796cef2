import Foundation

/// Vectors as the database keeps them: 32-bit floats, little-endian.
package enum VectorCoding {
    /// Four bytes for each number of `vector`.
    package static func data(_ vector: [Float]) -> Data {
        var bytes = Data(capacity: vector.count * 4)
        for value in vector {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// nil when the length is not `dimension` floats.
    package static func vector(_ data: Data, dimension: Int) -> [Float]? {
        guard data.count == dimension * 4 else { return nil }
        return data.withUnsafeBytes { bytes in
            (0..<dimension).map { i in
                Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: i * 4, as: UInt32.self)))
            }
        }
    }

    /// `vector` with length one; a zero vector stays zero, nil when a value is not finite.
    package static func normalized(_ vector: [Float]) -> [Float]? {
        var sum: Float = 0
        for value in vector { sum += value * value }
        guard sum.isFinite else { return nil }
        guard sum > 0 else { return vector }
        let scale = 1 / sum.squareRoot()
        return vector.map { $0 * scale }
    }
}
