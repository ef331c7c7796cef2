import Screen

/// Turns the bytes a terminal sends into keys, pastes and mouse events.
///
/// Bytes may come cut anywhere: what is not whole waits. A lone Esc is the start of a sequence or the
/// key itself, which only time can tell: `hasPendingEscape` says that one waits and `flush()` that
/// nothing followed. Knows xterm's sequences, the Linux console's function keys, SGR mouse reports,
/// focus reports and bracketed paste; a sequence it does not know is passed over.
public struct InputDecoder: Sendable {
    private var pending: [UInt8] = []
    private var paste: [UInt8]?

    public init() {}

    /// A sequence began and did not end.
    public var hasPendingEscape: Bool { paste == nil && pending.first == 0x1B }

    public mutating func feed(_ bytes: some Sequence<UInt8>) -> [TerminalEvent] {
        pending += bytes
        var events: [TerminalEvent] = []
        var index = 0
        while index < pending.count {
            if paste != nil {
                guard let next = takePaste(at: index, &events) else { break }
                index = next
            } else {
                guard let next = take(at: index, &events) else { break }
                index = next
            }
        }
        pending.removeFirst(min(index, pending.count))
        return events
    }

    /// Nothing followed in time: an Esc that waits is the key.
    public mutating func flush() -> [TerminalEvent] {
        guard hasPendingEscape else { return [] }
        let rest = Array(pending.dropFirst())
        pending = []
        return [.key(.escape)] + feed(rest)
    }

    private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

