internal import CKernels

/// Vectors of one length, one after the other: [count, dimension].
public struct VectorMatrix: Sendable {
    public let dimension: Int
    public private(set) var count = 0
    private var values: [Float] = []

    public init(dimension: Int, capacity: Int = 0) {
        precondition(dimension >= 0, "negative size")
        self.dimension = dimension
        values.reserveCapacity(capacity * dimension)
    }

    /// Appends a row; what is missing of `dimension` is zero.
    public mutating func append(_ vector: [Float]) {
        let part = vector.prefix(dimension)
        values.append(contentsOf: part)
        if part.count < dimension { values.append(contentsOf: repeatElement(0, count: dimension - part.count)) }
        count += 1
    }

    public func row(_ index: Int) -> [Float] { Array(values[index * dimension..<(index + 1) * dimension]) }

    /// The inner product of a row and `query`, which has `dimension` numbers.
    public func dot(_ row: Int, _ query: [Float]) -> Float {
        precondition(row >= 0 && row < count && query.count == dimension, "shapes don't fit")
        return values.withUnsafeBufferPointer { values in
            query.withUnsafeBufferPointer { query in
                guard let start = values.baseAddress, let other = query.baseAddress else { return 0 }
                return lh_dot(start + row * dimension, other, dimension)
            }
        }
    }

    /// The inner product of two rows.
    public func dot(_ a: Int, _ b: Int) -> Float {
        precondition(a >= 0 && a < count && b >= 0 && b < count, "no such row")
        return values.withUnsafeBufferPointer { values in
            guard let start = values.baseAddress else { return 0 }
            return lh_dot(start + a * dimension, start + b * dimension, dimension)
        }
    }
}
