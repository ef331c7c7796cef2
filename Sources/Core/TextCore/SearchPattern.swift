/// What is searched for, and how: a literal or a regular expression, made ready once.
///
/// Composed: a literal is found by `LiteralScanner`. An expression is read by `RegexParser`, becomes a `LinearRegex`,
/// which is a program of a few instructions, and is run by `RegexMachine`, which follows all ways of matching at
/// once, so that no expression is slow.
///
/// Known limits: a whole word of a regular expression is the match that the expression prefers, or none; a literal's
/// accents are compared as they are written.
public struct SearchPattern: Sendable {
    /// What the writer asked for.
    public struct Query: Sendable, Equatable {
        /// Whether capital and small letters are told apart.
        public enum Case: Sendable, Equatable {
            /// Capitals count where the pattern has one.
            case smart
            case ignored, exact
        }
        /// The literal text or the regular expression, as it was typed.
        public var text: String
        /// Whether `text` is a regular expression; see `LinearRegex` for what it may hold.
        public var isRegex: Bool
        /// Whether capital and small letters are told apart.
        public var letterCase: Case
        /// Whether only matches that begin and end at the edges of words count.
        public var isWholeWord: Bool

        /// A query that is a literal, in smart case and anywhere in words, unless it is said otherwise.
        public init(_ text: String, isRegex: Bool = false, letterCase: Case = .smart, isWholeWord: Bool = false) {
            self.text = text
            self.isRegex = isRegex
            self.letterCase = letterCase
            self.isWholeWord = isWholeWord
        }

        /// Whether case is ignored, after smart case has looked for a capital outside of the escapes of an expression.
        public var ignoresCase: Bool {
            switch letterCase {
            case .smart:
                // In an expression \S and \p{Lu} are no capitals.
                let plain = isRegex ? Self.withoutEscapes(text) : text
                return !plain.unicodeScalars.contains { $0.properties.isUppercase }
            case .ignored: return true
            case .exact: return false
            }
        }

        private static func withoutEscapes(_ pattern: String) -> String {
            var result = ""
            var rest = pattern[...]
            while let character = rest.popFirst() {
                guard character == "\\" else {
                    result.append(character)
                    continue
                }
                let kind = rest.popFirst()
                if kind == "p" || kind == "P", let end = rest.firstIndex(of: "}") {
                    rest = rest[rest.index(after: end)...]
                }
            }
            return result
        }
    }

    private enum Matcher: Sendable {
        case literal(LiteralScanner)
        case regex(LinearRegex)
    }

    /// The query that the pattern was made of.
    public let query: Query
    private let matcher: Matcher

    /// - Throws: `PatternError` where an expression can't be read.
    public init(_ query: Query) throws(PatternError) {
        self.query = query
        let ignoresCase = query.ignoresCase
        if query.isRegex {
            matcher = .regex(try LinearRegex(query.text, ignoringCase: ignoresCase))
        } else if !ignoresCase
            || query.text.unicodeScalars.allSatisfy({
                $0.isASCII || CaseFolding.upper($0.value) == $0.value && CaseFolding.fold($0.value) == $0.value
            })
        {
            matcher = .literal(LiteralScanner(query.text, ignoringCase: ignoresCase))
        } else {
            // Letters beyond ASCII in either case.
            let escaped = query.text.map { "\\.*+?()[]{}|^$".contains($0) ? "\\\($0)" : String($0) }.joined()
            matcher = .regex(try LinearRegex(escaped, ignoringCase: true))
        }
    }

    /// Whether a search goes through text at many megabytes a tenth of a second.
    public var isFast: Bool {
        if case .literal = matcher { true } else { false }
    }

    /// The first match that lies in `range`.
    public func firstMatch(in text: Text, range: Range<Int>, isCancelled: () -> Bool = { false }) -> Range<Int>? {
        var scan = Scan(matcher, text)
        return firstMatch(&scan, range, in: text, isCancelled)
    }

