/// A colour as a terminal knows it. What the terminal cannot show, the terminal room degrades.
public enum Color: Sendable, Hashable {
    /// The terminal's own foreground or background.
    case `default`
    /// 0–15 are the ANSI colours, 16–231 the colour cube, 232–255 the greys.
    case indexed(UInt8)
    case rgb(UInt8, UInt8, UInt8)
}

/// How one cell looks.
public struct Style: Sendable, Hashable {
    public var foreground: Color
    public var background: Color
    public var bold: Bool
    public var italic: Bool
    public var underline: Bool
    public var reverse: Bool
    public var dim: Bool
    /// The underline is wavy where the terminal can draw it so.
    public var curly: Bool

    public init(
        foreground: Color = .default, background: Color = .default, bold: Bool = false,
        italic: Bool = false, underline: Bool = false, reverse: Bool = false, dim: Bool = false, curly: Bool = false
    ) {
        self.foreground = foreground
        self.background = background
        self.bold = bold
        self.italic = italic
        self.underline = underline
        self.reverse = reverse
        self.dim = dim
        self.curly = curly
    }

    /// The terminal's own look.
    public static let plain = Style()

    /// This style with `other` laid over it: its colours where it names one, and its attributes
    /// added to these. A highlight (selection, match, cursor line) is laid over a text's style.
    public func overlaid(with other: Style) -> Style {
        Style(
            foreground: other.foreground == .default ? foreground : other.foreground,
            background: other.background == .default ? background : other.background,
            bold: bold || other.bold, italic: italic || other.italic,
            underline: underline || other.underline, reverse: reverse || other.reverse,
            dim: dim || other.dim, curly: curly || other.curly)
    }
}

/// One cell of a `Grid`.
public struct Cell: Sendable, Hashable {
    /// One grapheme; empty for the trailing half of a wide grapheme, which lies in the cell before.
    public var text: String
    public var style: Style

    public init(text: String, style: Style) {
        self.text = text
        self.style = style
    }

    public static let blank = Cell(text: " ", style: .plain)
}
