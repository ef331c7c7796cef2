import Diagnostics
import TextCore

/// One grapheme measured for cells, in one word: for text that is drawn again and again.
public struct Glyph: Sendable {
    /// The only scalar; 0 where the grapheme has several, or is none that may be shown as it is.
    public let scalar: UInt32
    /// 0, 1 or 2 columns.
    public let columns: Int32

    /// Measures a grapheme; what may not be shown as it is gets the scalar 0.
    public init(_ character: Character) {
        if let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7F {
            self.init(ascii: ascii)
            return
        }
        let text = String(character)
        let columns = DisplayWidth.of(character)
        let isOne = text.unicodeScalars.count == 1 && columns > 0 && terminalSafe(text) == text
        self.init(scalar: isOne ? text.unicodeScalars.first?.value ?? 0 : 0, columns: Int32(columns))
    }

    /// - Parameter ascii: a printable one.
    public init(ascii: UInt8) { self.init(scalar: UInt32(ascii), columns: 1) }

    private init(scalar: UInt32, columns: Int32) {
        self.scalar = scalar
        self.columns = columns
    }
}
