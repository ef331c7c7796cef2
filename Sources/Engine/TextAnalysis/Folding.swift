import Foundation

/// Writes a text as full-text search compares it: lower case, without accents, in one form of each character.
///
/// Compatibility forms become the plain ones (full-width Ａ, half-width ｶﾞ, the ligature ﬁ), accents of Latin and Greek
/// letters go, as do points of Hebrew and Arabic and characters without width. What makes another letter stays:
/// the marks of kana and of Indian scripts, the breve of й.
package enum Folding {
    /// The folded form of a text; O(n), and quick for ASCII.
    package static func fold(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        var folded = String.UnicodeScalarView()
        var isShortI = false
        for scalar in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            if isDropped(scalar) {
                if isShortI, scalar.value == 0x306 { folded.append(scalar) }
                continue
            }
            isShortI = scalar == "и"
            if let letters = letters[scalar] {
                folded.append(contentsOf: letters.unicodeScalars)
            } else {
                folded.append(scalar)
            }
        }
        return String(folded).precomposedStringWithCanonicalMapping
    }

    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00AD, 0x0300...0x036F, 0x0591...0x05BD, 0x05BF, 0x05C1...0x05C2, 0x05C4...0x05C5, 0x05C7, 0x0640,
            0x064B...0x065F, 0x0670, 0x200B...0x200F, 0x2060, 0xFE00...0xFE0F, 0xFEFF:
            true
        default: false
        }
    }

    /// Letters that have no decomposition.
    private static let letters: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ŧ": "t",
        "þ": "th",
        "ς": "σ",
    ]
}
