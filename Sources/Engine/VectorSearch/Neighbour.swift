/// A row of an index and its inner product with the query.
public struct Neighbour: Sendable, Equatable {
    /// The row's number in its `VectorTable`.
    public var row: Int
    /// The inner product; for vectors of length one the cosine, from -1 to 1.
    public var similarity: Float

    /// A row with its inner product.
    public init(row: Int, similarity: Float) {
        self.row = row
        self.similarity = similarity
    }

    /// Nearer first; of equals, the earlier row.
    public static func isNearer(_ a: Neighbour, _ b: Neighbour) -> Bool {
        a.similarity != b.similarity ? a.similarity > b.similarity : a.row < b.row
    }
}