    private func firstMatch(_ scan: inout Scan, _ range: Range<Int>, in text: Text, _ isCancelled: () -> Bool) -> Range<
        Int
    >? {
        var start = range.lowerBound
        while start <= range.upperBound, let match = scan.firstMatch(in: start..<range.upperBound, isCancelled) {
            if !query.isWholeWord || isWholeWord(match, in: text) { return match }
            start = text.scalarEnd(after: match.lowerBound)
        }
        return nil
    }

    /// Calls `body` with each match in `range`, in order and without overlaps, until it returns false.
    ///
    /// An empty match right behind another one doesn't count.
    public func forEachMatch(
        in text: Text, range: Range<Int>, isCancelled: () -> Bool = { false }, _ body: (Range<Int>) -> Bool
    ) {
        var scan = Scan(matcher, text)
        var start = range.lowerBound
        var lastEnd = -1
        while start <= range.upperBound, let match = firstMatch(&scan, start..<range.upperBound, in: text, isCancelled)
        {
            if !match.isEmpty || match.lowerBound != lastEnd {
                guard body(match) else { return }
                lastEnd = match.upperBound
            }
            start = match.isEmpty ? text.scalarEnd(after: match.upperBound) : match.upperBound
        }
    }

    /// A search that goes on from match to match: one of the two.
    private struct Scan {
        private var literal: LiteralScan?
        private var regex: RegexScan?

        init(_ matcher: Matcher, _ text: Text) {
            switch matcher {
            case .literal(let scanner): literal = LiteralScan(scanner, in: text)
            case .regex(let found): regex = RegexScan(found, in: text)
            }
        }

        mutating func firstMatch(in range: Range<Int>, _ isCancelled: () -> Bool) -> Range<Int>? {
            if let match = literal?.firstMatch(in: range, isCancelled: isCancelled) { return match }
            return regex?.firstMatch(in: range, isCancelled: isCancelled)
        }
    }

    /// All matches in `range`; `isComplete` is false where there are more than `limit`.
    public func matches(
        in text: Text, range: Range<Int>, limit: Int = .max, isCancelled: () -> Bool = { false }
    ) -> (ranges: [Range<Int>], isComplete: Bool) {
        var ranges: [Range<Int>] = []
        var isComplete = true
        forEachMatch(in: text, range: range, isCancelled: isCancelled) { match in
            guard ranges.count < limit else {
                isComplete = false
                return false
            }
            ranges.append(match)
            return true
        }
        return (ranges, isComplete)
    }

    private func isWholeWord(_ match: Range<Int>, in text: Text) -> Bool {
        guard !match.isEmpty else { return true }
        return text.isWordEdge(match.lowerBound) && text.isWordEdge(match.upperBound)
    }

    // MARK: Replacing

    /// What stands in a match's place: in a literal search `template` itself; with an expression `$1` or `\1` is what its
    /// first group matched, `$0` or `\0` or `$&` the whole, `\n` and `\t` a line break and a tab, `$$` and `\\` the signs themselves.
    public func replacement(_ template: String, for match: Range<Int>, in text: Text) -> String {
        guard query.isRegex, case .regex(let regex) = matcher,
            template.utf8.contains(where: { $0 == 0x24 || $0 == 0x5C })
        else { return template }
        // No way that leads beyond the match has matched, so none needs to be followed there.
        let groups = regex.groups(in: text, at: match, limit: match.upperBound)
        var result = ""
        var rest = template[...]
        while let character = rest.popFirst() {
            guard character == "$" || character == "\\", let next = rest.first else {
                result.append(character)
                continue
            }
            if next.isASCII, let digit = next.wholeNumberValue {
                rest.removeFirst()
                if groups.indices.contains(digit), let group = groups[digit] { result += text.slice(group) }
            } else if character == "$", next == "&" {
                rest.removeFirst()
                result += text.slice(match)
            } else if next == character {
                rest.removeFirst()
                result.append(character)
            } else if character == "\\", next == "n" || next == "t" {
                rest.removeFirst()
                result.append(next == "n" ? "\n" : "\t")
            } else {
                result.append(character)
            }
        }
        return result
    }

