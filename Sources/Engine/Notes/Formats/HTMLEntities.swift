/// Character references: `&amp;`, `&#8217;`, `&#x4E2D;`. Of the names, those that prose has; others stay as
/// they are written.
package enum HTMLEntities {
    /// `bytes` with every character reference that is known replaced by its UTF-8; O(n). Controls become U+FFFD or a
    /// blank.
    package static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "&")) else { return Array(bytes) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var i = bytes.startIndex
        while i < bytes.endIndex {
            if bytes[i] == UInt8(ascii: "&"),
                let end = bytes[i..<min(i + 16, bytes.endIndex)].firstIndex(of: UInt8(ascii: ";")),
                let scalar = scalar(bytes[(i + 1)..<end])
            {
                // A blank that doesn't break is a blank.
                result += String(scalar == "\u{A0}" ? " " : scalar).utf8
                i = end + 1
            } else {
                result.append(bytes[i])
                i += 1
            }
        }
        return result
    }

    private static func scalar(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard name.first == UInt8(ascii: "#") else { return names[String(decoding: name, as: UTF8.self)] }
        var digits = name.dropFirst()
        var base: UInt32 = 10
        if let mark = digits.first, mark | 0x20 == UInt8(ascii: "x") {
            base = 16
            digits = digits.dropFirst()
        }
        guard !digits.isEmpty else { return nil }
        var value: UInt32 = 0
        for digit in digits {
            guard let number = Character(Unicode.Scalar(digit)).hexDigitValue, number < base else { return nil }
            value = min(value * base + UInt32(number), 0x11_0000)
        }
        // No control may come in by this door: terminals obey them.
        if value < 0x20 || (0x7F...0x9F).contains(value) { return value == 9 || value == 10 ? " " : "\u{FFFD}" }
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    private static let names: [String: Unicode.Scalar] = {
        var names: [String: Unicode.Scalar] = [
            "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "ndash": "–", "mdash": "—",
            "lsquo": "‘", "rsquo": "’", "sbquo": "‚", "ldquo": "“", "rdquo": "”", "bdquo": "„",
            "lsaquo": "‹", "rsaquo": "›", "hellip": "…", "bull": "•", "dagger": "†", "Dagger": "‡",
            "prime": "′", "Prime": "″", "trade": "™", "euro": "€", "minus": "−", "larr": "←", "rarr": "→",
            "uarr": "↑", "darr": "↓", "le": "≤", "ge": "≥", "ne": "≠", "asymp": "≈", "infin": "∞",
            "OElig": "Œ", "oelig": "œ", "Scaron": "Š", "scaron": "š", "Yuml": "Ÿ", "ensp": " ", "emsp": " ",
            "thinsp": " ", "zwnj": "\u{200C}", "zwj": "\u{200D}", "alpha": "α", "beta": "β", "gamma": "γ",
            "delta": "δ", "lambda": "λ", "mu": "μ", "pi": "π", "sigma": "σ", "omega": "ω", "Omega": "Ω",
        ]
        // Latin-1 from U+00A0 on, in its order.
        let latin = """
            nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute \
            micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring \
            AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml \
            times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil \
            egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash \
            ugrave uacute ucirc uuml yacute thorn yuml
            """
        for (index, name) in latin.split(separator: " ").enumerated() {
            names[String(name)] = Unicode.Scalar(UInt8(0xA0 + index))
        }
        return names
    }()
}
