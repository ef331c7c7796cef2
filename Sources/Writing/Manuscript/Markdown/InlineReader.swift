/// Finds the marks of footnotes in running text, and numbers in brackets: what of it is code, a link's address, HTML, an address
/// or a formula is passed over, as CommonMark and those who show formulas do.
///
/// Every search is bounded or remembered, so that a text of nothing but opening marks costs linear time.
struct InlineReader {
    struct Mark {
        /// What stands between the brackets, without `^`.
        var label: Range<Int>
        /// With the brackets.
        var range: Range<Int>
    }

    private struct Bracket {
        var at: Int
        var isImage: Bool
        var isActive = true
        /// Another one was opened since.
        var hasInner = false
    }

    /// In the order of the text; ranges are of the run's bytes.
    private(set) var footnotes: [Mark] = []
    /// `[12]` that is no link.
    private(set) var numbers: [Int] = []

    private let bytes: [UInt8]
    private let linkLabels: Set<String>
    private var brackets: [Bracket] = []
    /// For a run of this many backticks or dollars: from where on there is no other.
    private var missing: [Int: Int] = [:]
    private var missingTag = Int.max

    init(_ run: TextRun, linkLabels: Set<String>) {
        bytes = run.bytes
        self.linkLabels = linkLabels
        guard bytes.contains(UInt8(ascii: "[")) else { return }
        read()
    }

    private mutating func read() {
        var i = 0
        while i < bytes.count {
            switch bytes[i] {
            case .backslash: i += i + 1 < bytes.count && bytes[i + 1].isASCIIPunctuation ? 2 : 1
            case .backtick: i = code(i)
            case UInt8(ascii: "$"): i = formula(i)
            case UInt8(ascii: "<"): i = angle(i)
            case UInt8(ascii: "!") where i + 1 < bytes.count && bytes[i + 1] == UInt8(ascii: "["):
                open(i + 1, isImage: true)
                i += 2
            case UInt8(ascii: "["):
                open(i, isImage: false)
                i += 1
            case UInt8(ascii: "]"): i = close(i)
            default: i += 1
            }
        }
    }

    private mutating func open(_ at: Int, isImage: Bool) {
        if !brackets.isEmpty { brackets[brackets.count - 1].hasInner = true }
        brackets.append(Bracket(at: at, isImage: isImage))
    }

    // MARK: Passed over

    private mutating func code(_ start: Int) -> Int {
        var open = start
        while open < bytes.count, bytes[open] == .backtick { open += 1 }
        let count = open - start
        guard start < missing[count, default: .max] else { return open }
        var k = open
        while k < bytes.count {
            let run = k
            while k < bytes.count, bytes[k] == .backtick { k += 1 }
            if k - run == count { return k }
            if k == run { k += 1 }
        }
        missing[count] = start
        return open
    }

    /// Behind `$…$` or `$$…$$`. A sum of money is none: a formula touches its signs, and stands apart from words and digits.
    private mutating func formula(_ start: Int) -> Int {
        let isDisplay = start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "$")
        let width = isDisplay ? 2 : 1
        let inner = start + width
        let before = start > 0 ? bytes[start - 1] : 0x20
        guard inner < bytes.count, start < missing[-width, default: .max], isDisplay || bytes[inner] > 0x20,
            !before.isASCIILetter, !before.isASCIIDigit
        else { return inner }
        var k = inner
        while k < bytes.count {
            if bytes[k] == .backslash {
                k += 2
                continue
            }
            if bytes[k] == UInt8(ascii: "$") {
                let next = k + width
                if isDisplay {
                    if k + 1 < bytes.count, bytes[k + 1] == UInt8(ascii: "$") { return next }
                } else if bytes[k - 1] > 0x20, k > inner, next == bytes.count || !isWordOrDollar(bytes[next]) {
                    return next
                }
            }
            k += 1
        }
        missing[-width] = start
        return inner
    }

    private func isWordOrDollar(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "$")
    }

    private mutating func angle(_ start: Int) -> Int {
        if let end = autolink(start) { return end }
        // Comments and their like may look far for their ends, in vain.
        guard start + 1 < bytes.count else { return start + 1 }
        let isMarked = bytes[start + 1] == UInt8(ascii: "!") || bytes[start + 1] == UInt8(ascii: "?")
        if isMarked, start >= missingTag { return start + 1 }
        if let end = HTMLTag.end(bytes, start, bytes.count) { return end }
        if isMarked { missingTag = start }
        return start + 1
    }

    /// `<https://…>` or `<name@host>`.
    private func autolink(_ start: Int) -> Int? {
        var k = start + 1
        var isMarked = false
        guard k < bytes.count, bytes[k].isASCIILetter || bytes[k].isASCIIDigit else { return nil }
        while k < bytes.count, k - start < 2_048 {
            switch bytes[k] {
            case UInt8(ascii: ">"): return isMarked ? k + 1 : nil
            case 0...0x20, UInt8(ascii: "<"): return nil
            case UInt8(ascii: ":"), UInt8(ascii: "@"): isMarked = true
            default: break
            }
            k += 1
        }
        return nil
    }

    // MARK: Brackets

    /// What the bracket at `i` closes; behind it, and behind the address of a link.
    private mutating func close(_ i: Int) -> Int {
        guard let bracket = brackets.popLast() else { return i + 1 }
        let text = bracket.at + 1..<i
        if bracket.isActive, let end = link(text, bracket) {
            if !bracket.isImage { deactivate() }
            return end
        }
        if let label = LineScan.footnoteLabel(bytes, bracket.at, i + 1), label.upperBound == i {
            footnotes.append(Mark(label: label, range: bracket.at..<i + 1))
        } else if !text.isEmpty, text.count < 10, bytes[text].allSatisfy(\.isASCIIDigit) {
            numbers.append(bytes[text].reduce(0) { $0 * 10 + Int($1 - 0x30) })
        }
        return i + 1
    }

    /// No link is in another one.
    private mutating func deactivate() {
        for k in brackets.indices.reversed() where !brackets[k].isImage {
            if !brackets[k].isActive { return }
            brackets[k].isActive = false
        }
    }

    private func link(_ text: Range<Int>, _ bracket: Bracket) -> Int? {
        let next = text.upperBound + 1
        if let end = target(next) { return end }
        if let label = LinkDefinition.label(bytes, next, bytes.count), !label.isEmpty {
            return isDefined(label) ? label.upperBound + 1 : nil
        }
        guard !bracket.hasInner, isDefined(text) else { return nil }
        let isCollapsed =
            next + 1 < bytes.count && bytes[next] == UInt8(ascii: "[") && bytes[next + 1] == UInt8(ascii: "]")
        return isCollapsed ? next + 2 : next
    }

    private func isDefined(_ label: Range<Int>) -> Bool {
        !linkLabels.isEmpty && label.count <= 1_000
            && linkLabels.contains(LinkDefinition.key(String(decoding: bytes[label], as: UTF8.self)))
    }

    /// Behind `(address "title")`.
    private func target(_ from: Int) -> Int? {
        guard from < bytes.count, bytes[from] == UInt8(ascii: "(") else { return nil }
        let start = LinkDefinition.blanks(bytes, from + 1, lines: 1)
        guard let address = LinkDefinition.address(bytes, start, mayBeEmpty: true) else { return nil }
        let title = LinkDefinition.blanks(bytes, address, lines: 1)
        var end = title
        if title > address, let behind = LinkDefinition.title(bytes, title) {
            end = LinkDefinition.blanks(bytes, behind, lines: 1)
        }
        return end < bytes.count && bytes[end] == UInt8(ascii: ")") ? end + 1 : nil
    }
}
