/// Names an anchor within its document.
public struct AnchorID: Sendable, Hashable {
    let number: Int
}

/// Positions that move along with the text.
///
/// Known limits: mapping is linear in the number of anchors, which are few.
public struct Anchors: Sendable {
    private struct Anchor: Sendable {
        var offset: Int
        var bias: Bias
    }

    private var anchors: [AnchorID: Anchor] = [:]
    private var next = 0

    public init() {}

    public mutating func add(_ offset: Int, bias: Bias) -> AnchorID {
        defer { next += 1 }
        let id = AnchorID(number: next)
        anchors[id] = Anchor(offset: offset, bias: bias)
        return id
    }

    public func offset(of id: AnchorID) -> Int? { anchors[id]?.offset }

    /// Where all of them are, in no order.
    public var offsets: [Int] { anchors.values.map(\.offset) }

    public mutating func remove(_ id: AnchorID) { anchors[id] = nil }

    /// Moves every anchor from the text before `changes` to the text after.
    public mutating func map(through changes: ChangeSet) {
        guard !anchors.isEmpty else { return }
        anchors = anchors.mapValues { Anchor(offset: changes.map($0.offset, bias: $0.bias), bias: $0.bias) }
    }
}
