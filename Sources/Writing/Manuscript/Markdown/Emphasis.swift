import Encodings

/// Finds emphasis in a line by CommonMark's delimiter runs.
struct EmphasisScan {
    private struct Run {
        var byte: UInt8
        var range: Range<Int>
        var opens: Bool
        var closes: Bool
        /// What the run had at first: CommonMark's rule of three asks for it.
        var length: Int
    }

    private var runs: [Run] = []
    private let bytes: [UInt8]
    private let start: Int
    private let end: Int

    init(bytes: [UInt8], from start: Int, to end: Int) {
        self.bytes = bytes
        self.start = start
        self.end = end
    }

    /// Notes the run of `*` or `_` at `i` and returns where it ends.
    mutating func run(at i: Int) -> Int {
        let byte = bytes[i]
        var after = i
        while after < end, bytes[after] == byte { after += 1 }
        let before = Self.kind(i > start ? UTF8Scan.decode(bytes, before: i) : nil)
        let next = Self.kind(after < end ? UTF8Scan.decode(bytes, at: after, end: end).0 : nil)
        let left = next != .space && (next != .punctuation || before != .letter)
        let right = before != .space && (before != .punctuation || next != .letter)
        let underscore = byte == UInt8(ascii: "_")
        let opens = left && (!underscore || !right || before == .punctuation)
        let closes = right && (!underscore || !left || next == .punctuation)
        if opens || closes {
            runs.append(
                Run(byte: byte, range: i..<after, opens: opens, closes: closes, length: after - i))
        }
        return after
    }

    /// The emphasised ranges, marks included, inner ones first.
    mutating func spans() -> [(range: Range<Int>, strong: Bool)] {
        var result: [(range: Range<Int>, strong: Bool)] = []
        var openers: [Run] = []
        /// By mark, length and kind of the closer: how deep a search for its opener already failed.
        var bottoms: [Int: Int] = [:]
        for var closer in runs {
            let key =
                (closer.byte == UInt8(ascii: "_") ? 6 : 0) + (closer.opens ? 3 : 0)
                + closer.length % 3
            search: while closer.closes, !closer.range.isEmpty {
                let bottom = min(bottoms[key, default: 0], openers.count)
                var found: Int?
                for index in stride(from: openers.count - 1, through: bottom, by: -1) {
                    let opener = openers[index]
                    guard opener.byte == closer.byte else { continue }
                    let three =
                        (opener.closes || closer.opens)
                        && (opener.length + closer.length) % 3 == 0
                        && !(opener.length % 3 == 0 && closer.length % 3 == 0)
                    if !three {
                        found = index
                        break
                    }
                }
                guard let found else {
                    bottoms[key] = openers.count
                    break search
                }
                openers.removeSubrange((found + 1)...)
                bottoms = bottoms.mapValues { min($0, found) }
                let strong = openers[found].range.count >= 2 && closer.range.count >= 2
                let used = strong ? 2 : 1
                let from = openers[found].range.upperBound - used
                let to = closer.range.lowerBound + used
                result.append((from..<to, strong))
                openers[found].range = openers[found].range.lowerBound..<from
                closer.range = to..<closer.range.upperBound
                if openers[found].range.isEmpty { openers.remove(at: found) }
            }
            if closer.opens, !closer.range.isEmpty { openers.append(closer) }
        }
        return result
    }

    private enum Neighbour {
        case space, punctuation, letter
    }

    /// The line's ends count as spaces.
    private static func kind(_ scalar: UInt32?) -> Neighbour {
        guard let scalar else { return .space }
        if scalar < 0x80 {
            let byte = UInt8(scalar)
            if byte <= 0x20 { return .space }
            return byte.isASCIIPunctuation ? .punctuation : .letter
        }
        guard let value = Unicode.Scalar(scalar) else { return .letter }
        switch value.properties.generalCategory {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: return .space
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
            .modifierSymbol, .otherSymbol:
            return .punctuation
        default: return .letter
        }
    }
}
