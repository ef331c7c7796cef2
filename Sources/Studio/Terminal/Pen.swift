/// The look in which a terminal writes: what its SGR sequences have come to.
struct Pen: Sendable, Equatable {
    enum Colour: Sendable, Equatable {
        case standard
        case indexed(UInt8)
        case rgb(UInt8, UInt8, UInt8)
    }

    var foreground = Colour.standard
    var background = Colour.standard
    /// SGR 1 to 9 that are on, by bit; 10 is the wavy underline.
    var attributes: UInt16 = 0

    static let curly: UInt16 = 1 << 10

    /// Takes the parameters of one SGR sequence, `1;38;5;179`.
    ///
    /// - Returns: false where there is one that isn't known here; the pen is of no use then.
    mutating func take(_ parameters: ArraySlice<UInt8>) -> Bool {
        if parameters.contains(UInt8(ascii: ":")) { return false }
        let words = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        var index = 0
        while index < words.count {
            guard let number = Self.number(words[index]) else { return false }
            index += 1
            switch number {
            case 0: self = Pen()
            case 1...9: attributes |= 1 << number
            case 22: attributes &= ~(1 << 1 | 1 << 2)
            case 24: attributes &= ~(1 << 4 | Self.curly)
            case 23, 25, 27, 28, 29: attributes &= ~(1 << (number - 20))
            case 30...37: foreground = .indexed(UInt8(number - 30))
            case 39: foreground = .standard
            case 40...47: background = .indexed(UInt8(number - 40))
            case 49: background = .standard
            case 90...97: foreground = .indexed(UInt8(number - 90 + 8))
            case 100...107: background = .indexed(UInt8(number - 100 + 8))
            case 38, 48:
                guard index + 1 < words.count, Self.number(words[index]) == 5,
                    let colour = Self.number(words[index + 1]), colour < 256
                else { return false }
                index += 2
                if number == 38 { foreground = .indexed(UInt8(colour)) } else { background = .indexed(UInt8(colour)) }
            default: return false
            }
        }
        return true
    }

    /// A decimal number of at most three digits; none is 0.
    private static func number(_ word: ArraySlice<UInt8>) -> Int? {
        guard word.count <= 3 else { return nil }
        var value = 0
        for byte in word {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    /// The shortest sequence that makes this pen of `other`; of one that isn't known where it is nil.
    func sequence(from other: Pen?) -> [UInt8] {
        if let other, other == self { return [] }
        let anew = ["0"] + attributeCodes(beyond: 0) + colourCodes(from: Pen())
        let words: [String]
        // What is on can be told to go by one code alone only in some terminals: then all is said anew.
        if let other, other.attributes & ~attributes == 0 {
            let further = attributeCodes(beyond: other.attributes) + colourCodes(from: other)
            words =
                further.reduce(0) { $0 + $1.utf8.count + 1 } <= anew.reduce(0) { $0 + $1.utf8.count + 1 }
                ? further : anew
        } else {
            words = anew
        }
        let parameters = words == ["0"] ? "" : words.joined(separator: ";")
        return [0x1B, UInt8(ascii: "[")] + parameters.utf8 + [UInt8(ascii: "m")]
    }

    private func attributeCodes(beyond known: UInt16) -> [String] {
        var codes = (1...9).filter { attributes & ~known & 1 << $0 != 0 }.map { String($0) }
        if attributes & ~known & Self.curly != 0 { codes.append("4:3") }
        return codes
    }

    private func colourCodes(from other: Pen) -> [String] {
        (foreground == other.foreground ? [] : [foreground.code(30)])
            + (background == other.background ? [] : [background.code(40)])
    }
}

extension Pen.Colour {
    /// - Parameter base: 30 for the foreground, 40 for the background.
    fileprivate func code(_ base: Int) -> String {
        switch self {
        case .standard: "\(base + 9)"
        case .indexed(let index) where index < 8: "\(base + Int(index))"
        case .indexed(let index) where index < 16: "\(base + 60 + Int(index) - 8)"
        case .indexed(let index): "\(base + 8);5;\(index)"
        case .rgb(let red, let green, let blue): "\(base + 8);2;\(red);\(green);\(blue)"
        }
    }
}