    private mutating func takePaste(at index: Int, _ events: inout [TerminalEvent]) -> Int? {
        let rest = pending[index...]
        guard let escape = rest.firstIndex(of: 0x1B) else {
            paste?.append(contentsOf: rest)
            return pending.count
        }
        paste?.append(contentsOf: pending[index..<escape])
        let tail = pending[escape...]
        if tail.starts(with: Self.pasteEnd) {
            events.append(.paste(String(decoding: paste ?? [], as: UTF8.self)))
            paste = nil
            return escape + Self.pasteEnd.count
        }
        if Self.pasteEnd.starts(with: tail) {
            // The end may be cut: keep what might be its start.
            pending.removeSubrange(..<escape)
            return pending.isEmpty ? 0 : nil
        }
        paste?.append(0x1B)
        return escape + 1
    }

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
            let length = Self.length(of: byte)
            guard index + length <= pending.count else {
                // A cut character waits, unless what is there already cannot be one.
                if pending[(index + 1)...].allSatisfy({ $0 & 0xC0 == 0x80 }) { return nil }
                events.append(.key(.character("\u{FFFD}")))
                return index + 1
            }
            if let text = String(validating: pending[index..<index + length], as: UTF8.self), let character = text.first {
                events.append(.key(.character(character)))
                return index + length
            }
            events.append(.key(.character("\u{FFFD}")))
        }
        return index + 1
    }

    private static func length(of lead: UInt8) -> Int {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    private mutating func takeEscape(at index: Int, _ events: inout [TerminalEvent]) -> Int? {
        guard index + 1 < pending.count else { return nil }
        let byte = pending[index + 1]
        switch byte {
        case UInt8(ascii: "["): return takeControlSequence(at: index + 2, &events)
        case UInt8(ascii: "O"):
            guard index + 2 < pending.count else { return nil }
            if let key = Self.finalKey(pending[index + 2], modifier: 1) { events.append(.key(key)) }
            return index + 3
        case 0x1B:
            events.append(.key(.escape))
            return index + 1
        case 0x0D, 0x0A: events.append(.key(.altEnter))
        case 0x7F, 0x08: events.append(.key(.altBackspace))
        case 0x20..<0x7F: events.append(.key(.alt(Character(UnicodeScalar(byte)))))
        case 0x80...:
            let length = Self.length(of: byte)
            guard index + 1 + length <= pending.count else { return nil }
            let text = String(decoding: pending[index + 1..<index + 1 + length], as: UTF8.self)
            if let character = text.first { events.append(.key(.alt(character))) }
            return index + 1 + length
        default:
            events.append(.key(.escape))
            return index + 1
        }
        return index + 2
    }

    private mutating func takeControlSequence(at start: Int, _ events: inout [TerminalEvent]) -> Int? {
        guard start < pending.count else { return nil }
        // The Linux console sends F1 to F5 as ESC [ [ A to E.
        if pending[start] == UInt8(ascii: "[") {
            guard start + 1 < pending.count else { return nil }
            let number = Int(pending[start + 1]) - 0x40
            if (1...5).contains(number) { events.append(.key(.function(number))) }
            return start + 2
        }
        var end = start
        while end < pending.count, !(0x40...0x7E).contains(pending[end]) {
            // A control byte within a sequence ends it: it was garbage.
            if pending[end] < 0x20 || end - start > 64 { return end }
            end += 1
        }
        guard end < pending.count else { return nil }
        let body = String(decoding: pending[start..<end], as: UTF8.self)
        let final = pending[end]
        if body.first == "<" {
            if let event = mouse(body.dropFirst(), isRelease: final == UInt8(ascii: "m")) { events.append(.mouse(event)) }
        } else if final == UInt8(ascii: "~"), body == "200" {
            paste = []
        } else if body.isEmpty, final == UInt8(ascii: "I") {
            events.append(.focusIn)
        } else if body.isEmpty, final == UInt8(ascii: "O") {
            events.append(.focusOut)
        } else {
            let numbers = body.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 1 }
            let modifier = numbers.count > 1 ? numbers[1] : 1
            let key = final == UInt8(ascii: "~") ? Self.tildeKey(numbers.first ?? 0, modifier: modifier) : Self.finalKey(final, modifier: modifier)
            if let key { events.append(.key(key)) }
        }
        return end + 1
    }

    private static func finalKey(_ final: UInt8, modifier: Int) -> Key? {
        switch Character(UnicodeScalar(final)) {
        case "A": direction(.up, modifier)
        case "B": direction(.down, modifier)
        case "C": direction(.right, modifier)
        case "D": direction(.left, modifier)
        case "H": direction(.home, modifier)
        case "F": direction(.end, modifier)
        case "P": .function(1 + (modifier == 2 ? 12 : 0))
        case "Q": .function(2 + (modifier == 2 ? 12 : 0))
        case "R": .function(3 + (modifier == 2 ? 12 : 0))
        case "S": .function(4 + (modifier == 2 ? 12 : 0))
        case "Z": .backTab
        case "M": .enter
        default: nil
        }
    }

    private static func tildeKey(_ number: Int, modifier: Int) -> Key? {
        let shifted = modifier == 2 ? 12 : 0
        switch number {
        case 1, 7: return direction(.home, modifier)
        case 4, 8: return direction(.end, modifier)
        case 2: return .insert
        case 3: return modifier == 5 ? .controlDelete : .delete
        case 5: return direction(.pageUp, modifier)
        case 6: return direction(.pageDown, modifier)
        case 11...15: return .function(number - 10 + shifted)
        case 17...21: return .function(number - 11 + shifted)
        case 23...24: return .function(number - 12 + shifted)
        case 25...26: return .function(number - 12)
        default: return nil
        }
    }

    /// xterm's modifier is 1 plus Shift 1, Alt 2, Ctrl 4.
    private static func direction(_ direction: Direction, _ modifier: Int) -> Key {
        switch modifier {
        case 2: return .shift(direction)
        case 3, 4: return .altArrow(direction)
        case 5, 7: return .controlArrow(direction)
        case 6, 8: return .controlShift(direction)
        default: break
        }
        switch direction {
        case .up: return .up
        case .down: return .down
        case .left: return .left
        case .right: return .right
        case .home: return .home
        case .end: return .end
        case .pageUp: return .pageUp
        case .pageDown: return .pageDown
        }
    }

    private func mouse(_ body: Substring, isRelease: Bool) -> MouseEvent? {
        let numbers = body.split(separator: ";").compactMap { Int($0) }
        guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
        let code = numbers[0]
        let kind: MouseEvent.Kind
        if code & 64 != 0 {
            guard code & 3 < 2 else { return nil }
            kind = code & 1 == 0 ? .scrollUp : .scrollDown
        } else if isRelease {
            kind = .release
        } else if code & 32 != 0 {
            guard code & 3 != 3 else { return nil }
            kind = .drag
        } else {
            kind = .press
        }
        let button: MouseEvent.Button = code & 64 != 0 ? .left : code & 3 == 1 ? .middle : code & 3 == 2 ? .right : .left
        return MouseEvent(
            kind: kind, x: numbers[1] - 1, y: numbers[2] - 1, button: button, shift: code & 4 != 0, alt: code & 8 != 0,
            control: code & 16 != 0)
    }
}
