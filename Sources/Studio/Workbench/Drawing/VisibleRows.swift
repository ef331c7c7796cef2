/// Which of a list's rows are on the screen, in a place of any height, none included.
enum VisibleRows {
    /// Those around the chosen one, which is in the middle where the list's ends allow it.
    static func around(_ selected: Int, of count: Int, height: Int) -> Range<Int> {
        from(selected - height / 2, of: count, height: height)
    }

    /// Those from `top` on, or the last ones where that is too far down.
    static func from(_ top: Int, of count: Int, height: Int) -> Range<Int> {
        let height = min(max(0, height), count)
        let first = min(max(0, top), count - height)
        return first..<first + height
    }
}
