/// Says what curses says to the terminal in fewer bytes, and in the colours it means.
///
/// Curses ends each refresh in the terminal's plain look, says a look anew in full, and goes back to the caret by its
/// address. Here a look is only sent before something is painted in it, as the difference from the look that is on, which
/// stays on from one screen to the next. Where the caret is left and come back to, the terminal remembers the
/// place and the look (`ESC 7`, `ESC 8`). A key typed in a paragraph costs half the bytes, which counts over a slow line.
///
/// Curses refreshes into a file in memory (`curses.c`); what it wrote there is followed here, `Pen` by `Pen`, before
/// it goes to the terminal.
///
/// What isn't known here is passed on as it is. Limits: the place is remembered only between characters whose width no terminal doubts.
struct CursesOutputFilter: Sendable {
    /// What the numbers of colours mean; nil where they are the palette's.
    var trueColour: TrueColour?
    var curlyUnderline = false
    /// Whether the terminal remembers a place.
    let canSave: Bool

    /// What the terminal writes in; nil where that isn't known.
    private var actual: Pen?
    /// What curses takes it to write in.
    private var wanted = Pen()
    private var characterSet: [UInt8] = []
    private var shift: UInt8 = 0
    private var cursor: Place?

    private struct Place: Equatable {
        var row: Int
        var column: Int
    }

    init(trueColour: TrueColour? = nil, curlyUnderline: Bool = false, canSave: Bool = true) {
        self.trueColour = trueColour
        self.curlyUnderline = curlyUnderline
        self.canSave = canSave
    }

    /// Nothing is known of the terminal any more: another program had it.
    mutating func forget() {
        actual = nil
        cursor = nil
        characterSet = []
        shift = 0
    }

