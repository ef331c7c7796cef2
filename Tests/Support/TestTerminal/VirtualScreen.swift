import TextCore

/// A terminal's screen, as the bytes a program sends would paint it: enough of xterm for what
/// ncurses sends with `TERM=xterm-256color`.
///
/// Colours are not kept; `isAlternate`, `wantsPaste` and `wantsMouse` are, so that a test can tell
/// whether a program left the terminal as it found it.
public struct VirtualScreen: Sendable {
    public let width: Int
    public let height: Int
    private var cells: [[String]]
    private var x = 0
    private var y = 0
    private var saved = (x: 0, y: 0)
    private var top = 0
    private var bottom: Int
    private var wrapPending = false
    private var pending: [UInt8] = []
    private var lastGrapheme = " "
    public private(set) var isAlternate = false
    public private(set) var wantsPaste = false
    public private(set) var wantsMouse = false
    public private(set) var isCursorVisible = true
    /// Sequences this screen does not know: a test holds that there are none.
    public private(set) var unknown: [String] = []

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
        bottom = height - 1
        cells = Array(repeating: Array(repeating: " ", count: width), count: height)
    }

    public var cursor: (x: Int, y: Int) { (x, y) }

    /// The rows, their ends trimmed.
    public var rows: [String] {
        cells.map { row in
            var text = row.joined()
            while text.hasSuffix(" ") { text.removeLast() }
            return text
        }
    }

    public var text: String { rows.joined(separator: "\n") }

    public mutating func feed(_ bytes: some Sequence<UInt8>) {
        pending += bytes
        var index = 0
        while index < pending.count {
            guard let next = consume(at: index) else { break }
            index = next
        }
        pending.removeFirst(index)
    }

    /// Takes one character or sequence; nil where it is not whole yet.
    private mutating func consume(at index: Int) -> Int? {
        let byte = pending[index]
        switch byte {
        case 0x1B: return escape(at: index)
        case 0x08: x = max(0, x - 1); wrapPending = false
        case 0x09: x = min(width - 1, (x / 8 + 1) * 8)
        case 0x0A: lineFeed()
        case 0x0D: x = 0; wrapPending = false
        case 0x00..<0x20: break
        default:
            let length = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
            guard index + length <= pending.count else { return nil }
            put(String(decoding: pending[index..<index + length], as: UTF8.self))
            return index + length
        }
        return index + 1
    }

    private mutating func put(_ scalar: String) {
        let width = DisplayWidth.of(scalar)
        guard width > 0 else {
            // A combining mark joins the cell before.
            let column = wrapPending ? x : max(0, x - 1)
            cells[y][column] += scalar
            return
        }
        if wrapPending || x + width > self.width {
            x = 0
            wrapPending = false
            lineFeed()
        }
        cells[y][x] = scalar
        if width == 2, x + 1 < self.width { cells[y][x + 1] = "" }
        lastGrapheme = scalar
        x += width
        if x >= self.width {
            x = self.width - 1
            wrapPending = true
        }
    }

    private mutating func lineFeed() {
        if y == bottom { scroll(up: 1) } else { y = min(height - 1, y + 1) }
    }

    private var blankRow: [String] { Array(repeating: " ", count: width) }

    private mutating func scroll(up count: Int) {
        for _ in 0..<min(count, bottom - top + 1) {
            cells.remove(at: top)
            cells.insert(blankRow, at: bottom)
        }
    }

    private mutating func scroll(down count: Int) {
        for _ in 0..<min(count, bottom - top + 1) {
            cells.remove(at: bottom)
            cells.insert(blankRow, at: top)
        }
    }

    private mutating func escape(at index: Int) -> Int? {
        guard index + 1 < pending.count else { return nil }
        switch pending[index + 1] {
        case UInt8(ascii: "["): return controlSequence(at: index + 2)
        case UInt8(ascii: "]"): return operatingSystemCommand(at: index + 2)
        case UInt8(ascii: "("), UInt8(ascii: ")"): return index + 2 < pending.count ? index + 3 : nil
        case UInt8(ascii: "7"): saved = (x, y)
        case UInt8(ascii: "8"): (x, y) = saved
        case UInt8(ascii: "M"): if y == top { scroll(down: 1) } else { y = max(0, y - 1) }
        case UInt8(ascii: "="), UInt8(ascii: ">"): break
        default: unknown.append("ESC \(pending[index + 1])")
        }
        return index + 2
    }

    private func operatingSystemCommand(at start: Int) -> Int? {
        var index = start
        while index < pending.count {
            if pending[index] == 0x07 { return index + 1 }
            if pending[index] == 0x1B, index + 1 < pending.count { return index + 2 }
            index += 1
        }
        return nil
    }

    private mutating func controlSequence(at start: Int) -> Int? {
        var index = start
        while index < pending.count, !(0x40...0x7E).contains(pending[index]) { index += 1 }
        guard index < pending.count else { return nil }
        let body = String(decoding: pending[start..<index], as: UTF8.self)
        obey(Character(UnicodeScalar(pending[index])), body)
        return index + 1
    }

    private mutating func obey(_ final: Character, _ body: String) {
        if body.hasPrefix("?") {
            for mode in body.dropFirst().split(separator: ";") { set(mode: String(mode), on: final == "h") }
            return
        }
        if body.hasPrefix(">") || body.hasSuffix(" ") || body.hasPrefix("!") { return }
        let numbers = body.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let first = max(1, numbers.first ?? 1)
        let erase = numbers.first ?? 0
        if final != "m" { wrapPending = false }
        switch final {
        case "H", "f":
            y = min(height - 1, first - 1)
            x = min(width - 1, max(1, numbers.count > 1 ? numbers[1] : 1) - 1)
        case "A": y = max(0, y - first)
        case "B": y = min(height - 1, y + first)
        case "C": x = min(width - 1, x + first)
        case "D": x = max(0, x - first)
        case "G": x = min(width - 1, first - 1)
        case "d": y = min(height - 1, first - 1)
        case "J": eraseDisplay(erase)
        case "K": eraseLine(erase)
        case "X": for column in x..<min(width, x + first) { cells[y][column] = " " }
        case "P":
            cells[y].removeSubrange(x..<min(width, x + first))
            cells[y] += Array(repeating: " ", count: width - cells[y].count)
        case "@":
            cells[y].insert(contentsOf: Array(repeating: " ", count: first), at: x)
            cells[y].removeLast(cells[y].count - width)
        case "L", "M":
            let region = top
            top = y
            if final == "L" { scroll(down: first) } else { scroll(up: first) }
            top = region
        case "S": scroll(up: first)
        case "T": scroll(down: first)
        case "b": for _ in 0..<first { put(lastGrapheme) }
        case "r":
            top = first - 1
            bottom = (numbers.count > 1 && numbers[1] > 0 ? numbers[1] : height) - 1
            (x, y) = (0, 0)
        case "m", "h", "l", "t", "n", "c", "u", "q": break
        default: unknown.append("CSI \(body)\(final)")
        }
    }

    private mutating func set(mode: String, on: Bool) {
        switch mode {
        case "1049", "47", "1047":
            isAlternate = on
            for row in cells.indices { cells[row] = blankRow }
        case "2004": wantsPaste = on
        case "1000", "1002", "1003": wantsMouse = on
        case "25": isCursorVisible = on
        default: break
        }
    }

    private mutating func eraseDisplay(_ how: Int) {
        switch how {
        case 0:
            eraseLine(0)
            for row in (y + 1)..<max(y + 1, height) { cells[row] = blankRow }
        case 1:
            eraseLine(1)
            for row in 0..<y { cells[row] = blankRow }
        default: for row in cells.indices { cells[row] = blankRow }
        }
    }

    private mutating func eraseLine(_ how: Int) {
        switch how {
        case 0: for column in x..<width { cells[y][column] = " " }
        case 1: for column in 0...x { cells[y][column] = " " }
        default: cells[y] = blankRow
        }
    }
}
