import Screen

extension Key {
    /// Where the key leads in a list from which one is chosen while something is typed above it: by one row around the ends, or
    /// by a page up to them.
    ///
    /// - Returns: the row, from 0; nil for a key that leads nowhere in a list.
    func choice(from selected: Int, of count: Int, page: Int = 10) -> Int? {
        let last = max(0, count - 1)
        return switch self {
        case .up, .control("p"), .backTab: selected > 0 ? selected - 1 : last
        case .down, .control("n"), .tab: selected < last ? selected + 1 : 0
        case .pageUp: max(0, selected - page)
        case .pageDown: min(last, selected + page)
        default: nil
        }
    }
}
