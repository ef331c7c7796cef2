import Assistant
import TextCore

extension ChangeSet {
    /// Stretches longer than this are replaced whole instead of compared.
    private static let comparable = 256 << 10

    /// A change from `old` to `new` that touches little of what both have, so that what points into the text stays in its place.
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
        func beginsLine(_ bytes: [UInt8]) -> Bool { bytes.count - tail == head || bytes[bytes.count - tail - 1] == 0x0A }
        while tail > 0, !beginsLine(a) || !beginsLine(b) { tail -= 1 }
        let oldMiddle = head..<(a.count - tail)
        let newMiddle = head..<(b.count - tail)
        let replaced = String(decoding: b[newMiddle], as: UTF8.self)
        guard oldMiddle.count <= comparable, newMiddle.count <= comparable else {
            return ChangeSet(length: a.count, replacing: [(range: oldMiddle, with: replaced)])
        }
        var replacing: [(range: Range<Int>, with: String)] = []
        var at = head
        for piece in TextDiff.between(String(decoding: a[oldMiddle], as: UTF8.self), replaced) {
            let count = piece.text.utf8.count
            switch piece.kind {
            case .same: at += count
            case .removed:
                replacing.append((at..<at + count, ""))
                at += count
            case .added:
                if let last = replacing.last, last.range.upperBound == at {
                    replacing[replacing.count - 1].with += piece.text
                } else {
                    replacing.append((at..<at, piece.text))
                }
            }
        }
        return ChangeSet(length: a.count, replacing: replacing)
    }
}
