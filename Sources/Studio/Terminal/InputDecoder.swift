import Encodings
import Screen

/// Turns the bytes a terminal sends into keys, pastes and mouse events.
///
/// Bytes may come cut anywhere: what is not whole waits. A lone Esc is the start of a sequence or the
/// key itself, which only time can tell: `hasPendingEscape` says that one waits and `flush()` that
/// nothing followed. Knows the sequences of xterm, rxvt and the Linux console, keys sent as `CSI u`,
/// SGR mouse reports, focus reports and bracketed paste; a control sequence it does not know is passed
/// over whole, whatever its length. No control character gets into a key or a paste, but for the
/// newlines and tabs of a paste.
///
/// A terminal's answers (colours, versions, settings: `ESC ]`, `ESC P`, `ESC _`) may come late, to a question that curses or
/// another program asked, and cut in two by the time after which an Esc is the key: they are passed over, and never typed.
///
/// Limits: a paste whose end never comes waits for it.
struct InputDecoder: Sendable {
    /// For keys in modes: an Esc that came by itself is the key, and not Alt with what came later, unless that goes on
    /// with a sequence.
    var separatesEscape = false

    private var pending: [UInt8] = []
    private var paste: [UInt8]?
    /// Within a control sequence that is too long to be one: the rest of it is passed over.
    private var isSkipping = false
    /// Within an answer whose end hasn't come.
    private var isInAnswer = false
    /// The Esc that waits ended what came with it.
    private var isEscapeAlone = false
    /// What time made keys of just now: an Esc, or it and the sign behind it. The rest of an answer may follow.
    private var cut: [UInt8]?

    /// More than any report has. What is longer is not kept while its end is waited for.
    static let longestBody = 64

    private static let escape: UInt8 = 0x1B
    private static let bracket = UInt8(ascii: "[")
    private static let letterO = UInt8(ascii: "O")

    init() {}

    /// An Esc waits that may be the key: alone, twice, or with the one character that makes it the start of a
    /// sequence or a key with Alt. Further into a sequence no time makes keys of it, or a slow line
    /// would type the pieces of its reports into the text.
    var hasPendingEscape: Bool {
        guard paste == nil, !isInAnswer, pending.first == Self.escape, pending.count <= 3 else { return false }
        let rest = pending.drop { $0 == Self.escape }
        switch rest.count {
        case 0: return true
        case 1: return rest.first.map(Self.beginsMore) ?? false
        default: return false
        }
    }

    /// Whether an Esc and this byte are the beginning of something longer.
    private static func beginsMore(_ byte: UInt8) -> Bool {
        byte == bracket || byte == letterO || AnswerBytes.introducers.contains(byte)
    }

