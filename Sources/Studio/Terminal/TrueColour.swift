import Screen

/// Colours of 24 bits through a curses that knows 256.
///
/// Each colour a theme uses gets one of the numbers from 16 on, which curses handles as it does any; in what curses
/// sends, `CursesOutputFilter` then replaces the numbers by the colours (`38;5;16` by `38;2;r;g;b`). In the same way the attribute
/// "invisible", which nothing here uses, stands for a wavy underline.
///
/// A theme's colours have 24 bits. This way is taken where the terminal can show them (`TerminalAbility`); elsewhere
/// `ColorMap` finds the nearest of 256, 16 or 8.
///
/// Limit: beyond 240 colours at a time a new one is shown as the nearest of those.
struct TrueColour: Sendable {
    private var slots: [(red: UInt8, green: UInt8, blue: UInt8)] = []
    private var numbers: [UInt32: Int32] = [:]
    private static let first = 16
    private static let most = 240

    /// The number under which curses knows a colour; -1 for the terminal's own.
    mutating func number(of color: Color) -> Int32 {
        let (red, green, blue): (UInt8, UInt8, UInt8)
        switch color {
        case .default: return -1
        case .indexed(let index) where index < Self.first: return Int32(index)
        case .indexed(let index): (red, green, blue) = ColorMap.components(of: index)
        case .rgb(let r, let g, let b): (red, green, blue) = (r, g, b)
        }
        let key = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
        if let known = numbers[key] { return known }
        let slot: Int
        if slots.count < Self.most {
            slot = slots.count
            slots.append((red, green, blue))
        } else {
            func distance(_ index: Int) -> Int {
                let r = Int(slots[index].red) - Int(red)
                let g = Int(slots[index].green) - Int(green)
                let b = Int(slots[index].blue) - Int(blue)
                return r * r * 3 + g * g * 4 + b * b * 2
            }
            slot = slots.indices.min { distance($0) < distance($1) } ?? 0
        }
        numbers[key] = Int32(Self.first + slot)
        return Int32(Self.first + slot)
    }

    /// The colour that a number of curses stands for.
    func meant(_ colour: Pen.Colour) -> Pen.Colour {
        guard case .indexed(let index) = colour, Int(index) >= Self.first,
            slots.indices.contains(Int(index) - Self.first)
        else { return colour }
        let slot = slots[Int(index) - Self.first]
        return .rgb(slot.red, slot.green, slot.blue)
    }
}
