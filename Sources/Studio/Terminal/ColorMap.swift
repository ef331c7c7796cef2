import Screen

/// What a terminal can show of a colour.
///
/// Without colours every role of a theme is told by attributes and signs.
struct ColorMap: Sendable {
    /// 0, 8, 16, 256, or more where colours are sent directly.
    let available: Int

    /// The curses number of a colour; -1 for the terminal's own.
    func number(of color: Color) -> Int32 {
        guard available >= 8 else { return -1 }
        switch color {
        case .default: return -1
        case .indexed(let index):
            if Int(index) < available { return Int32(index) }
            let (red, green, blue) = Self.components(of: index)
            return nearest(red, green, blue)
        case .rgb(let red, let green, let blue): return nearest(red, green, blue)
        }
    }

    private func nearest(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int32 {
        if available >= 256 { return Int32(Self.nearestOf256(red, green, blue)) }
        let count = UInt8(min(available, 16))
        // Between black and white lies yellow, as far as distance knows; a grey must stay one.
        let isGrey = max(red, green, blue) - min(red, green, blue) < 24
        let candidates = isGrey ? Self.neutral.filter { $0 < count } : Array(0..<count)
        return Int32(candidates.min { Self.distance($0, red, green, blue) < Self.distance($1, red, green, blue) } ?? 7)
    }

    /// Black, white and the greys of the first sixteen.
    private static let neutral: [UInt8] = [0, 7, 8, 15]

    private static func distance(_ index: UInt8, _ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
        let (r, g, b) = components(of: index)
        return squared(r, red) * 3 + squared(g, green) * 4 + squared(b, blue) * 2
    }

    private static func squared(_ a: UInt8, _ b: UInt8) -> Int {
        let difference = Int(a) - Int(b)
        return difference * difference
    }

    private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

    private static func nearestOf256(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
        func level(_ value: UInt8) -> Int {
            levels.indices.min { squared(levels[$0], value) < squared(levels[$1], value) } ?? 0
        }
        let cube = UInt8(16 + 36 * level(red) + 6 * level(green) + level(blue))
        // The grey at the least distance lies at the mean that is weighted as the distance is.
        let mean = (Int(red) * 3 + Int(green) * 4 + Int(blue) * 2) / 9
        let grey = UInt8(232 + min(23, max(0, (mean - 3) / 10)))
        return distance(grey, red, green, blue) < distance(cube, red, green, blue) ? grey : cube
    }

    /// xterm's palette.
    static func components(of index: UInt8) -> (UInt8, UInt8, UInt8) {
        switch index {
        case 0..<16: return ansi[Int(index)]
        case 16..<232:
            let value = Int(index) - 16
            return (levels[value / 36], levels[value / 6 % 6], levels[value % 6])
        default:
            let grey = 8 + 10 * (index - 232)
            return (grey, grey, grey)
        }
    }

    private static let ansi: [(UInt8, UInt8, UInt8)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
        (255, 255, 255),
    ]
}
