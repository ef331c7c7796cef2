/// Which side of an insertion at the very offset a mapped position keeps to.
public enum Bias: Sendable, Equatable {
    /// Stays before what is inserted there.
    case before
    /// Moves behind it.
    case after
}

/// Why an edit was refused.
public enum ChangeError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The change was made for a text of another length.
    case stale(expected: Int, actual: Int)

    /// One English sentence with both lengths in bytes, for logs and failed tests.
    public var description: String {
        switch self {
        case .stale(let expected, let actual):
            "The change was made for a text of \(expected) bytes, but the text has \(actual)."
        }
    }
}

/// A change of a whole text: runs kept, deleted and inserted, from start to end.
///
/// It knows the length it applies to and refuses any other text; it can be inverted, joined with
/// the change that follows it, and used to map a position from before to after. The idea is
/// operational transformation's, without its concurrency.
///
/// Known limits: two texts of the same length are not told apart; there is no move operation.
public struct ChangeSet: Sendable, Equatable {
    /// One run of a change; all runs together go once over the whole text.
    public enum Operation: Sendable, Equatable {
        /// Keeps so many bytes.
        case retain(Int)
        /// Deletes so many bytes.
        case delete(Int)
        case insert(String)
    }

    /// The length in UTF-8 bytes of the text that the change applies to.
    public private(set) var lengthBefore = 0
    /// The length in UTF-8 bytes of the text that the change makes.
    public private(set) var lengthAfter = 0
    /// In order; neighbours of a kind are one, and where both stand at a place the deletion is first.
    public private(set) var operations: [Operation] = []

    private init() {}

    /// The change that keeps all `length` bytes of a text.
    public static func identity(length: Int) -> ChangeSet {
        var changes = ChangeSet()
        changes.retain(length)
        return changes
    }

    /// The change that replaces each range of a text of `length` bytes.
    ///
    /// There are no ranges that it doesn't fit: those that overlap are replaced as one, by what each is replaced by in their
    /// order, and what lies outside of the text is left out.
    ///
    /// - Parameters:
    ///   - length: bytes of the text that is changed.
    ///   - replacing: in any order; of those that begin at one place the first one given comes first.
    public init(length: Int, replacing: [(range: Range<Int>, with: String)]) {
        let isSorted = zip(replacing, replacing.dropFirst()).allSatisfy { $0.range.lowerBound <= $1.range.lowerBound }
        let ordered =
            isSorted
            ? replacing
            : replacing.enumerated().sorted {
                ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
            }.map(\.element)
        let length = max(0, length)
        var position = 0
        for (range, string) in ordered {
            let start = min(max(position, range.lowerBound), length)
            let end = min(max(start, range.upperBound), length)
            retain(start - position)
            delete(end - start)
            insert(string)
            position = end
        }
        retain(length - position)
    }

    /// Whether nothing is deleted or inserted; O(operations).
    public var isIdentity: Bool {
        operations.allSatisfy { if case .retain = $0 { true } else { false } }
    }

    /// The bytes of the text before from the first that is changed to the last; empty, at the place, for an insertion.
    public var touched: Range<Int> {
        var (start, end) = (0, lengthBefore)
        if case .retain(let count)? = operations.first { start = count }
        if operations.count > 1, case .retain(let count)? = operations.last { end -= count }
        return start..<max(start, end)
    }

    private mutating func retain(_ count: Int) {
        guard count > 0 else { return }
        lengthBefore += count
        lengthAfter += count
        if case .retain(let previous)? = operations.last {
            operations[operations.count - 1] = .retain(previous + count)
        } else {
            operations.append(.retain(count))
        }
    }

    private mutating func delete(_ count: Int) {
        guard count > 0 else { return }
        lengthBefore += count
        switch operations.last {
        case .delete(let previous)?:
            operations[operations.count - 1] = .delete(previous + count)
        case .insert(let string)?:
            operations.removeLast()
            if case .delete(let previous)? = operations.last {
                operations[operations.count - 1] = .delete(previous + count)
            } else {
                operations.append(.delete(count))
            }
            operations.append(.insert(string))
        default:
            operations.append(.delete(count))
        }
    }

