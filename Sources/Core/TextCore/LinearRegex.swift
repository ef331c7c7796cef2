/// A regular expression whose search takes time in proportion to the text, whatever the expression: it follows all ways
/// of matching at once (Thompson 1968, with priorities and captures as in Pike's machine) and never goes back.
///
/// What is matched is the leftmost, and of those the one that a backtracking engine would find first. See `RegexParser`
/// for what it knows.
public struct LinearRegex: Sendable {
    enum Instruction: Sendable {
        case scalar(UInt32)
        case any
        case set(Int)
        case assertion(RegexAssertion)
        case split(Int, Int)
        case jump(Int)
        case save(Int)
        case match
    }

    static let largestProgram = 20_000

    private(set) var program: [Instruction] = []
    private(set) var sets: [ScalarSet] = []
    /// How many groups of the pattern keep what they match, the whole match not counted.
    public let groupCount: Int
    let ignoresCase: Bool
    /// For each byte, whether a match may begin with it; nil where a match may be empty.
    private(set) var firstBytes: [Bool]?

    /// - Throws: `PatternError`, with the column.
    public init(_ pattern: String, ignoringCase: Bool = false) throws(PatternError) {
        let parsed = try RegexParser.parse(pattern)
        groupCount = parsed.groups
        ignoresCase = ignoringCase
        try emit(parsed.node)
        program.append(.match)
        firstBytes = findFirstBytes()
    }

    // MARK: Compiling

    private mutating func append(_ instruction: Instruction) throws(PatternError) {
        guard program.count < Self.largestProgram else { throw .tooLarge }
        program.append(instruction)
    }

    private mutating func emit(_ node: RegexNode) throws(PatternError) {
        switch node {
        case .empty: break
        case .scalar(let value): try append(.scalar(ignoresCase ? CaseFolding.fold(value) : value))
        case .any: try append(.any)
        case .set(let set):
            sets.append(set)
            try append(.set(sets.count - 1))
        case .assertion(let assertion): try append(.assertion(assertion))
        case .sequence(let parts): for part in parts { try emit(part) }
        case .choice(let branches):
            var jumps: [Int] = []
            for branch in branches.dropLast() {
                let split = program.count
                try append(.split(split + 1, 0))
                try emit(branch)
                jumps.append(program.count)
                try append(.jump(0))
                program[split] = .split(split + 1, program.count)
            }
            if let last = branches.last { try emit(last) }
            for jump in jumps { program[jump] = .jump(program.count) }
        case .group(let body, let number):
            guard let number else { return try emit(body) }
            try append(.save(2 * number))
            try emit(body)
            try append(.save(2 * number + 1))
        case .repeated(let body, let least, let most, let isLazy):
            for _ in 0..<least { try emit(body) }
            if let most {
                var splits: [Int] = []
                for _ in 0..<max(0, most - least) {
                    splits.append(program.count)
                    try append(.split(0, 0))
                    try emit(body)
                }
                for split in splits { program[split] = way(into: split + 1, past: program.count, isLazy) }
            } else {
                let split = program.count
                try append(.split(0, 0))
                try emit(body)
                try append(.jump(split))
                program[split] = way(into: split + 1, past: program.count, isLazy)
            }
        }
    }

    private func way(into body: Int, past end: Int, _ isLazy: Bool) -> Instruction {
        isLazy ? .split(end, body) : .split(body, end)
    }

    private func findFirstBytes() -> [Bool]? {
        var table = [Bool](repeating: false, count: 256)
        var seen = [Bool](repeating: false, count: program.count)
        var pending = [0]
        func admitMultibyte() { for byte in 0x80...0xFF { table[byte] = true } }
        while let index = pending.popLast() {
            guard !seen[index] else { continue }
            seen[index] = true
            switch program[index] {
            case .scalar(let value):
                if value < 0x80 {
                    table[Int(value)] = true
                    if ignoresCase {
                        if value >= 0x61, value <= 0x7A { table[Int(value) - 0x20] = true }
                        // The Kelvin and the long s fold to ASCII.
                        admitMultibyte()
                    }
                } else if ignoresCase {
                    admitMultibyte()
                } else if let first = Unicode.Scalar(value).map({ Array(String($0).utf8)[0] }) {
                    table[Int(first)] = true
                }
            case .any:
                for byte in 0..<256 where byte != 0x0A { table[byte] = true }
            case .set(let number):
                for value in 0..<UInt32(0x80) where holds(number, ignoresCase ? CaseFolding.fold(value) : value) {
                    table[Int(value)] = true
                }
                admitMultibyte()
            case .split(let one, let other): pending += [one, other]
            case .jump(let target): pending.append(target)
            case .save, .assertion: pending.append(index + 1)
            case .match: return nil
            }
        }
        return table
    }

