/// What curses sent, cut into what it does.
struct EscapeLexer: Sequence, IteratorProtocol {
    enum Piece: Equatable {
        /// Printable bytes.
        case text(Range<Int>)
        /// Parameters of an SGR sequence.
        case look(Range<Int>)
        /// To a row and a column, both from 0, however it is said.
        case move(Range<Int>, row: Int?, column: Int?)
        /// So many columns on, or back.
        case step(Range<Int>, columns: Int)
        /// Erases, inserts, repeats: paints in the look that is on and may leave the cursor anywhere.
        case painting(Range<Int>)
        /// A character set: `ESC ( B`, shift in.
        case characterSet(Range<Int>)
        case other(Range<Int>)
    }

    let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> Piece? {
        guard index < bytes.count else { return nil }
        let start = index
        switch bytes[index] {
        case 0x1B: return escape()
        case 0x20...0x7E, 0x80...:
            while index < bytes.count, bytes[index] >= 0x20, bytes[index] != 0x7F { index += 1 }
            return .text(start..<index)
        case 0x0D:
            index += 1
            return .move(start..<index, row: nil, column: 0)
        case 0x08:
            index += 1
            return .step(start..<index, columns: -1)
        case 0x0E, 0x0F:
            index += 1
            return .characterSet(start..<index)
        default:
            index += 1
            return .other(start..<index)
        }
    }

    private mutating func escape() -> Piece {
        let start = index
        index += 1
        guard index < bytes.count else { return .other(start..<index) }
        switch bytes[index] {
        case UInt8(ascii: "["): return control(from: start)
        case UInt8(ascii: "("), UInt8(ascii: ")"):
            index = Swift.min(index + 2, bytes.count)
            return .characterSet(start..<index)
        case UInt8(ascii: "M"):
            index += 1
            return .painting(start..<index)
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
            // A string, up to BEL or ESC \.
            while index < bytes.count, bytes[index] != 0x07, bytes[index] != 0x1B { index += 1 }
            index = Swift.min(bytes.count, index + (index < bytes.count && bytes[index] == 0x1B ? 2 : 1))
            return .other(start..<index)
        default:
            index += 1
            return .other(start..<index)
        }
    }

    private mutating func control(from start: Int) -> Piece {
        let first = index + 1
        index = first
        while index < bytes.count, (0x20...0x3F).contains(bytes[index]) { index += 1 }
        let parameters = first..<index
        guard index < bytes.count else { return .other(start..<index) }
        let final = bytes[index]
        index += 1
        let whole = start..<index
        let isPlain = bytes[parameters].allSatisfy { (0x30...0x3B).contains($0) }
        guard isPlain else { return .other(whole) }
        switch final {
        case UInt8(ascii: "m"): return .look(parameters)
        case UInt8(ascii: "H"), UInt8(ascii: "f"):
            let numbers = self.numbers(parameters)
            return .move(whole, row: (numbers.first ?? 1) - 1, column: (numbers.count > 1 ? numbers[1] : 1) - 1)
        case UInt8(ascii: "G"): return .move(whole, row: nil, column: (numbers(parameters).first ?? 1) - 1)
        case UInt8(ascii: "C"): return .step(whole, columns: numbers(parameters).first ?? 1)
        case UInt8(ascii: "D"): return .step(whole, columns: -(numbers(parameters).first ?? 1))
        case UInt8(ascii: "K"), UInt8(ascii: "J"), UInt8(ascii: "X"), UInt8(ascii: "@"), UInt8(ascii: "P"),
            UInt8(ascii: "L"), UInt8(ascii: "M"),
            UInt8(ascii: "S"), UInt8(ascii: "T"), UInt8(ascii: "b"):
            return .painting(whole)
        default: return .other(whole)
        }
    }

    /// Numbers between semicolons; an empty one and 0 are 1, as for the cursor.
    private func numbers(_ range: Range<Int>) -> [Int] {
        range.isEmpty
            ? []
            : bytes[range].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { word in
                Swift.max(1, word.prefix(6).reduce(0) { $0 * 10 + Int($1) - 0x30 })
            }
    }
}
