/// A row of an index and its inner product with the query.
public struct Neighbour: Sendable, Equatable {
    public var row: Int
    public var similarity: Float

    public init(row: Int, similarity: Float) {
        self.row = row
        self.similarity = similarity
    }

    /// Nearer first; of equals, the earlier row.
    public static func isNearer(_ a: Neighbour, _ b: Neighbour) -> Bool {
        a.similarity != b.similarity ? a.similarity > b.similarity : a.row < b.row
    }
}