    /// Whether a set holds a scalar that was folded where case is ignored.
    func holds(_ set: Int, _ value: UInt32) -> Bool {
        guard ignoresCase else { return sets[set].contains(value) }
        // What was folded to a small letter may be meant by its capital.
        let other = CaseFolding.upper(value)
        if sets[set].isNegated { return sets[set].contains(value) && sets[set].contains(other) }
        return sets[set].contains(value) || sets[set].contains(other)
    }

    // MARK: Searching

    /// The first match that starts in `range` at or after its start, and lies in it; nil where there is none or it was
    /// given up.
    ///
    /// - Parameters:
    ///   - text: what is searched.
    ///   - range: UTF-8 bytes of it.
    ///   - isCancelled: asked every 64 KB, and after 65,536 steps of the expression's.
    public func firstMatch(in text: Text, range: Range<Int>, isCancelled: () -> Bool = { false }) -> Range<Int>? {
        var machine = RegexMachine(self, text: text, limit: range.upperBound, slots: 2)
        return machine.run(from: range.lowerBound, isAnchored: false, isCancelled: isCancelled)
    }

    /// What the groups of the match that starts at `start` hold, the whole first; nil for those that took no part.
    public func groups(in text: Text, at match: Range<Int>, limit: Int) -> [Range<Int>?] {
        var machine = RegexMachine(self, text: text, limit: limit, slots: 2 * (groupCount + 1))
        guard machine.run(from: match.lowerBound, isAnchored: true, isCancelled: { false }) != nil else {
            return [match]
        }
        return (0...groupCount).map { group in
            let start = machine.found[2 * group]
            let end = machine.found[2 * group + 1]
            return start >= 0 && end >= start ? start..<end : nil
        }
    }
}

/// Searches of one text that follow each other and share what they need, so that a million matches cost little more than
/// the text between them.
public struct RegexScan {
    private var machine: RegexMachine

    /// A series of searches in one text; it keeps the lists of the machine from one search to the next.
    public init(_ regex: LinearRegex, in text: Text) {
        machine = RegexMachine(regex, text: text, limit: text.utf8Count, slots: 2)
    }

    /// What `LinearRegex.firstMatch` finds.
    public mutating func firstMatch(in range: Range<Int>, isCancelled: () -> Bool = { false }) -> Range<Int>? {
        machine.limit = range.upperBound
        return machine.run(from: range.lowerBound, isAnchored: false, isCancelled: isCancelled)
    }

    /// The matches that lie in `range`, in order and without overlaps, until `body` returns false.
    ///
    /// An empty match right behind another one doesn't count.
    public mutating func forEachMatch(
        in range: Range<Int>, isCancelled: () -> Bool = { false }, _ body: (Range<Int>) -> Bool
    ) {
        var start = range.lowerBound
        var lastEnd = -1
        while start <= range.upperBound, let match = firstMatch(in: start..<range.upperBound, isCancelled: isCancelled)
        {
            if !match.isEmpty || match.lowerBound != lastEnd {
                guard body(match) else { return }
                lastEnd = match.upperBound
            }
            start = match.isEmpty ? machine.text.scalarEnd(after: match.upperBound) : match.upperBound
        }
    }
}

extension Text {
    /// Where the scalar at `offset` ends; one further at the text's end.
    func scalarEnd(after offset: Int) -> Int {
        var next = offset + 1
        while next < utf8Count, !isScalarBoundary(next) { next += 1 }
        return next
    }
}

/// Letters that differ only in case are one.
enum CaseFolding {
    static func fold(_ value: UInt32) -> UInt32 {
        if value < 0x80 { return value >= 0x41 && value <= 0x5A ? value + 0x20 : value }
        if value >= 0x2E80, value < 0xA640 { return value }
        guard let scalar = Unicode.Scalar(value) else { return value }
        let lower = scalar.properties.lowercaseMapping.unicodeScalars
        if value == 0x17F { return 0x73 }
        if value == 0x3C2 { return 0x3C3 }
        return lower.count == 1 ? lower.first?.value ?? value : value
    }

    static func upper(_ value: UInt32) -> UInt32 {
        if value < 0x80 { return value >= 0x61 && value <= 0x7A ? value - 0x20 : value }
        guard let scalar = Unicode.Scalar(value) else { return value }
        let upper = scalar.properties.uppercaseMapping.unicodeScalars
        return upper.count == 1 ? upper.first?.value ?? value : value
    }
}
