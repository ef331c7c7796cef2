import Screen

/// Colours of 24 bits through a curses that knows 256.
///
/// Each colour a theme uses gets one of the numbers from 16 on, which curses handles as it does any; in what curses
/// sends, the numbers are then replaced by the colours (`38;5;16` by `38;2;r;g;b`). In the same way the attribute
/// "invisible", which nothing here uses, stands for a wavy underline.
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

    /// What curses sent, with the colours themselves. Everything else is passed on as it is.
    func translated(_ bytes: [UInt8], curly: Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 4)
        var i = 0
        while i < bytes.count {
            guard bytes[i] == 0x1B, i + 1 < bytes.count, bytes[i + 1] == UInt8(ascii: "[") else {
                result.append(bytes[i])
                i += 1
                continue
            }
            var end = i + 2
            while end < bytes.count, (0x30...0x3B).contains(bytes[end]) { end += 1 }
            if end < bytes.count, bytes[end] == UInt8(ascii: "m") {
                let words = bytes[(i + 2)..<end].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
                result += [0x1B, UInt8(ascii: "[")] + parameters(words.map { String(decoding: $0, as: UTF8.self) }, curly).utf8 + [UInt8(ascii: "m")]
                i = end + 1
            } else {
                result += bytes[i..<min(end, bytes.count)]
                i = end
            }
        }
        return result
    }

    private func parameters(_ words: [String], _ curly: Bool) -> String {
        var result: [String] = []
        var i = 0
        while i < words.count {
            if words[i] == "38" || words[i] == "48", i + 2 < words.count, words[i + 1] == "5" {
                if let number = Int(words[i + 2]), slots.indices.contains(number - Self.first) {
                    let slot = slots[number - Self.first]
                    result += [words[i], "2", String(slot.red), String(slot.green), String(slot.blue)]
                } else {
                    result += words[i...(i + 2)]
                }
                i += 3
                continue
            }
            result.append(curly && words[i] == "8" ? "4:3" : words[i])
            i += 1
        }
        return result.joined(separator: ";")
    }
}
