/// One line of a text: its bytes' range without the line's end, and where the next one starts.
package struct Line {
    /// Its first byte.
    package var start: Int
    /// Without `\n` and a `\r` before it.
    package var end: Int
    /// Where the next line starts; the text's end where there is none.
    package var next: Int
    /// The first byte that is no space or tab; `end` on a blank line.
    package var content: Int
    /// Columns of white space before `content`, tabs to multiples of 4.
    package var indent: Int

    /// Whether it has only spaces and tabs.
    package var isBlank: Bool { content == end }
}

extension UInt8 {
    /// Whether it is one of the blanks within a line.
    package var isSpaceOrTab: Bool { self == 0x20 || self == 0x09 }
    var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
    var isASCIIPunctuation: Bool {
        switch self {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    static let backslash = UInt8(ascii: "\\")
    static let backtick = UInt8(ascii: "`")
    /// The end of a line.
    package static let newline = UInt8(ascii: "\n")
}

/// Looks at single lines: what each could begin. All functions are pure and read only the line.
package enum LineScan {
    /// The line that starts at `start`, at most `bytes.count`.
    package static func line(_ bytes: [UInt8], at start: Int) -> Line {
        var end = start
        let count = bytes.count
        while end < count, bytes[end] != .newline { end += 1 }
        let next = end < count ? end + 1 : count
        // Also where the text ends behind it.
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        var content = start
        var indent = 0
        while content < end {
            if bytes[content] == 0x20 {
                indent += 1
            } else if bytes[content] == 0x09 {
                indent += 4 - indent % 4
            } else {
                break
            }
            content += 1
        }
        return Line(start: start, end: end, next: next, content: content, indent: indent)
    }

    /// The first byte from `start` on that is no space or tab, and its column where `start` is at column `from`.
    static func columns(_ bytes: [UInt8], _ start: Int, _ end: Int, from: Int = 0) -> (position: Int, columns: Int) {
        var position = start
        var columns = from
        while position < end, bytes[position].isSpaceOrTab {
            columns += bytes[position] == 0x20 ? 1 : 4 - columns % 4
            position += 1
        }
        return (position, columns)
    }

    /// Behind the quotation's mark at `from`, at most three blanks before it, and the blank behind it; nil where there is none.
    static func behindQuoteMark(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Int? {
        var position = from
        while position < end, position - from < 4, bytes[position] == 0x20 { position += 1 }
        guard position - from < 4, position < end, bytes[position] == UInt8(ascii: ">") else { return nil }
        return position + 1 < end && bytes[position + 1] == 0x20 ? position + 2 : position + 1
    }

    struct Fence: Hashable {
        var byte: UInt8
        var count: Int
    }

    /// The fence that opens at `from`, and where its info string starts.
    static func openingFence(_ bytes: [UInt8], _ from: Int, _ end: Int) -> (Fence, info: Int)? {
        guard from < end, bytes[from] == .backtick || bytes[from] == UInt8(ascii: "~") else {
            return nil
        }
        let byte = bytes[from]
        var i = from
        while i < end, bytes[i] == byte { i += 1 }
        guard i - from >= 3 else { return nil }
        // A backtick in the info string makes it a code span in a paragraph.
        if byte == .backtick, bytes[i..<end].contains(.backtick) { return nil }
        return (Fence(byte: byte, count: i - from), i)
    }

    static func closes(_ fence: Fence, _ bytes: [UInt8], _ from: Int, _ end: Int) -> Bool {
        var i = from
        while i < end, bytes[i] == fence.byte { i += 1 }
        guard i - from >= fence.count else { return false }
        return bytes[i..<end].allSatisfy { $0.isSpaceOrTab }
    }

    /// The level of the ATX heading at `from`, and the range of its title.
    static func atxHeading(
        _ bytes: [UInt8], _ from: Int, _ end: Int
    ) -> (level: Int, title: Range<Int>)? {
        var i = from
        while i < end, bytes[i] == UInt8(ascii: "#") { i += 1 }
        let level = i - from
        guard (1...6).contains(level), i == end || bytes[i].isSpaceOrTab else { return nil }
        var last = end
        while i < last, bytes[i].isSpaceOrTab { i += 1 }
        while last > i, bytes[last - 1].isSpaceOrTab { last -= 1 }
        // Closing marks count only behind a space: "C#" keeps its own.
        var marks = last
        while marks > i, bytes[marks - 1] == UInt8(ascii: "#") { marks -= 1 }
        if marks == i {
            last = i
        } else if marks < last, bytes[marks - 1].isSpaceOrTab {
            last = marks
            while last > i, bytes[last - 1].isSpaceOrTab { last -= 1 }
        }
        return (level, i..<last)
    }

    /// 1 for a line of `=`, 2 for one of `-`.
    static func setextUnderline(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Int? {
        guard from < end, bytes[from] == UInt8(ascii: "=") || bytes[from] == UInt8(ascii: "-")
        else { return nil }
        var i = from
        while i < end, bytes[i] == bytes[from] { i += 1 }
        guard bytes[i..<end].allSatisfy({ $0.isSpaceOrTab }) else { return nil }
        return bytes[from] == UInt8(ascii: "=") ? 1 : 2
    }

    static func isThematicBreak(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Bool {
        guard from < end else { return false }
        let mark = bytes[from]
        guard mark == UInt8(ascii: "-") || mark == UInt8(ascii: "*") || mark == UInt8(ascii: "_")
        else { return false }
        var count = 0
        for i in from..<end {
            if bytes[i] == mark { count += 1 } else if !bytes[i].isSpaceOrTab { return false }
        }
        return count >= 3
    }

    struct Marker {
        /// Bytes of the marker itself, without the space after it.
        var length: Int
        /// Whether it may interrupt a paragraph: a bullet or `1`, with something after it.
        var interrupts: Bool
    }

    /// The list marker at `from`: a bullet, or digits with `.` or `)`.
    static func listMarker(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Marker? {
        guard from < end else { return nil }
        var i = from
        var starts = true
        switch bytes[i] {
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
            i += 1
        case 0x30...0x39:
            while i < end, i - from < 9, bytes[i].isASCIIDigit { i += 1 }
            guard i < end, bytes[i] == UInt8(ascii: ".") || bytes[i] == UInt8(ascii: ")") else {
                return nil
            }
            starts = i - from == 1 && bytes[from] == UInt8(ascii: "1")
            i += 1
        default:
            return nil
        }
        guard i == end || bytes[i].isSpaceOrTab else { return nil }
        let empty = bytes[i..<end].allSatisfy { $0.isSpaceOrTab }
        return Marker(length: i - from, interrupts: starts && !empty)
    }

    /// The range of the label in `[^label]:` at `from`, and where the text after the colon starts.
    static func footnoteDefinition(
        _ bytes: [UInt8], _ from: Int, _ end: Int
    ) -> (label: Range<Int>, text: Int)? {
        guard let label = footnoteLabel(bytes, from, end) else { return nil }
        let colon = label.upperBound + 1
        guard colon < end, bytes[colon] == UInt8(ascii: ":") else { return nil }
        var text = colon + 1
        while text < end, bytes[text].isSpaceOrTab { text += 1 }
        return (label, text)
    }

    /// The range of the label in `[^label]` at `from`: one word without brackets.
    package static func footnoteLabel(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Range<Int>? {
        guard from + 3 < end, bytes[from] == UInt8(ascii: "["), bytes[from + 1] == UInt8(ascii: "^")
        else { return nil }
        var i = from + 2
        while i < end, bytes[i] != UInt8(ascii: "]") {
            let byte = bytes[i]
            if byte <= 0x20 || byte == UInt8(ascii: "[") || byte == .backslash || i - from > 202 {
                return nil
            }
            i += 1
        }
        guard i < end, i > from + 2 else { return nil }
        return from + 2..<i
    }

    /// Where the address begins in `[label]: address "title"` at `from`, the definition of a link; nil where there is none.
    static func linkDefinition(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Int? {
        guard from + 3 < end, bytes[from] == UInt8(ascii: "["), bytes[from + 1] != UInt8(ascii: "^") else { return nil }
        var i = from + 1
        var isBlank = true
        while i < end, bytes[i] != UInt8(ascii: "]") {
            if bytes[i] == UInt8(ascii: "[") || i - from > 999 { return nil }
            if bytes[i] == .backslash { i += 1 }
            if i < end, !bytes[i].isSpaceOrTab { isBlank = false }
            i += 1
        }
        guard i + 1 < end, !isBlank, bytes[i + 1] == UInt8(ascii: ":") else { return nil }
        i += 2
        while i < end, bytes[i].isSpaceOrTab { i += 1 }
        guard i < end else { return nil }
        var rest = i
        if bytes[i] == UInt8(ascii: "<") {
            guard let close = bytes[i..<end].firstIndex(of: UInt8(ascii: ">")) else { return nil }
            rest = close + 1
        } else {
            while rest < end, bytes[rest] > 0x20 { rest += 1 }
        }
        // Behind the address stands a title in its marks, or nothing.
        let behind = rest
        while rest < end, bytes[rest].isSpaceOrTab { rest += 1 }
        guard rest < end else { return i }
        var last = end
        while last > rest, bytes[last - 1].isSpaceOrTab { last -= 1 }
        let pair = (bytes[rest], bytes[last - 1])
        let marks: [(UInt8, UInt8)] = [(0x22, 0x22), (0x27, 0x27), (0x28, 0x29)]
        return rest > behind && last - rest > 1 && marks.contains { $0 == pair } ? i : nil
    }

    /// How many cells the delimiter row `| --- | :-: |` at `from` has; nil when it is none.
    static func tableDelimiter(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Int? {
        var cells = 0
        var dashes = 0
        var pipes = 0
        for i in from..<max(from, end) {
            switch bytes[i] {
            case UInt8(ascii: "-"): dashes += 1
            case UInt8(ascii: "|"):
                pipes += 1
                if dashes > 0 { cells += 1 }
                dashes = 0
            case UInt8(ascii: ":"), 0x20, 0x09: continue
            default: return nil
            }
        }
        if dashes > 0 { cells += 1 }
        return pipes > 0 && cells > 0 ? cells : nil
    }
}
