extension ChangeSet {
    /// The change that makes `new` of `old`: one place, from the first byte that differs to the last.
    ///
    /// O(n), and no search for the smallest difference: what is alike in between is replaced too.
    public static func turning(_ old: Text, into new: Text) -> ChangeSet {
        let (a, b) = (old.bytes(in: 0..<old.utf8Count), new.bytes(in: 0..<new.utf8Count))
        var start = CommonEnds.start(a, b)
        var same = CommonEnds.end(a, b, atMost: min(a.count, b.count) - start)
        // Neither end may lie within a scalar of either text.
        func isInside(_ bytes: [UInt8], _ offset: Int) -> Bool { offset < bytes.count && bytes[offset] & 0xC0 == 0x80 }
        while start > 0, isInside(a, start) || isInside(b, start) { start -= 1 }
        while same > 0, isInside(a, a.count - same) || isInside(b, b.count - same) { same -= 1 }
        let inserted = String(decoding: b[start..<b.count - same], as: UTF8.self)
        return ChangeSet(length: a.count, replacing: [(range: start..<a.count - same, with: inserted)])
    }

    /// Stretches longer than this are replaced whole instead of compared.
    private static let comparable = 256 << 10

    /// A change from `old` to `new` that touches little of what both have, so that what points into the text stays in its
    /// place.
    ///
    /// The lines that both begin and end with are kept; what is between is compared as prose.
    public static func difference(from old: Text, to new: Text) -> ChangeSet {
        let a = old.bytes(in: 0..<old.utf8Count)
        let b = new.bytes(in: 0..<new.utf8Count)
        var head = CommonEnds.start(a, b)
        if head == a.count, head == b.count { return .identity(length: a.count) }
        // A line that both share is kept whole; a text's end counts as a line's.
        while head > 0, a[head - 1] != 0x0A { head -= 1 }
        var tail = CommonEnds.end(a, b, atMost: min(a.count, b.count) - head)
        func beginsLine(_ bytes: [UInt8]) -> Bool {
            bytes.count - tail == head || bytes[bytes.count - tail - 1] == 0x0A
        }
        while tail > 0, !beginsLine(a) || !beginsLine(b) { tail -= 1 }
        let oldMiddle = head..<(a.count - tail)
        let newMiddle = head..<(b.count - tail)
        let replaced = String(decoding: b[newMiddle], as: UTF8.self)
        guard oldMiddle.count <= comparable, newMiddle.count <= comparable else {
            return ChangeSet(length: a.count, replacing: [(range: oldMiddle, with: replaced)])
        }
        let original = String(decoding: a[oldMiddle], as: UTF8.self)
        return ChangeSet(length: a.count, replacing: TextDiff.replacements(from: original, to: replaced, at: head))
    }

    /// Changes that follow one another, those that are short joined, so that there are fewer.
    ///
    /// - Parameters:
    ///   - changes: each made for the text that the one before it left; otherwise they stay as they are.
    ///   - limit: bytes and operations beyond which a change takes in no further one, since joining copies what it holds.
    /// - Returns: the changes, each with how many of the given ones it stands for.
    public static func joined(_ changes: [ChangeSet], limit: Int = 4_096) -> [(changes: ChangeSet, count: Int)] {
        var result: [(changes: ChangeSet, count: Int)] = []
        for next in changes {
            // What doesn't fit behind the one before stays a change of its own.
            if let last = result.last, last.changes.weight <= limit, next.weight <= limit,
                let both = try? last.changes.composed(with: next)
            {
                result[result.count - 1] = (both, last.count + 1)
            } else {
                result.append((next, 1))
            }
        }
        return result
    }

    private var weight: Int {
        operations.reduce(0) { sum, operation in
            if case .insert(let string) = operation { sum + string.utf8.count } else { sum + 1 }
        }
    }
}

/// How much two texts share at their ends, in bytes.
public enum CommonEnds {
    /// Compared at a time, which is quicker than one by one.
    private static let block = 4_096

    /// How many bytes both begin with alike; it may end inside a scalar.
    public static func start(_ a: [UInt8], _ b: [UInt8]) -> Int {
        let shorter = min(a.count, b.count)
        var same = 0
        while same + block <= shorter, a[same..<same + block] == b[same..<same + block] { same += block }
        while same < shorter, a[same] == b[same] { same += 1 }
        return same
    }

    /// How many bytes both end with alike, at most `most`; it may begin inside a scalar.
    ///
    /// - Precondition: neither array is shorter than `most`.
    public static func end(_ a: [UInt8], _ b: [UInt8], atMost most: Int) -> Int {
        var same = 0
        while same + block <= most,
            a[a.count - same - block..<a.count - same] == b[b.count - same - block..<b.count - same]
        { same += block }
        while same < most, a[a.count - same - 1] == b[b.count - same - 1] { same += 1 }
        return same
    }
}
