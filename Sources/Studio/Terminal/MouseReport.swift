import Screen

/// What a report of the mouse says.
enum MouseReport {
    /// Of an SGR report, `CSI < code ; x ; y M`, or `m` where a button was let go. nil where it is none
    /// that means something here: the wheel sideways, a fourth button, a motion with no button down.
    static func event(_ body: ArraySlice<UInt8>, final: UInt8) -> MouseEvent? {
        guard final == UInt8(ascii: "M") || final == UInt8(ascii: "m") else { return nil }
        guard let fields = Parameters(body), fields.count == 3 else { return nil }
        guard let code = fields[0], let x = fields[1], let y = fields[2] else { return nil }
        return event(code, x: x, y: y, isRelease: final == UInt8(ascii: "m"))
    }

    /// Of an old report's three bytes, each 32 above its number. It does not say which button was let go.
    static func event(old bytes: ArraySlice<UInt8>) -> MouseEvent? {
        let numbers = bytes.map { Int($0) - 32 }
        guard numbers.count == 3 else { return nil }
        let isRelease = numbers[0] & 0b1110_0011 == 3
        return event(isRelease ? numbers[0] & ~3 : numbers[0], x: numbers[1], y: numbers[2], isRelease: isRelease)
    }

    private static func event(_ code: Int, x: Int, y: Int, isRelease: Bool) -> MouseEvent? {
        // No window is larger, and 128 marks the buttons beside the thumb.
        guard (1...65_535).contains(x), (1...65_535).contains(y), code < 128 else { return nil }
        let isWheel = code & 64 != 0
        let kind: MouseEvent.Kind
        let button: MouseEvent.Button
        switch code & 3 {
        case 0: (kind, button) = (isWheel ? .scrollUp : .press, .left)
        case 1: (kind, button) = isWheel ? (.scrollDown, .left) : (.press, .middle)
        case 2 where !isWheel: (kind, button) = (.press, .right)
        default: return nil
        }
        if isWheel, isRelease { return nil }
        let isDrag = !isWheel && code & 32 != 0
        return MouseEvent(
            kind: isRelease ? .release : isDrag ? .drag : kind, x: x - 1, y: y - 1, button: button,
            shift: code & 4 != 0, alt: code & 8 != 0, control: code & 16 != 0)
    }
}
