/// Code fences (CommonMark 4.5), as far as prose of a model needs them: those at the top level.
///
/// Limit: where a tab is in the line with the closing marks, the code goes on.
package struct FenceScan {
    private var open: LineScan.Fence?

    /// Before the first line of a text.
    package init() {}

    /// Whether `line` is code or a fence; call it with each line in order.
    package mutating func isCode(_ line: Substring) -> Bool {
        let bytes = Array(line.utf8)
        let indent = bytes.prefix { $0 == 0x20 }.count
        if let fence = open {
            let isPlain = indent < 4 && !bytes.contains(0x09)
            if isPlain, LineScan.closes(fence, bytes, indent, bytes.count) { open = nil }
            return true
        }
        guard indent < 4, let (fence, _) = LineScan.openingFence(bytes, indent, bytes.count) else { return false }
        open = fence
        return true
    }

    /// What closes the fence left open at the end of `text`; nil when there is none.
    package static func openFence(in text: String) -> String? {
        var scan = FenceScan()
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            _ = scan.isCode(line)
        }
        return scan.open.map { String(repeating: Character(UnicodeScalar($0.byte)), count: $0.count) }
    }

    /// Whether `line` begins with the marks of a fence, whatever follows them: for pieces of notes, of which it isn't
    /// known what stands before them.
    package static func beginsWithMarks(_ line: Substring.UnicodeScalarView) -> Bool {
        line.starts(with: "```".unicodeScalars) || line.starts(with: "~~~".unicodeScalars)
    }
}