    /// - Parameters:
    ///   - bytes: all that one refresh sent.
    ///   - width: the columns of the screen.
    /// - Returns: bytes that leave the same screen behind.
    mutating func shortened(_ bytes: [UInt8], width: Int) -> [UInt8] {
        let pieces = Array(EscapeLexer(bytes))
        let plan = canSave ? savingPlan(pieces, bytes, width: width) : nil
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var saved: Pen?
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .text(let range):
                paint(&result)
                guard let plan, plan.piece == index else {
                    result += bytes[range]
                    break
                }
                result += bytes[range.lowerBound..<plan.byte]
                result += [0x1B, UInt8(ascii: "7")]
                saved = actual
                result += bytes[plan.byte..<range.upperBound]
            case .look(let parameters):
                var pen = wanted
                if pen.take(bytes[parameters]) {
                    wanted = pen
                } else {
                    // Unknown: it's sent in full, and the next look too.
                    paint(&result)
                    result += [0x1B, UInt8(ascii: "[")] + bytes[parameters] + [UInt8(ascii: "m")]
                    actual = nil
                }
            case .painting(let range):
                paint(&result)
                result += bytes[range]
            case .move(let range, _, _):
                if let plan, plan.back == index {
                    result += [0x1B, UInt8(ascii: "8")]
                    actual = saved
                } else {
                    result += bytes[range]
                }
            case .characterSet(let range): choose(Array(bytes[range]), &result)
            case .step(let range, _), .other(let range): result += bytes[range]
            }
        }
        return result
    }

    /// Brings the terminal to the look in which something is painted now.
    private mutating func paint(_ result: inout [UInt8]) {
        let pen = meant(wanted)
        result += pen.sequence(from: actual)
        actual = pen
    }

    private mutating func choose(_ sequence: [UInt8], _ result: inout [UInt8]) {
        if sequence.count == 1 {
            if shift != sequence[0] { result += sequence }
            shift = sequence[0]
        } else {
            if characterSet != sequence { result += sequence }
            characterSet = sequence
        }
    }

    /// A pen of curses with the colours and the wavy line that its numbers stand for.
    private func meant(_ pen: Pen) -> Pen {
        guard let trueColour else { return pen }
        var pen = pen
        pen.foreground = trueColour.meant(pen.foreground)
        pen.background = trueColour.meant(pen.background)
        let invisible: UInt16 = 1 << 8
        if curlyUnderline, pen.attributes & invisible != 0 { pen.attributes = pen.attributes & ~invisible | Pen.curly }
        return pen
    }

    // MARK: Remembering the caret's place

    /// Where in a piece of text the place is saved, and which move comes back to it.
    private struct SavingPlan {
        var piece: Int
        var byte: Int
        var back: Int
    }

    /// Follows the cursor through the pieces; looks for where it passes the place it comes to rest at.
    private mutating func savingPlan(_ pieces: [EscapeLexer.Piece], _ bytes: [UInt8], width: Int) -> SavingPlan? {
        let lastPaint = pieces.lastIndex { piece in
            switch piece {
            case .text, .painting: true
            default: false
            }
        }
        let goal = lastPaint.flatMap { Self.goal(behind: $0, pieces) }
        var plan: SavingPlan?
        var position = cursor
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .text(let range):
                guard let start = position else { break }
                if let goal, index <= lastPaint ?? 0, goal.position.row == start.row,
                    goal.position.column >= start.column,
                    let byte = Self.byte(after: goal.position.column - start.column, in: range, of: bytes)
                {
                    plan = SavingPlan(piece: index, byte: byte, back: goal.piece)
                }
                let columns = Self.columns(of: bytes[range])
                position = columns.flatMap {
                    start.column + $0 < width ? Place(row: start.row, column: start.column + $0) : nil
                }
            case .move(_, let row, let column):
                guard let row = row ?? position?.row, let column = column ?? position?.column else {
                    position = nil
                    break
                }
                position = Place(row: row, column: column)
            case .step(_, let columns): position?.column += columns
            case .look, .characterSet: break
            case .painting(let range):
                // Erasing stays where it is; what repeats or scrolls needn't.
                let final = bytes[range.upperBound - 1]
                if ![UInt8(ascii: "K"), UInt8(ascii: "X"), UInt8(ascii: "@"), UInt8(ascii: "P")].contains(final) {
                    position = nil
                }
            case .other(let range):
                // Showing and hiding the cursor moves nothing.
                let final = bytes[range.upperBound - 1]
                if final != UInt8(ascii: "h"), final != UInt8(ascii: "l") { position = nil }
            }
        }
        cursor = position
        return plan
    }

    /// Where the cursor comes to rest, if all that is left behind the last painting is one move and looks.
    private static func goal(behind lastPaint: Int, _ pieces: [EscapeLexer.Piece]) -> (position: Place, piece: Int)? {
        var goal: (position: Place, piece: Int)?
        for index in pieces.indices where index > lastPaint {
            switch pieces[index] {
            case .look, .characterSet: continue
            // A short address isn't worth remembering.
            case .move(let range, let row?, let column?) where goal == nil && range.count > 4:
                goal = (Place(row: row, column: column), index)
            default: return nil
            }
        }
        return goal
    }

    /// The columns of bytes that hold only printable ASCII, Han, kana, Hangul and full-width forms; nil for any other.
    private static func columns(of bytes: ArraySlice<UInt8>) -> Int? {
        var columns = 0
        return walk(bytes) {
            columns += $0; return true
        } ? columns : nil
    }

    /// The byte at which `columns` columns of `range` are written; nil where there is no such place, or no certain one.
    private static func byte(after columns: Int, in range: Range<Int>, of bytes: [UInt8]) -> Int? {
        var left = columns
        var byte = range.lowerBound
        guard left > 0 else { return byte }
        _ = walk(bytes[range]) { width in
            left -= width
            byte += width == 1 ? 1 : 3
            return left > 0
        }
        return left == 0 ? byte : nil
    }

    /// Calls `body` with the width of each character until it says false; false where one isn't certain.
    private static func walk(_ bytes: ArraySlice<UInt8>, _ body: (Int) -> Bool) -> Bool {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte < 0x80 {
                index += 1
                if !body(1) { return true }
                continue
            }
            guard index + 2 < bytes.endIndex, byte & 0xF0 == 0xE0 else { return false }
            let value =
                UInt32(byte & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
            switch value {
            case 0x3001...0x3029, 0x3030...0x303E, 0x3041...0x3096, 0x309B...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
                0xAC00...0xD7A3, 0xFF01...0xFF60:
                index += 3
                if !body(2) { return true }
            default: return false
            }
        }
        return true
    }
}
