import Screen

/// What the numbers and the last byte of a sequence say of the key that was pressed.
enum KeySequence {
    private static let shift = 1, alt = 2, control = 4

    /// The key of `CSI parameters final`; nil where there is none.
    static func control(_ final: UInt8, parameters: ArraySlice<UInt8>) -> Key? {
        guard let fields = Parameters(parameters), fields.count <= 3 else { return nil }
        // Terminals that tell when a key is let go do it by a third kind of event.
        guard fields[1, 1] != 3 else { return nil }
        let held = max(0, (fields[1] ?? 1) - 1)
        switch Character(UnicodeScalar(final)) {
        // The place of the cursor or another report, and no F1 to F4, whose first number is 1.
        case "P", "Q", "R", "S":
            guard fields[0] ?? 1 == 1 else { return nil }
            return lettered(final, held: held)
        case "~":
            if fields[0] == 27, let code = fields[2] { return character(code, held: held) }
            return numbered(fields[0] ?? 0, held: held)
        case "u":
            guard let code = fields[0] else { return nil }
            return character(code, held: held, shifted: fields[0, 1], text: fields[2])
        // rxvt's own.
        case "^": return numbered(fields[0] ?? 0, held: control)
        case "@": return numbered(fields[0] ?? 0, held: control | shift)
        case "a": return direction(.up, held: shift)
        case "b": return direction(.down, held: shift)
        case "c" where parameters.isEmpty: return direction(.right, held: shift)
        case "d" where parameters.isEmpty: return direction(.left, held: shift)
        default: return lettered(final, held: held)
        }
    }

    /// The key of rxvt's `CSI number $`, pressed with Shift; nil where this is no such key.
    static func shifted(_ parameters: ArraySlice<UInt8>) -> Key? {
        guard !parameters.isEmpty, parameters.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Parameters(parameters)?[0].flatMap { numbered($0, held: shift) }
    }

    /// The key of `ESC O final`.
    static func singleShift(_ final: UInt8, parameters: ArraySlice<UInt8>) -> Key? {
        guard let fields = Parameters(parameters), fields.count <= 2 else { return nil }
        let held = max(0, (fields[1] ?? fields[0] ?? 1) - 1)
        switch Character(UnicodeScalar(final)) {
        case "M": return .enter
        case "I": return .tab
        case " ": return .character(" ")
        case "X": return .character("=")
        // The keypad's digits and signs lie 64 above what is printed on them.
        case "j"..."y": return .character(Character(UnicodeScalar(final - 0x40)))
        // rxvt's, with Ctrl.
        case "a": return direction(.up, held: control)
        case "b": return direction(.down, held: control)
        case "c": return direction(.right, held: control)
        case "d": return direction(.left, held: control)
        default: return lettered(final, held: held)
        }
    }

    /// The key that a direction is with Alt; nil for other keys.
    static func withAlt(_ key: Key) -> Key? {
        switch key {
        case .up: .altArrow(.up)
        case .down: .altArrow(.down)
        case .left: .altArrow(.left)
        case .right: .altArrow(.right)
        case .home: .altArrow(.home)
        case .end: .altArrow(.end)
        case .pageUp: .altArrow(.pageUp)
        case .pageDown: .altArrow(.pageDown)
        case .shift(let direction): .altArrow(direction)
        case .controlArrow(let direction): .controlArrow(direction)
        case .controlShift(let direction): .controlShift(direction)
        default: nil
        }
    }

    private static func lettered(_ final: UInt8, held: Int) -> Key? {
        switch Character(UnicodeScalar(final)) {
        case "A": direction(.up, held: held)
        case "B": direction(.down, held: held)
        case "C": direction(.right, held: held)
        case "D": direction(.left, held: held)
        case "H": direction(.home, held: held)
        case "F": direction(.end, held: held)
        case "P": function(1, held: held)
        case "Q": function(2, held: held)
        case "R": function(3, held: held)
        case "S": function(4, held: held)
        case "Z": .backTab
        default: nil
        }
    }

    private static func numbered(_ number: Int, held: Int) -> Key? {
        switch number {
        case 1, 7: direction(.home, held: held)
        case 4, 8: direction(.end, held: held)
        case 2: .insert
        case 3: held & 7 == control ? .controlDelete : .delete
        case 5: direction(.pageUp, held: held)
        case 6: direction(.pageDown, held: held)
        case 11...15: function(number - 10, held: held)
        case 17...21: function(number - 11, held: held)
        case 23...24: function(number - 12, held: held)
        // The Linux console's and rxvt's F13 to F20, with the gaps of the VT220.
        case 25...26: .function(number - 12)
        case 28...29: .function(number - 13)
        case 31...34: .function(number - 14)
        default: nil
        }
    }

