/// Which scalars belong to Han, kana, Bopomofo and Hangul: the one table of them, by their values.
///
/// What counts as a character of such a script differs a little with what is asked; each question has its name here.
/// Elsewhere stand tables of other things: cells (`WidthTable`), line breaking (`BreakClass`), graphemes
/// (`LineBreaker`, `CharsMap`) and vim's own classes of characters (`VimCharacterKind`).
package enum EastAsianScripts {
    // MARK: Blocks

    /// CJK Unified Ideographs, which are nearly all of Chinese text.
    @inlinable package static var unifiedIdeographs: ClosedRange<UInt32> { 0x4E00...0x9FFF }
    /// Hangul syllables, which are nearly all of Korean text.
    @inlinable package static var hangulSyllables: ClosedRange<UInt32> { 0xAC00...0xD7A3 }
    /// CJK Symbols and Punctuation.
    @inlinable package static var punctuation: ClosedRange<UInt32> { 0x3000...0x303F }
    /// Hiragana and Katakana, their marks included.
    @inlinable package static var kanaBlocks: ClosedRange<UInt32> { 0x3040...0x30FF }
    /// ASCII and brackets as wide as an ideograph.
    @inlinable package static var fullWidthForms: ClosedRange<UInt32> { 0xFF01...0xFF60 }
    /// Halfwidth and Fullwidth Forms.
    @inlinable package static var halfAndFullWidthForms: ClosedRange<UInt32> { 0xFF00...0xFFEF }

    // MARK: Scripts

    /// Ideographs: the unified ones with Extension A, the compatibility ones, and planes 2 and 3, which hold nothing
    /// else.
    @inlinable package static func isHan(_ value: UInt32) -> Bool {
        switch value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }

    /// 々, 〆 and 〇, which stand among ideographs as one of them.
    @inlinable package static func isHanSign(_ value: UInt32) -> Bool { (0x3005...0x3007).contains(value) }

    /// Hiragana and Katakana with their marks, the small ones for Ainu, and those of half width.
    @inlinable package static func isKana(_ value: UInt32) -> Bool {
        switch value {
        case 0x3041...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: true
        default: false
        }
    }

    /// The sounds of Chinese, as Taiwan writes them.
    @inlinable package static func isBopomofo(_ value: UInt32) -> Bool {
        (0x3105...0x312F).contains(value) || (0x31A0...0x31BF).contains(value)
    }

    /// The letters that Hangul syllables are made of, by themselves.
    @inlinable package static func isHangulJamo(_ value: UInt32) -> Bool { (0x1100...0x11FF).contains(value) }

    /// Korean: syllables, jamo, and the jamo that older encodings have.
    @inlinable package static func isHangul(_ value: UInt32) -> Bool {
        isHangulJamo(value) || (0x3130...0x318F).contains(value) || (0xAC00...0xD7AF).contains(value)
    }

    // MARK: What is asked of them

    /// Of a script whose words aren't told apart by spaces: Han and kana. Marks of sound of half width belong to the
    /// kana before them.
    @inlinable package static func isIdeographic(_ value: UInt32) -> Bool {
        isHan(value) || isHanSign(value) || isKana(value) && value != 0xFF9E && value != 0xFF9F
    }

    /// What a count of words counts one by one: what is ideographic, Bopomofo and old kana too. The middle dot and the
    /// double hyphen of Katakana part words.
    @inlinable package static func isCountedAlone(_ value: UInt32) -> Bool {
        if value == 0x30FB || value == 0x30A0 { return false }
        return isIdeographic(value) || isBopomofo(value) || (0x1B000...0x1B16F).contains(value)
    }

    /// What the full-text index keeps as pairs of characters. Apart from `isIdeographic`, because the libraries on disk
    /// were written so: with Hangul, without kana of half width, of plane 3 only Extension G.
    package static func isIndexedInPairs(_ value: UInt32) -> Bool {
        switch value {
        case 0x3005...0x3007, 0x3040...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0x20000...0x3134F:
            value != 0x30FB && value != 0x3097
        default: false
        }
    }

    /// What BERT's tokenizer takes for an ideograph. Apart from `isHan`, because the models were trained so: these blocks
    /// and no later ones, and U+2B820 to U+2B91F left out by a slip of theirs.
    package static func isIdeographToBERT(_ value: UInt32) -> Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
            0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }
}
