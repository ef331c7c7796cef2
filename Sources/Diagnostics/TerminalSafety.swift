/// `text` with everything a terminal would obey replaced by something it only shows.
///
/// Notes, models, file names and network answers are data; printed raw, an escape sequence in
/// one of them could retitle the window, move the cursor or forge output. C0 and C1 controls and
/// DEL become U+FFFD; a tab becomes a space. Bidirectional overrides, which can make a line read
/// as something other than its bytes, are dropped.
///
/// - Parameter keepingNewlines: when true, line feeds pass through (for multi-line output).
public func terminalSafe(_ text: String, keepingNewlines: Bool = false) -> String {
    // Most text needs nothing: one scan of the bytes decides, and the string is returned as it is.
    let suspicious = text.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 }
    guard suspicious else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x0A where keepingNewlines:
            result.append(scalar)
        case 0x09, 0x0A, 0x0D:
            result.append(" ")
        case 0x00..<0x20, 0x7F..<0xA0:
            result.append("\u{FFFD}")
        case 0x202A...0x202E, 0x2066...0x2069:
            continue
        default:
            result.append(scalar)
        }
    }
    return String(result)
}