    /// Shift makes F13 to F24 of F1 to F12, as terminfo counts them.
    private static func function(_ number: Int, held: Int) -> Key {
        .function(number + (held & 7 == shift ? 12 : 0))
    }

    private static func direction(_ direction: Direction, held: Int) -> Key {
        switch held & 7 {
        case shift: return .shift(direction)
        case alt, alt | shift: return .altArrow(direction)
        case control, control | alt: return .controlArrow(direction)
        case control | shift, control | alt | shift: return .controlShift(direction)
        default: break
        }
        switch direction {
        case .up: return .up
        case .down: return .down
        case .left: return .left
        case .right: return .right
        case .home: return .home
        case .end: return .end
        case .pageUp: return .pageUp
        case .pageDown: return .pageDown
        }
    }

    /// The key told by its character's number, as `CSI u` and xterm's modifyOtherKeys do.
    ///
    /// Keys that are one and the same where terminals send plain bytes are so here.
    private static func character(_ code: Int, held: Int, shifted: Int? = nil, text: Int? = nil) -> Key? {
        // Super, Hyper and Meta belong to the desktop. Caps Lock and Num Lock say nothing.
        guard held & 0x38 == 0 else { return nil }
        let hasAlt = held & alt != 0
        switch code {
        case 27: return .escape
        case 13, 57_414: return hasAlt ? .altEnter : .enter
        case 9: return held & shift != 0 ? .backTab : .tab
        case 127, 8: return hasAlt ? .altBackspace : .backspace
        case 57_376...57_387: return .function(code - 57_376 + 13)
        case 0xE000...0xF8FF: return nil
        default: break
        }
        guard let scalar = scalar(code) else { return nil }
        if held & control != 0 { return controlled(scalar) }
        if hasAlt { return .alt(withShift(scalar, held, shifted)) }
        if let text { return Self.scalar(text).map { .character(Character($0)) } }
        return .character(withShift(scalar, held, shifted))
    }

    private static func scalar(_ code: Int) -> UnicodeScalar? {
        guard let value = UInt32(exactly: code), let scalar = UnicodeScalar(value), !scalar.isControl else {
            return nil
        }
        return scalar
    }

    private static func withShift(_ scalar: UnicodeScalar, _ held: Int, _ shifted: Int?) -> Character {
        guard held & shift != 0 else { return Character(scalar) }
        if let shifted = shifted.flatMap(Self.scalar) { return Character(shifted) }
        let upper = String(scalar).uppercased()
        return upper.count == 1 ? Character(upper) : Character(scalar)
    }

    private static func controlled(_ scalar: UnicodeScalar) -> Key? {
        switch scalar {
        case "[": .escape
        case "i", "I": .tab
        case "m", "M": .enter
        case "/": .control("_")
        case "A"..."Z": .control(Character(UnicodeScalar(UInt8(scalar.value) + 0x20)))
        case " ", "a"..."z", "\\", "]", "^", "_": .control(Character(scalar))
        default: nil
        }
    }
}

/// The numbers of a sequence: fields between `;`, each of one or more numbers between `:`.
struct Parameters {
    private var fields: [[Int?]] = [[nil]]

    var count: Int { fields.count }

    /// nil where the bytes are not numbers, or larger than any that means something.
    init?(_ bytes: ArraySlice<UInt8>) {
        var number: Int?
        for byte in bytes {
            switch byte {
            case 0x30...0x39:
                let value = (number ?? 0) * 10 + Int(byte) - 0x30
                guard value < 10_000_000 else { return nil }
                number = value
                fields[fields.count - 1][fields[fields.count - 1].count - 1] = value
            case UInt8(ascii: ";"):
                fields.append([nil])
                number = nil
            case UInt8(ascii: ":"):
                fields[fields.count - 1].append(nil)
                number = nil
            default: return nil
            }
        }
    }

    /// A number; nil where it is left out.
    subscript(field: Int, part: Int) -> Int? {
        guard fields.indices.contains(field), fields[field].indices.contains(part) else { return nil }
        return fields[field][part]
    }

    subscript(field: Int) -> Int? { self[field, 0] }
}
