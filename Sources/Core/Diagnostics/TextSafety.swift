// Notes, models, file names and network answers are data. What of it may do something else than be read is told here,
// once: for text that is shown (`terminalSafe`), for text that goes into an article or a request (`plainText`) and by
// `ScalarHazard` for JSON.
//
// The marks U+200E, U+200F and U+061C pass: honest Arabic and Hebrew needs them beside punctuation, and they turn no
// letter around. Embeddings, overrides and isolates (U+202A to U+202E, U+2066 to U+2069) do, or hide that another does;
// without them every letter still is there, in the order of its script.

/// What a scalar does besides being read.
package enum ScalarHazard {
    /// Ends a line where a reader may not expect it: U+2028, U+2029.
    case separator
    /// C0, DEL and C1: a terminal obeys them.
    case control
    /// Has no look of its own and changes how others are read, or hides text from who reads: bidirectional embeddings,
    /// overrides and isolates, deprecated formatting, interlinear annotation, tags.
    case hidden

    /// The kind of hazard that a scalar is; nil for one that is only read.
    package init?(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x00..<0x20, 0x7F..<0xA0: self = .control
        case 0x2028, 0x2029: self = .separator
        case 0x202A...0x202E, 0x2066...0x206F, 0xFFF9...0xFFFB, 0xE0000...0xE007F: self = .hidden
        default: return nil
        }
    }

    /// Whether a byte of UTF-8 may begin one. Most text holds none: one scan of its bytes decides.
    static func mayBegin(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xE2 || byte == 0xEF || byte == 0xF3
    }
}

/// `text` with everything a terminal would obey replaced by something it only shows.
///
/// Printed raw, an escape sequence could retitle the window, move the cursor or forge output. C0 and C1 controls and DEL
/// become U+FFFD, what is hidden is dropped, line and paragraph separators are line feeds.
///
/// - Parameter keepingNewlines: when true, line feeds and tabs pass through (for text of several lines); when false, they
///   are blanks, so that a line stays one.
public func terminalSafe(_ text: String, keepingNewlines: Bool = false) -> String {
    filtered(text, joiningLineEnds: keepingNewlines) { scalar, hazard in
        switch (hazard, scalar.value) {
        case (.control, 0x0A) where keepingNewlines, (.control, 0x09) where keepingNewlines: scalar
        case (.separator, _): keepingNewlines ? "\n" : " "
        case (.control, 0x09), (.control, 0x0A), (.control, 0x0D): " "
        case (.control, _): "\u{FFFD}"
        case (.hidden, _): nil
        }
    }
}

/// `text` as it may stand in an article or a request: line feeds and tabs pass, every other end of a line is a line feed,
/// and what a terminal would obey or a reader wouldn't see is left out.
public func plainText(_ text: String) -> String {
    filtered(text) { scalar, hazard in
        switch (hazard, scalar.value) {
        case (.control, 0x09), (.control, 0x0A): scalar
        case (.separator, _), (.control, 0x0B), (.control, 0x0C), (.control, 0x85): "\n"
        case (.control, _), (.hidden, _): nil
        }
    }
}

/// `text` with each hazardous scalar replaced by what `replacement` says; nil leaves it out.
///
/// - Parameter joiningLineEnds: a carriage return before a line feed is left out.
private func filtered(
    _ text: String, joiningLineEnds: Bool = false, _ replacement: (Unicode.Scalar, ScalarHazard) -> Unicode.Scalar?
) -> String {
    guard text.utf8.contains(where: ScalarHazard.mayBegin) else { return text }
    let scalars = text.unicodeScalars
    var result = String.UnicodeScalarView()
    var index = scalars.startIndex
    while index < scalars.endIndex {
        let scalar = scalars[index]
        if let end = flagEnd(in: scalars, at: index) {
            result.append(contentsOf: scalars[index..<end])
            index = end
            continue
        }
        let next = scalars.index(after: index)
        let isHalfLineEnd = joiningLineEnds && scalar == "\r" && next < scalars.endIndex && scalars[next] == "\n"
        if !isHalfLineEnd {
            if let hazard = ScalarHazard(scalar) {
                if let instead = replacement(scalar, hazard) { result.append(instead) }
            } else {
                result.append(scalar)
            }
        }
        index = next
    }
    return String(result)
}

/// Behind the flag of England, Scotland or Wales that begins at `start`: the only ones that are written with tags.
private func flagEnd(
    in scalars: String.UnicodeScalarView, at start: String.UnicodeScalarView.Index
) -> String.UnicodeScalarView.Index? {
    guard scalars[start].value == 0x1F3F4 else { return nil }
    var letters = ""
    var index = scalars.index(after: start)
    while index < scalars.endIndex, letters.count <= 5, (0xE0061...0xE007A).contains(scalars[index].value) {
        if let letter = Unicode.Scalar(scalars[index].value - 0xE0000) { letters.unicodeScalars.append(letter) }
        index = scalars.index(after: index)
    }
    guard index < scalars.endIndex, scalars[index].value == 0xE007F, ["gbeng", "gbsct", "gbwls"].contains(letters)
    else { return nil }
    return scalars.index(after: index)
}
