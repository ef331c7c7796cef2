import Diagnostics

/// A JSON string (RFC 8259, 7), quotation marks included. All that isn't safe to show raw is escaped, the marks of
/// direction too: what is printed as JSON is safe on a terminal, and says exactly what was there.
func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case "\u{200E}", "\u{200F}", "\u{61C}": result += escape(scalar)
        default:
            if ScalarHazard(scalar) == nil { result.unicodeScalars.append(scalar) } else { result += escape(scalar) }
        }
    }
    return result + "\""
}

/// `\uXXXX`, twice where UTF-16 needs two units.
private func escape(_ scalar: Unicode.Scalar) -> String {
    UTF16.encode(scalar).map { units in
        units.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    } ?? ""
}
