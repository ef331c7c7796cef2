/// What a mouse did, in cells from the top left corner.
public struct MouseEvent: Sendable, Hashable {
    /// What was done.
    public enum Kind: Sendable, Hashable, CaseIterable {
        /// `doublePress` and `triplePress` are the second and third press of a button in one place.
        case press, release, drag, doublePress, triplePress, scrollUp, scrollDown
    }

    /// The buttons that terminals report.
    public enum Button: Sendable, Hashable, CaseIterable {
        case left, middle, right
    }

    /// What the mouse did.
    public var kind: Kind
    /// The column, from 0 at the left edge.
    public var x: Int
    /// The row, from 0 at the top.
    public var y: Int
    /// Which button; `.left` for the wheel, which has none.
    public var button: Button
    /// Shift was held.
    public var shift: Bool
    /// Alt was held.
    public var alt: Bool
    /// Ctrl was held.
    public var control: Bool

    /// The left button with no key held, as far as nothing else is given.
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
    /// A bracketed paste, made `pasteable`.
    case paste(String)
    case mouse(MouseEvent)
    /// The new size, in cells.
    case resize(width: Int, height: Int)
    case focusIn
    case focusOut
}

extension TerminalEvent {
    /// Pasted text with its line ends made one kind and its control characters left out.
    public static func pasteable(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0D: result.append("\n")
            case 0x0A: if !afterReturn { result.append("\n") }
            case 0x09: result.append("\t")
            case 0x00..<0x20, 0x7F..<0xA0: break
            default: result.append(scalar)
            }
            afterReturn = scalar.value == 0x0D
        }
        return String(result)
    }
}