    mutating func feed(_ bytes: some Sequence<UInt8>) -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        let bytes = Array(bytes)
        if let cut, !bytes.isEmpty {
            self.cut = nil
            // What was taken for keys was the beginning of this.
            if pending.isEmpty, AnswerBytes.isRest(bytes, after: cut.dropFirst()) { pending = cut }
        }
        if separatesEscape, paste == nil, !isInAnswer, pending == [Self.escape], let next = bytes.first,
            !Self.beginsMore(next), next != Self.escape
        {
            events.append(.key(.escape))
            pending = []
        }
        if pending == [Self.escape], !bytes.isEmpty { isEscapeAlone = true }
        pending += bytes
        var index = 0
        while index < pending.count {
            let next: Int?
            if paste != nil {
                next = takePaste(at: index, &events)
            } else if isSkipping {
                next = skip(at: index)
            } else if isInAnswer {
                next = skipAnswer(at: index)
            } else {
                next = take(at: index, &events)
            }
            guard let next else { break }
            index = next
        }
        pending.removeFirst(index)
        if pending.count < 2 { isEscapeAlone = false }
        return events
    }

    /// Nothing followed in time: an Esc that waits is the key, or Alt with the character after it.
    mutating func flush() -> [TerminalEvent] {
        guard hasPendingEscape else { return [] }
        let escapes = pending.prefix { $0 == Self.escape }.count
        let last = pending.last == Self.escape ? nil : pending.last
        let isApart = separatesEscape && isEscapeAlone
        cut = last.map { [Self.escape, $0] } ?? [Self.escape]
        pending = []
        isEscapeAlone = false
        guard let last else { return Array(repeating: .key(.escape), count: escapes) }
        let character = Character(UnicodeScalar(last))
        if isApart { return Array(repeating: .key(.escape), count: escapes) + [.key(.character(character))] }
        return Array(repeating: .key(.escape), count: escapes - 1) + [.key(.alt(character))]
    }

    // MARK: Paste

    private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

    /// Takes pasted bytes up to the end mark or the next Esc; nil where the mark may be cut.
    private mutating func takePaste(at index: Int, _ events: inout [TerminalEvent]) -> Int? {
        let start = pending[index...].firstIndex(of: Self.escape) ?? pending.count
        if start > index {
            paste?.append(contentsOf: pending[index..<start])
            return start
        }
        let tail = pending[start...]
        if tail.starts(with: Self.pasteEnd) {
            events.append(.paste(TerminalEvent.pasteable(String(decoding: paste ?? [], as: UTF8.self))))
            paste = nil
            return start + Self.pasteEnd.count
        }
        if Self.pasteEnd.starts(with: tail) { return nil }
        paste?.append(Self.escape)
        return start + 1
    }

    // MARK: Keys

    /// Takes one key or report; nil where it is not whole.
    private mutating func take(at index: Int, _ events: inout [TerminalEvent]) -> Int? {
        let byte = pending[index]
        switch byte {
        case 0x1B: return takeEscape(at: index, &events)
        case 0x0D, 0x0A: events.append(.key(.enter))
        case 0x09: events.append(.key(.tab))
        case 0x7F, 0x08: events.append(.key(.backspace))
        case 0x00: events.append(.key(.control(" ")))
        case 0x01...0x1A: events.append(.key(.control(Character(UnicodeScalar(byte + 0x60)))))
        case 0x1C...0x1F: events.append(.key(.control(Character(UnicodeScalar(byte + 0x40)))))
        default:
            guard let (scalar, next) = scalar(at: index) else { return nil }
            let value = scalar ?? "\u{FFFD}"
            if !value.isControl { events.append(.key(.character(Character(value)))) }
            return next
        }
        return index + 1
    }

    /// The character at `index` and where it ends; no character where the bytes are none, and nil where
    /// they are cut. Broken bytes end where `String(decoding:)` ends them.
    private func scalar(at index: Int) -> (scalar: UnicodeScalar?, next: Int)? {
        let lead = pending[index]
        if lead < 0x80 { return (UnicodeScalar(lead), index + 1) }
        guard let (length, second) = UTF8Scan.sequence(lead) else { return (nil, index + 1) }
        var range = second
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for position in index + 1..<index + length {
            guard position < pending.count else { return nil }
            guard range.contains(pending[position]) else { return (nil, position) }
            value = value << 6 | UInt32(pending[position] & 0x3F)
            range = 0x80...0xBF
        }
        return (UnicodeScalar(value), index + length)
    }

    private mutating func takeEscape(at index: Int, _ events: inout [TerminalEvent]) -> Int? {
        guard index + 1 < pending.count else { return nil }
        let byte = pending[index + 1]
        switch byte {
        case Self.bracket: return takeControlSequence(at: index + 2, &events)
        case Self.letterO: return takeSingleShift(at: index + 2, &events)
        case Self.escape: return takeTwoEscapes(at: index, &events)
        case _ where AnswerBytes.introducers.contains(byte):
            guard index + 2 < pending.count else { return nil }
            if AnswerBytes.begins(byte, pending[index + 2]) {
                isInAnswer = true
                return index + 2
            }
            events.append(.key(.alt(Character(UnicodeScalar(byte)))))
        case 0x0D, 0x0A: events.append(.key(.altEnter))
        case 0x7F, 0x08: events.append(.key(.altBackspace))
        case 0x20..<0x7F: events.append(.key(.alt(Character(UnicodeScalar(byte)))))
        case 0x80...:
            guard let (scalar, next) = scalar(at: index + 1) else { return nil }
            if let scalar, !scalar.isControl { events.append(.key(.alt(Character(scalar)))) }
            return next
        default:
            events.append(.key(.escape))
            return index + 1
        }
        return index + 2
    }

    /// rxvt and some others put an Esc before the sequence of an arrow pressed with Alt. Before anything
    /// else it is the key.
    private mutating func takeTwoEscapes(at index: Int, _ events: inout [TerminalEvent]) -> Int? {
        guard index + 2 < pending.count else { return nil }
        guard pending[index + 2] == Self.bracket || pending[index + 2] == Self.letterO else {
            events.append(.key(.escape))
            return index + 1
        }
        var inner: [TerminalEvent] = []
        guard let next = takeEscape(at: index + 1, &inner) else { return nil }
        if inner.count == 1, case .key(let key) = inner[0], let alt = KeySequence.withAlt(key) {
            events.append(.key(alt))
        } else {
            events.append(.key(.escape))
            events += inner
        }
        return next
    }

    /// `ESC O` and what follows: a keypad in application mode.
    private func takeSingleShift(at start: Int, _ events: inout [TerminalEvent]) -> Int? {
        var end = start
        // Some old terminals put a digit there for the keys held.
        while end < pending.count, Self.isParameter(pending[end]), end - start < 8 { end += 1 }
        guard end < pending.count else { return nil }
        guard (0x20..<0x7F).contains(pending[end]) else {
            if end == start { events.append(.key(.alt("O"))) }
            return end
        }
        if let key = KeySequence.singleShift(pending[end], parameters: pending[start..<end]) {
            events.append(.key(key))
        }
        return end + 1
    }

    // MARK: Answers

    /// Passes over an answer up to its end: BEL, or `ESC \`. What can't be in one ends it too, and is taken for itself.
    private mutating func skipAnswer(at start: Int) -> Int? {
        guard let end = pending[start...].firstIndex(where: { $0 < 0x20 || $0 == 0x7F }) else { return pending.count }
        guard pending[end] == Self.escape else {
            isInAnswer = false
            return pending[end] == 0x07 ? end + 1 : end
        }
        guard end + 1 < pending.count else { return end == start ? nil : end }
        isInAnswer = false
        return pending[end + 1] == UInt8(ascii: "\\") ? end + 2 : end
    }

    // MARK: Control sequences

    private static func isParameter(_ byte: UInt8) -> Bool { (0x30...0x3F).contains(byte) }

    /// Within a sequence, but not its end.
    private static func isBody(_ byte: UInt8) -> Bool { (0x20...0x3F).contains(byte) }

    private static func isFinal(_ byte: UInt8) -> Bool { (0x40...0x7E).contains(byte) }

    private mutating func takeControlSequence(at start: Int, _ events: inout [TerminalEvent]) -> Int? {
        var end = start
        while end < pending.count, Self.isBody(pending[end]), end - start <= Self.longestBody {
            // rxvt ends a key pressed with Shift with `$`, which elsewhere is no end.
            if pending[end] == UInt8(ascii: "$"), let key = KeySequence.shifted(pending[start..<end]) {
                events.append(.key(key))
                return end + 1
            }
            end += 1
        }
        if end - start > Self.longestBody {
            isSkipping = true
            return end
        }
        guard end < pending.count else { return nil }
        let final = pending[end]
        guard Self.isFinal(final) else {
            // A byte that cannot be there ends the sequence, and is taken for itself.
            if end == start { events.append(.key(.alt("["))) }
            return end
        }
        let body = pending[start..<end]
        if body.isEmpty {
            switch final {
            case Self.bracket: return takeConsoleKey(at: end + 1, &events)
            case UInt8(ascii: "M"): return takeOldMouse(at: end + 1, &events)
            case UInt8(ascii: "I"):
                events.append(.focusIn)
                return end + 1
            case Self.letterO:
                events.append(.focusOut)
                return end + 1
            default: break
            }
        }
        if body.first == UInt8(ascii: "<") {
            if let event = MouseReport.event(body.dropFirst(), final: final) { events.append(.mouse(event)) }
        } else if final == UInt8(ascii: "~"), body.elementsEqual("200".utf8) {
            paste = []
        } else if let key = KeySequence.control(final, parameters: body) {
            events.append(.key(key))
        }
        return end + 1
    }

    /// The Linux console sends F1 to F5 as ESC [ [ A to E.
    private func takeConsoleKey(at index: Int, _ events: inout [TerminalEvent]) -> Int? {
        guard index < pending.count else { return nil }
        guard (0x20..<0x7F).contains(pending[index]) else { return index }
        let number = Int(pending[index]) - 0x40
        if (1...5).contains(number) { events.append(.key(.function(number))) }
        return index + 1
    }

    /// The mouse report of a terminal that knows no SGR reports: three bytes, which are no text.
    private func takeOldMouse(at start: Int, _ events: inout [TerminalEvent]) -> Int? {
        for index in start..<start + 3 {
            guard index < pending.count else { return nil }
            guard pending[index] >= 0x20 else { return index }
        }
        if let event = MouseReport.event(old: pending[start..<start + 3]) { events.append(.mouse(event)) }
        return start + 3
    }

    /// Passes over a sequence up to its end.
    private mutating func skip(at start: Int) -> Int {
        let end = pending[start...].firstIndex { !Self.isBody($0) } ?? pending.count
        guard end < pending.count else { return end }
        isSkipping = false
        return Self.isFinal(pending[end]) ? end + 1 : end
    }
}

extension UnicodeScalar {
    /// Of C0 or C1, or Delete.
    var isControl: Bool { value < 0x20 || (0x7F..<0xA0).contains(value) }
}
