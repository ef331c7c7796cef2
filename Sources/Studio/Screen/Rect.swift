/// A place on the screen: columns from the left, rows from the top, both from 0.
public struct Position: Sendable, Hashable {
    /// The column, from 0 at the left edge.
    public var x: Int
    /// The row, from 0 at the top.
    public var y: Int

    /// The place may lie outside of every grid.
    public init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }
}

/// A rectangle of cells. A width or height below zero is taken as zero.
public struct Rect: Sendable, Hashable {
    /// The leftmost column.
    public var x: Int
    /// The topmost row.
    public var y: Int
    /// In columns.
    public var width: Int
    /// In rows.
    public var height: Int

    /// A negative width or height becomes 0.
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    /// The first column to the right of the rectangle.
    public var maxX: Int { x + width }
    /// The first row below the rectangle.
    public var maxY: Int { y + height }
    var isEmpty: Bool { width <= 0 || height <= 0 }

    /// Whether the cell in that column and row is in the rectangle.
    public func contains(x px: Int, y py: Int) -> Bool {
        px >= x && px < maxX && py >= y && py < maxY
    }

    /// The rectangle with `dx` columns taken off both sides and `dy` rows off top and bottom.
    public func inset(dx: Int, dy: Int) -> Rect {
        Rect(x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy)
    }

    /// The part from the row `y` on down.
    public func rows(from y: Int) -> Rect {
        Rect(x: x, y: y, width: width, height: max(0, maxY - y))
    }

    /// The cells both rectangles cover; empty when they do not meet.
    public func intersection(_ other: Rect) -> Rect {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Rect(
            x: left, y: top,
            width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
    }
}
