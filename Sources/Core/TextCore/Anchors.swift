/// Names an anchor within its document.
public struct AnchorID: Sendable, Hashable {
    let number: Int
}

/// Positions that move along with the text.
public struct Anchors: Sendable {
    private struct Anchor: Sendable {
        var offset: Int
        var bias: Bias
    }

    private var anchors: [AnchorID: Anchor] = [:]
    private var next = 0

    /// Begins without an anchor.
    public init() {}

    /// Adds an anchor at a byte offset and returns its name, which is never used again.
    ///
    /// - Parameters:
    ///   - offset: UTF-8 bytes from the text's start.
    ///   - bias: the side of an insertion at this very offset that the anchor keeps to.
    public mutating func add(_ offset: Int, bias: Bias) -> AnchorID {
        defer { next += 1 }
        let id = AnchorID(number: next)
        anchors[id] = Anchor(offset: offset, bias: bias)
        return id
    }

    /// The byte offset of an anchor in the text as it is now; nil where the anchor was removed.
    public func offset(of id: AnchorID) -> Int? { anchors[id]?.offset }

    /// Where all of them are, in no order.
    public var offsets: [Int] { anchors.values.map(\.offset) }

    /// Forgets an anchor; one that isn't there is no error.
    public mutating func remove(_ id: AnchorID) { anchors[id] = nil }

    /// Moves every anchor from the text before `changes` to the text after.
    public mutating func map(through changes: ChangeSet) {
        guard !anchors.isEmpty else { return }
        var mapper = PositionMapper(changes)
        for (id, anchor) in anchors.sorted(by: { $0.value.offset < $1.value.offset }) {
            anchors[id]?.offset = mapper.map(anchor.offset, bias: anchor.bias)
        }
    }
}
