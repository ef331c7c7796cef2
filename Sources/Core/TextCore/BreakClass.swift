/// What a character is to line breaking: the classes of UAX 14, as far as prose tells them apart.
enum BreakClass {
    case start, space
    /// AL, and digits, which a hyphen isn't parted from.
    case letter, digit
    /// ID: between two of them a row may end.
    case ideograph
    /// OP, narrow and of full width.
    case opening, wideOpening
    /// CL, CP, EX and IS, narrow; the same and NS of full width.
    case closing, wideClosing
    /// QU: curly marks that begin a quotation, those that end one, and what may do either.
    case openingQuote, closingQuote, quote
    /// B2, IN and HY.
    case dash, ellipsis, hyphen
    /// PR and PO: signs before and behind a number.
    case prefix, postfix
    /// GL and WJ.
    case glue

    init(_ scalar: Unicode.Scalar, isWide: @autoclosure () -> Bool) {
        let value = scalar.value
        if value < 0x80 {
            self = Self.ascii[Int(value)]
        } else if let mark = value < 0x3000 ? Self.mark(value) : Self.wideMark(value) {
            self = mark
        } else {
            self = EastAsianScripts.isIdeographic(value) || isWide() ? .ideograph : .letter
        }
    }

    private static let ascii: [BreakClass] = (0..<0x80).map { (value: UInt8) -> BreakClass in
        switch value {
        case 0x20, 0x09: .space
        case 0x30...0x39: .digit
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): .opening
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "!"), UInt8(ascii: "?"),
            UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: ";"):
            .closing
        // Markdown's marks, too, may stand before or behind a word.
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"),
            UInt8(ascii: "~"):
            .quote
        case UInt8(ascii: "-"): .hyphen
        case UInt8(ascii: "$"): .prefix
        case UInt8(ascii: "%"): .postfix
        default: .letter
        }
    }

    private static func mark(_ value: UInt32) -> BreakClass? {
        if value < 0x2000 {
            switch value {
            case 0xA0: return .glue
            case 0xA1, 0xBF: return .opening
            case 0xA3...0xA5: return .prefix
            case 0xA2, 0xB0: return .postfix
            case 0xAB: return .openingQuote
            case 0xBB: return .closingQuote
            default: return nil
            }
        }
        switch value {
        case 0x2007, 0x202F, 0x2060, 0x2011: return .glue
        case 0x2000...0x2006, 0x2008...0x200B: return .space
        case 0x2010, 0x2012, 0x2013: return .hyphen
        case 0x2014, 0x2015, 0x2E3A, 0x2E3B: return .dash
        case 0x2018, 0x201B, 0x201C, 0x201F, 0x2039: return .openingQuote
        case 0x2019, 0x201D, 0x203A: return .closingQuote
        case 0x201A, 0x201E, 0x2045, 0x207D, 0x208D, 0x2329, 0x27E6, 0x27E8, 0x27EA: return .opening
        case 0x2046, 0x207E, 0x208E, 0x232A, 0x27E7, 0x27E9, 0x27EB: return .closing
        case 0x203C, 0x203D, 0x2047...0x2049: return .wideClosing
        case 0x2024...0x2026: return .ellipsis
        case 0x2030...0x2037, 0x2103, 0x2109: return .postfix
        case 0x20A0...0x20A6, 0x20A8...0x20B5, 0x20B7...0x20BA, 0x20BC...0x20CF, 0x2116: return .prefix
        default: return nil
        }
    }

    /// Kinsoku shori: what doesn't begin a row, the small kana and the marks of repetition included, and what doesn't end one.
    private static func wideMark(_ value: UInt32) -> BreakClass? {
        switch value {
        case 0x3400...0x9FFF, 0xAC00...0xD7A3: return nil
        case 0x3000: return .space
        case 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018, 0x301A, 0x301D, 0xFE17, 0xFE35, 0xFE37,
            0xFE39, 0xFE3B,
            0xFE3D, 0xFE3F, 0xFE41, 0xFE43, 0xFE47, 0xFE59, 0xFE5B, 0xFE5D, 0xFF08, 0xFF3B, 0xFF5B, 0xFF5F, 0xFF62:
            return .wideOpening
        case 0xFE69, 0xFF04, 0xFFE1, 0xFFE5, 0xFFE6: return .prefix
        case 0xFE6A, 0xFF05, 0xFFE0: return .postfix
        case 0x3001, 0x3002, 0x3005, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0x3019, 0x301B, 0x301C,
            0x301E, 0x301F,
            0x303B, 0x303C, 0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308E, 0x3095,
            0x3096,
            0x309B...0x309E, 0x30A0, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7, 0x30EE,
            0x30F5, 0x30F6,
            0x30FB...0x30FE, 0x31F0...0x31FF, 0xFE10...0xFE16, 0xFE18, 0xFE36, 0xFE38, 0xFE3A, 0xFE3C, 0xFE3E, 0xFE40,
            0xFE42, 0xFE44,
            0xFE48, 0xFE50...0xFE52, 0xFE54...0xFE57, 0xFE5A, 0xFE5C, 0xFE5E, 0xFF01, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A,
            0xFF1B, 0xFF1F,
            0xFF3D, 0xFF5D, 0xFF60, 0xFF61, 0xFF63...0xFF65, 0xFF67...0xFF70, 0xFF9E, 0xFF9F:
            return .wideClosing
        case 0xFE19: return .ellipsis
        case 0xFEFF: return .glue
        default: return nil
        }
    }
}

