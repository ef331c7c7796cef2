/// A colour as a terminal knows it. What the terminal cannot show, the terminal room degrades.
public enum Color: Sendable, Hashable {
    /// The terminal's own foreground or background.
    case `default`
    /// 0–15 are the ANSI colours, 16–231 the colour cube, 232–255 the greys.
    case indexed(UInt8)
    case rgb(UInt8, UInt8, UInt8)
}

/// How one cell looks.
///
/// One word: a screen has thousands of cells, which are copied and compared at every key. From the lowest
/// bit on: 26 bits of foreground, 26 of background, then the attributes.
public struct Style: Sendable, Hashable {
    private var bits: UInt64

    private static let colourBits: UInt64 = 26
    private static let colourMask: UInt64 = (1 << colourBits) - 1
    private static let attributeMask = ~(colourMask | colourMask << colourBits)

    init(
        foreground: Color = .default, background: Color = .default, bold: Bool = false,
        italic: Bool = false, underline: Bool = false, reverse: Bool = false, dim: Bool = false, curly: Bool = false
    ) {
        bits = foreground.packed | background.packed << Self.colourBits
        self.bold = bold
        self.italic = italic
        self.underline = underline
        self.reverse = reverse
        self.dim = dim
        self.curly = curly
    }

    /// The colour of the text.
    public var foreground: Color {
        get { Color(packed: bits & Self.colourMask) }
        set { bits = bits & ~Self.colourMask | newValue.packed }
    }
    /// The colour behind the text.
    public var background: Color {
        get { Color(packed: bits >> Self.colourBits & Self.colourMask) }
        set { bits = bits & ~(Self.colourMask << Self.colourBits) | newValue.packed << Self.colourBits }
    }
    /// Heavy, or brighter, as the terminal has it.
    public var bold: Bool {
        get { self[0] }
        set { self[0] = newValue }
    }
    /// Slanted.
    public var italic: Bool {
        get { self[1] }
        set { self[1] = newValue }
    }
    /// With a line below: a wavy one where `curly` is set too.
    public var underline: Bool {
        get { self[2] }
        set { self[2] = newValue }
    }
    /// Foreground and background change places.
    public var reverse: Bool {
        get { self[3] }
        set { self[3] = newValue }
    }
    /// Fainter than plain text.
    public var dim: Bool {
        get { self[4] }
        set { self[4] = newValue }
    }
    /// The underline is wavy where the terminal can draw it so.
    public var curly: Bool {
        get { self[5] }
        set { self[5] = newValue }
    }

    private subscript(attribute: UInt64) -> Bool {
        get { bits >> (2 * Self.colourBits + attribute) & 1 == 1 }
        set {
            let bit: UInt64 = 1 << (2 * Self.colourBits + attribute)
            bits = newValue ? bits | bit : bits & ~bit
        }
    }

    /// The terminal's own look.
    public static let plain = Style()

    /// This style with `other` laid over it: its colours where it names one, and its attributes
    /// added to these. A highlight (selection, match, cursor line) is laid over a text's style.
    public func overlaid(with other: Style) -> Style {
        var mask = Self.attributeMask
        if other.bits & Self.colourMask != 0 { mask |= Self.colourMask }
        if other.bits & Self.colourMask << Self.colourBits != 0 { mask |= Self.colourMask << Self.colourBits }
        var result = self
        result.bits = bits & (~mask | Self.attributeMask) | other.bits & mask
        return result
    }
}

extension Color {
    /// 26 bits: which case, then what it holds; the terminal's own is 0.
    fileprivate var packed: UInt64 {
        switch self {
        case .default: 0
        case .indexed(let index): 1 << 24 | UInt64(index)
        case .rgb(let red, let green, let blue): 2 << 24 | UInt64(red) << 16 | UInt64(green) << 8 | UInt64(blue)
        }
    }

    fileprivate init(packed: UInt64) {
        switch packed >> 24 {
        case 0: self = .default
        case 1: self = .indexed(UInt8(truncatingIfNeeded: packed))
        default:
            self = .rgb(
                UInt8(truncatingIfNeeded: packed >> 16), UInt8(truncatingIfNeeded: packed >> 8),
                UInt8(truncatingIfNeeded: packed))
        }
    }
}

/// One cell of a `Grid`.
public struct Cell: Sendable, Hashable {
    /// One grapheme; empty for the trailing half of a wide grapheme, which lies in the cell before.
    public var text: String
    /// How the grapheme looks; both halves of a wide one look alike.
    public var style: Style

    init(text: String, style: Style) {
        self.text = text
        self.style = style
    }

    static let blank = Cell(text: " ", style: .plain)
}