    private mutating func insert(_ string: String) {
        guard !string.isEmpty else { return }
        lengthAfter += string.utf8.count
        if case .insert(let previous)? = operations.last {
            operations[operations.count - 1] = .insert(previous + string)
        } else {
            operations.append(.insert(string))
        }
    }

    /// Takes up `next` where that only inserts right behind what this change inserted last, in time that doesn't depend on
    /// how much that is; false where it doesn't, and nothing is changed.
    mutating func goOn(with next: ChangeSet) -> Bool {
        guard next.lengthBefore == lengthAfter, let (target, string) = next.onlyInsertion else { return false }
        let (index, tail) = placeBeforeTail
        guard index >= 0, target == lengthAfter - tail, case .insert(var whole) = operations[index] else {
            return false
        }
        // Held here alone, so that it grows in place.
        operations[index] = .retain(0)
        whole += string
        operations[index] = .insert(whole)
        lengthAfter += string.utf8.count
        return true
    }

    /// The same for the way back: the insertion that `earlier` takes back goes on with what this one does.
    mutating func goOn(inverting next: ChangeSet) {
        guard let (_, string) = next.onlyInsertion else { return }
        var (index, _) = placeBeforeTail
        if case .insert = operations[index] { index -= 1 }
        guard index >= 0, case .delete(let count) = operations[index] else { return }
        operations[index] = .delete(count + string.utf8.count)
        lengthBefore += string.utf8.count
    }

    /// The place of the last operation but for what is kept behind it, and how much that is.
    private var placeBeforeTail: (index: Int, tail: Int) {
        if case .retain(let count)? = operations.last { return (operations.count - 2, count) }
        return (operations.count - 1, 0)
    }

    private var onlyInsertion: (target: Int, string: String)? {
        switch operations.count {
        case 1: if case .insert(let string) = operations[0] { return (0, string) }
        case 2:
            if case .insert(let string) = operations[0], case .retain = operations[1] { return (0, string) }
            if case .retain(let target) = operations[0], case .insert(let string) = operations[1] {
                return (target, string)
            }
        case 3:
            if case .retain(let target) = operations[0], case .insert(let string) = operations[1],
                case .retain = operations[2]
            {
                return (target, string)
            }
        default: break
        }
        return nil
    }

    // MARK: Using a change

    /// - Throws: `ChangeError.stale` where the text has another length; the text is then untouched.
    public func apply(to text: inout Text) throws(ChangeError) {
        guard text.utf8Count == lengthBefore else { throw .stale(expected: lengthBefore, actual: text.utf8Count) }
        guard !isDense else { return rewrite(&text) }
        var position = 0
        var index = 0
        while index < operations.count {
            switch operations[index] {
            case .retain(let count):
                position += count
            case .insert(let string):
                text.replace(position..<position, with: string)
                position += string.utf8.count
            case .delete(let count):
                var string = ""
                if index + 1 < operations.count, case .insert(let next) = operations[index + 1] {
                    string = next
                    index += 1
                }
                text.replace(position..<position + count, with: string)
                position += string.utf8.count
            }
            index += 1
        }
    }

    /// Many changes so close to each other that a leaf of the rope would be written again for each of them.
    private var isDense: Bool { operations.count > 64 && touched.count / RopeNode.maximumLeaf < operations.count }

    /// Writes the stretch from the first change to the last anew, at once.
    private func rewrite(_ text: inout Text) {
        let stretch = touched
        let old = text.bytes(in: stretch)
        var new: [UInt8] = []
        new.reserveCapacity(old.count + lengthAfter - lengthBefore)
        var position = 0
        for operation in operations {
            switch operation {
            case .retain(let count):
                let kept = (position..<position + count).clamped(to: stretch)
                new += old[kept.lowerBound - stretch.lowerBound..<kept.upperBound - stretch.lowerBound]
                position += count
            case .delete(let count): position += count
            case .insert(let string): new += string.utf8
            }
        }
        text.replace(stretch, withUTF8: new)
    }