/// Decides, character by character, where a row may end: the rules of UAX 14 with its numbers.
struct BreakRules {
    private var previous = BreakClass.start
    /// The class before the spaces; the same as `previous` where there are none.
    private var last = BreakClass.start
    /// Whether a hyphen, a dash or an ellipsis begins a word, with which it stays.
    private var beginsWord = false
    /// How many slashes there are just before, and whether a colon is before those.
    private var slashes = 0
    private var isColonBefore = false
    /// Within an address, which may be broken behind its slashes.
    private var isAddress = false

    /// Takes the next character.
    ///
    /// - Parameters:
    ///   - value: its first scalar.
    ///   - following: the class and the first scalar of the character behind it; a space's at the end.
    /// - Returns: whether a row may end before it.
    mutating func take(_ kind: BreakClass, value: UInt32, following: (kind: BreakClass, value: UInt32)) -> Bool {
        // A footnote's mark stays with its word.
        let isFootnote = value == 0x5B && following.value == 0x5E
        let kind = isFootnote ? .closing : resolved(kind, following.kind)
        let mayBreak =
            allowsBreak(before: kind, following.kind)
            || isAddress && slashes == 1 && (kind == .digit || kind == .letter && value != 0x2F)
        note(kind, value)
        return mayBreak
    }

    /// A quotation mark that opens in one language and closes in another, by what is around it: “ between a word and a blank
    /// ends a quotation.
    private func resolved(_ kind: BreakClass, _ following: BreakClass) -> BreakClass {
        guard kind == .openingQuote else { return kind }
        switch following {
        case .letter, .digit, .ideograph, .opening, .wideOpening, .openingQuote, .quote, .prefix: return kind
        default: break
        }
        switch previous {
        case .letter, .digit, .closing, .postfix, .ellipsis, .dash: return .closingQuote
        default: return kind
        }
    }

    private func allowsBreak(before next: BreakClass, _ following: BreakClass) -> Bool {
        if next == .space || next == .glue || previous == .glue || previous == .start { return false }
        if previous == .space {
            // LB14, LB15a: not behind what opens; LB13, LB15d: not before what closes.
            switch last {
            case .opening, .wideOpening, .openingQuote: return false
            default: break
            }
            switch next {
            case .closing, .wideClosing, .dash, .ellipsis: return false
            case .closingQuote:
                // LB15b: what only seems to close a quotation begins the word behind it: the ’90s.
                switch following {
                case .letter, .digit, .ideograph: return true
                default: return false
                }
            default: return true
            }
        }
        switch next {
        case .closing, .wideClosing, .closingQuote, .quote, .dash, .ellipsis, .hyphen, .postfix: return false
        default: break
        }
        switch previous {
        case .opening, .wideOpening, .openingQuote, .quote, .prefix: return false
        // LB20a, LB25: neither -x nor 2024-11 is parted.
        case .hyphen: return !beginsWord && next != .digit
        case .dash: return !beginsWord
        case .ideograph, .wideClosing: return true
        case .closingQuote: return next == .ideograph || next == .wideOpening || next == .openingQuote
        case .letter, .digit, .closing, .postfix: return next == .ideograph || next == .wideOpening
        case .ellipsis: return !beginsWord && (next == .ideograph || next == .wideOpening || next == .openingQuote)
        case .start, .space, .glue: return false
        }
    }

    private mutating func note(_ kind: BreakClass, _ value: UInt32) {
        if kind == .hyphen || kind == .dash || kind == .ellipsis, previous != kind {
            switch previous {
            case .start, .space, .opening, .wideOpening, .openingQuote, .quote: beginsWord = true
            default: beginsWord = false
            }
        }
        if kind == .space {
            isAddress = false
            slashes = 0
            previous = .space
            return
        }
        if value == 0x2F {
            if slashes == 1, isColonBefore { isAddress = true }
            slashes += 1
        } else {
            isColonBefore = value == 0x3A
            slashes = 0
        }
        previous = kind
        last = kind
    }
}
