/// A text of any length: UTF-8 in a rope, so that an edit, a look-up of a line and a copy cost
/// O(log n) or less.
///
/// Composed bottom up: bytes lie in leaves of about a kilobyte, leaves in a B-tree whose branches
/// know the bytes and line feeds below them, and a `Text` is a pointer to the root. Offsets are
/// UTF-8 bytes from the start; lines are counted from 0 and end at a line feed.
///
/// Known limits: the bytes are the caller's to keep valid UTF-8 (edits at scalar boundaries keep
/// them so); nothing is normalised; CR is a character like any other.
public struct Text: Sendable {
    private(set) var root: RopeNode
    /// The array this text was made of, until it is edited.
    private var source: [UInt8]?

    /// An empty text.
    public init() { root = .empty }

    /// A text of a string's UTF-8; O(n).
    public init(_ string: String) {
        self.init(utf8: string.utf8)
    }

    /// - Parameter bytes: valid UTF-8.
    public init(utf8 bytes: some Sequence<UInt8>) {
        root = RopeNode.build(Array(bytes))
    }

    /// Takes the array as it is, without a copy.
    ///
    /// - Parameter bytes: valid UTF-8.
    public init(utf8 bytes: [UInt8]) {
        root = RopeNode.build(bytes)
        source = bytes
    }

    /// The length in UTF-8 bytes; O(1).
    public var utf8Count: Int { root.summary.bytes }
    /// Whether the text has no byte; O(1).
    public var isEmpty: Bool { utf8Count == 0 }

    /// The lines, which are one more than the line feeds.
    public var lineCount: Int { root.summary.newlines + 1 }

    /// The whole text; O(n).
    public var string: String { slice(0..<utf8Count) }

    /// Replaces the bytes of `range`.
    ///
    /// - Precondition: `range` lies in the text, at scalar boundaries.
    public mutating func replace(_ range: Range<Int>, with string: String) {
        replace(range, withUTF8: Array(string.utf8))
    }

    mutating func replace(_ range: Range<Int>, withUTF8 bytes: [UInt8]) {
        precondition(range.lowerBound >= 0 && range.upperBound <= utf8Count, "range outside the text")
        guard !range.isEmpty || !bytes.isEmpty else { return }
        source = nil
        var node = RopeNode.gather(root.replacing(range, with: bytes))
        while case .branch(let children) = node.content, children.count == 1, let only = children.first { node = only }
        root = node
    }

    // MARK: Reading

    /// A copy of the bytes of `range`; O(log n + count).
    ///
    /// - Precondition: `range` lies in the text; it may cut a scalar.
    public func bytes(in range: Range<Int>) -> [UInt8] {
        precondition(range.lowerBound >= 0 && range.upperBound <= utf8Count, "range outside the text")
        if range.count == utf8Count, let source { return source }
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        forEachChunk(in: range) { result += $0 }
        return result
    }

    /// The bytes of `range` as a string; a scalar cut at an end reads as U+FFFD.
    public func slice(_ range: Range<Int>) -> String {
        String(decoding: bytes(in: range), as: UTF8.self)
    }

    /// The byte at `offset`; O(log n).
    ///
    /// - Precondition: `0 <= offset < utf8Count`.
    public func byte(at offset: Int) -> UInt8 {
        var node = root
        var rest = offset
        descent: while true {
            switch node.content {
            case .leaf(let bytes):
                return bytes[bytes.startIndex + rest]
            case .branch(let children):
                for child in children {
                    if rest < child.summary.bytes {
                        node = child
                        continue descent
                    }
                    rest -= child.summary.bytes
                }
                preconditionFailure("offset outside the text")
            }
        }
    }

    /// Calls `body` with each run of bytes in `range`, in order.
    public func forEachChunk(in range: Range<Int>, _ body: (ArraySlice<UInt8>) -> Void) {
        func visit(_ node: RopeNode, _ start: Int) {
            switch node.content {
            case .leaf(let bytes):
                let lower = max(0, range.lowerBound - start)
                let upper = min(bytes.count, range.upperBound - start)
                if lower < upper { body(bytes[bytes.startIndex + lower..<bytes.startIndex + upper]) }
            case .branch(let children):
                var offset = start
                for child in children {
                    let end = offset + child.summary.bytes
                    if offset >= range.upperBound { return }
                    if end > range.lowerBound { visit(child, offset) }
                    offset = end
                }
            }
        }
        visit(root, 0)
    }

    // MARK: Lines

    /// The line that holds `offset`; the text's end belongs to the last line.
    public func line(at offset: Int) -> Int {
        var node = root
        var rest = min(max(0, offset), utf8Count)
        var line = 0
        descent: while true {
            switch node.content {
            case .leaf(let bytes):
                return line + bytes.prefix(rest).withUnsafeBufferPointer { Summary.newlines(in: $0) }
            case .branch(let children):
                for child in children {
                    if rest < child.summary.bytes {
                        node = child
                        continue descent
                    }
                    rest -= child.summary.bytes
                    line += child.summary.newlines
                }
                return line
            }
        }
    }

    /// The offset at which a line starts.
    ///
    /// - Precondition: `0 <= line < lineCount`.
    public func lineStart(_ line: Int) -> Int {
        precondition(line >= 0 && line < lineCount, "no such line")
        guard line > 0 else { return 0 }
        var node = root
        var rest = line
        var offset = 0
        descent: while true {
            switch node.content {
            case .leaf(let bytes):
                return offset + bytes.withUnsafeBufferPointer { Self.end(ofNewline: rest, in: $0) }
            case .branch(let children):
                for child in children {
                    if rest <= child.summary.newlines {
                        node = child
                        continue descent
                    }
                    rest -= child.summary.newlines
                    offset += child.summary.bytes
                }
                preconditionFailure("the summaries and the leaves disagree")
            }
        }
    }

    /// The offset behind the line feed that is the `number`th of `buffer`, from 1.
    private static func end(ofNewline number: Int, in buffer: UnsafeBufferPointer<UInt8>) -> Int {
        var left = number
        var index = 0
        // Stretches that can't have it are only counted.
        while index + 128 <= buffer.count {
            let count = Summary.newlines(in: UnsafeBufferPointer(rebasing: buffer[index..<index + 128]))
            if count >= left { break }
            left -= count
            index += 128
        }
        while index < buffer.count {
            if buffer[index] == 0x0A {
                left -= 1
                if left == 0 { return index + 1 }
            }
            index += 1
        }
        preconditionFailure("the summaries and the leaves disagree")
    }

    /// The bytes of a line, without its line feed.
    public func lineRange(_ line: Int) -> Range<Int> {
        let start = lineStart(line)
        let end = line + 1 < lineCount ? lineStart(line + 1) - 1 : utf8Count
        return start..<end
    }

    /// Whether a scalar starts at `offset`, or the text ends there.
    public func isScalarBoundary(_ offset: Int) -> Bool {
        offset <= 0 || offset >= utf8Count || byte(at: offset) & 0xC0 != 0x80
    }
}

extension Text: Equatable {
    /// Whether both texts have the same bytes; O(1) where they share their tree or differ in length or lines, else
    /// O(n).
    public static func == (left: Text, right: Text) -> Bool {
        if left.root === right.root { return true }
        guard left.root.summary == right.root.summary else { return false }
        return left.bytes(in: 0..<left.utf8Count) == right.bytes(in: 0..<right.utf8Count)
    }
}

extension Text: ExpressibleByStringLiteral {
    /// A text of a literal of the source code.
    public init(stringLiteral value: String) { self.init(value) }
}