    /// The one change that replaces every match in `range`, and how many there are; nil where it was given up.
    ///
    /// - Parameters:
    ///   - text: what is searched.
    ///   - range: UTF-8 bytes of it.
    ///   - known: matches before `range`, in order, that are replaced too.
    ///   - template: what a match is replaced by; `$1` is its first group where the pattern is an expression.
    ///   - isCancelled: asked while it goes on.
    public func replacingAll(
        in text: Text, range: Range<Int>, known: [Range<Int>] = [], with template: String,
        isCancelled: () -> Bool = { false }
    ) -> (changes: ChangeSet, count: Int)? {
        var replacements: [(range: Range<Int>, with: String)] = []
        var isOver = false
        for (index, match) in known.enumerated() {
            if index % 1_024 == 0, isCancelled() { return nil }
            replacements.append((match, replacement(template, for: match, in: text)))
        }
        forEachMatch(
            in: text, range: range,
            isCancelled: {
                isOver = isOver || isCancelled()
                return isOver
            }
        ) { match in
            replacements.append((match, replacement(template, for: match, in: text)))
            return true
        }
        guard !isOver, !isCancelled() else { return nil }
        return (ChangeSet(length: text.utf8Count, replacing: replacements), replacements.count)
    }
}

extension Text {
    /// Whether a word, or a run of what is none, begins or ends at `offset`; words of Chinese as the dictionary has them.
    func isWordEdge(_ offset: Int) -> Bool {
        guard offset > 0, offset < utf8Count else { return true }
        return wordSpan(at: scalarBoundary(atOrBefore: offset)).map { $0.range.lowerBound == offset } ?? true
    }
}

/// Finds bytes, with ASCII's letters in either case where asked.
struct LiteralScanner: Sendable {
    private let pattern: [UInt8]
    private let ignoresCase: Bool

    init(_ text: String, ignoringCase: Bool) {
        pattern = text.utf8.map { ignoringCase ? Self.folded($0) : $0 }
        ignoresCase = ignoringCase
    }

    fileprivate var length: Int { pattern.count }

    /// The first place in `bytes` from `index` on at which all of the pattern stands.
    fileprivate func find(in bytes: [UInt8], from index: Int) -> Int? {
        guard !pattern.isEmpty, bytes.count - index >= pattern.count else { return nil }
        return bytes.withUnsafeBufferPointer { haystack in
            pattern.withUnsafeBufferPointer { pattern in
                let first = pattern[0]
                let other = ignoresCase && first >= 0x61 && first <= 0x7A ? first - 0x20 : first
                candidates: for start in index...haystack.count - pattern.count
                where haystack[start] == first || haystack[start] == other {
                    for offset in 1..<max(1, pattern.count) {
                        let byte = haystack[start + offset]
                        if (ignoresCase ? Self.folded(byte) : byte) != pattern[offset] { continue candidates }
                    }
                    return start
                }
                return nil
            }
        }
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
    }
}

/// Looks for bytes from place to place in one text, of which it keeps the stretch it is in.
struct LiteralScan {
    private let scanner: LiteralScanner
    private let text: Text
    private var window: [UInt8] = []
    private var windowStart = 0
    /// Grows as a search goes on, so that a match close by copies little.
    private var windowSize = 256

    init(_ scanner: LiteralScanner, in text: Text) {
        self.scanner = scanner
        self.text = text
    }

    mutating func firstMatch(in range: Range<Int>, isCancelled: () -> Bool) -> Range<Int>? {
        let length = scanner.length
        guard length > 0 else { return nil }
        var start = range.lowerBound
        while start + length <= range.upperBound {
            if start < windowStart || start + length > windowStart + window.count {
                if isCancelled() { return nil }
                window = text.bytes(in: start..<min(text.utf8Count, start + windowSize + length - 1))
                windowStart = start
                windowSize = min(1 << 16, windowSize * 2)
            }
            if let index = scanner.find(in: window, from: start - windowStart) {
                let match = windowStart + index..<windowStart + index + length
                return match.upperBound <= range.upperBound ? match : nil
            }
            // The last bytes may be the first of a match.
            start = windowStart + window.count - length + 1
        }
        return nil
    }
}
