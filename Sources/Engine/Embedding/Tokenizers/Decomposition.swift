import Foundation

/// Canonical decomposition (NFD), which the standard library keeps to itself. The only use of
/// Foundation proper in this module.
enum Decomposition {
    /// Whether `scalar` might decompose. False for most of what people write, so that asking
    /// Foundation stays rare: Latin without accents, unified ideographs, emoji.
    static func mayDecompose(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0xC0, 0x3100..<0xA000, 0xD800..<0xF900, 0x1_F000..<0x2_F800, 0x3_0000...: false
        default: true
        }
    }

    static func decompose(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars
    }
}
