/// What a mouse did, in cells from the top left corner.
public struct MouseEvent: Sendable, Hashable {
    public enum Kind: Sendable, Hashable, CaseIterable {
        case press, release, drag, doublePress, scrollUp, scrollDown
    }

    public enum Button: Sendable, Hashable, CaseIterable {
        case left, middle, right
    }

    public var kind: Kind
    public var x: Int
    public var y: Int
    /// Which button; `.left` for the wheel, which has none.
    public var button: Button
    public var shift: Bool
    public var alt: Bool
    public var control: Bool

    public init(
        kind: Kind, x: Int, y: Int, button: Button = .left, shift: Bool = false,
        alt: Bool = false, control: Bool = false
    ) {
        self.kind = kind
        self.x = x
        self.y = y
        self.button = button
        self.shift = shift
        self.alt = alt
        self.control = control
    }
}

/// Everything that can come from the terminal.
public enum TerminalEvent: Sendable, Hashable {
    case key(Key)
    /// A bracketed paste, as it came: line ends and control characters are the receiver's to judge.
    case paste(String)
    case mouse(MouseEvent)
    /// The new size, in cells.
    case resize(width: Int, height: Int)
    case focusIn
    case focusOut
}