    /// The change that takes the result back to `original`.
    public func inverted(on original: Text) -> ChangeSet {
        precondition(original.utf8Count == lengthBefore, "not the text this change was made for")
        let stretch = touched
        let read = isDense ? original.bytes(in: stretch) : nil
        func slice(_ range: Range<Int>) -> String {
            guard let read else { return original.slice(range) }
            return String(
                decoding: read[range.lowerBound - stretch.lowerBound..<range.upperBound - stretch.lowerBound],
                as: UTF8.self)
        }
        var inverse = ChangeSet()
        var position = 0
        for operation in operations {
            switch operation {
            case .retain(let count):
                inverse.retain(count)
                position += count
            case .delete(let count):
                inverse.insert(slice(position..<position + count))
                position += count
            case .insert(let string):
                inverse.delete(string.utf8.count)
            }
        }
        return inverse
    }

    /// This change and then `next`, as one.
    ///
    /// - Throws: `ChangeError.stale` where `next` was not made for this one's result.
    public func composed(with next: ChangeSet) throws(ChangeError) -> ChangeSet {
        guard lengthAfter == next.lengthBefore else { throw .stale(expected: next.lengthBefore, actual: lengthAfter) }
        var result = ChangeSet()
        var left = Reader(operations)
        var right = Reader(next.operations)
        while true {
            // What the first deletes and what the second inserts concern only one side each.
            if case .delete(let count)? = left.current {
                result.delete(count)
                left.advance()
                continue
            }
            if case .insert(let string)? = right.current {
                result.insert(string)
                right.advance()
                continue
            }
            guard let a = left.current, let b = right.current else { return result }
            let length = min(Reader.length(a), Reader.length(b))
            switch (a, b) {
            case (.retain, .retain): result.retain(length)
            case (.retain, .delete): result.delete(length)
            case (.insert(let string), .retain): result.insert(Reader.prefix(string, length))
            default: break  // Inserted and deleted again: nothing remains.
            }
            left.consume(length)
            right.consume(length)
        }
    }

    /// Where a position of the text before is in the text after.
    ///
    /// - Parameters:
    ///   - offset: UTF-8 bytes from the start of the text before.
    ///   - bias: decides at an insertion at this very place, and for a position inside a
    ///     replaced range, which end of the replacement it goes to.
    public func map(_ offset: Int, bias: Bias) -> Int {
        var mapper = PositionMapper(self)
        return mapper.map(offset, bias: bias)
    }

    /// Walks operations, parts of one at a time.
    private struct Reader {
        private var rest: ArraySlice<Operation>
        private(set) var current: Operation?

        init(_ operations: [Operation]) {
            rest = operations[...]
            current = rest.popFirst()
        }

        mutating func advance() { current = rest.popFirst() }

        mutating func consume(_ count: Int) {
            guard let operation = current else { return }
            let left = Reader.length(operation) - count
            guard left > 0 else { return advance() }
            switch operation {
            case .retain: current = .retain(left)
            case .delete: current = .delete(left)
            case .insert(let string): current = .insert(Reader.suffix(string, left))
            }
        }

        static func length(_ operation: Operation) -> Int {
            switch operation {
            case .retain(let count), .delete(let count): count
            case .insert(let string): string.utf8.count
            }
        }

        static func prefix(_ string: String, _ count: Int) -> String {
            String(decoding: Array(string.utf8.prefix(count)), as: UTF8.self)
        }

        static func suffix(_ string: String, _ count: Int) -> String {
            String(decoding: Array(string.utf8.suffix(count)), as: UTF8.self)
        }
    }
}
