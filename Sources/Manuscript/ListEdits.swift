import TextCore

/// Lists: in, out, and numbers in order.
public enum ListEdits {
    /// Sets the items on the selected lines in or out by the width of their mark; nil where none of the lines is an item.
    public static func indent(_ text: Text, _ selection: Selection, out: Bool) -> Edit? {
        let lines = LineEdits.lines(text, selection.range)
        guard lines.count < 10_000 else { return nil }
        var replacements: [(range: Range<Int>, with: String)] = []
        var hasItem = false
        for line in lines {
            let range = text.lineRange(line)
            guard let marker = ListMarker(of: text.slice(range)), text.byte(at: range.lowerBound + marker.indent) != 0x3E else { continue }
            hasItem = true
            let step = min(4, marker.number == nil ? 2 : marker.length - marker.indent)
            if out {
                let width = text.byte(at: range.lowerBound) == 0x09 ? 1 : min(step, marker.indent)
                if marker.indent > 0 { replacements.append((range.lowerBound..<range.lowerBound + width, "")) }
            } else {
                replacements.append((range.lowerBound..<range.lowerBound, String(repeating: " ", count: step)))
            }
        }
        guard hasItem else { return nil }
        let changes = ChangeSet(length: text.utf8Count, replacing: replacements)
        return Edit(
            changes: changes,
            selection: Selection(anchor: changes.map(selection.anchor, bias: .after), head: changes.map(selection.head, bias: .after)),
            origin: .command("indent"))
    }

    /// Numbers the list around the caret, or the selected lines, from each level's first number on.
    public static func renumber(_ text: Text, _ selection: Selection) -> Edit? {
        var lines = LineEdits.lines(text, selection.range)
        if selection.isEmpty {
            func belongs(_ line: Int) -> Bool {
                let content = text.slice(text.lineRange(line))
                return ListMarker(of: content) != nil || content.utf8.first == 0x20 || content.utf8.first == 0x09
            }
            guard belongs(lines.lowerBound) else { return nil }
            var first = lines.lowerBound
            var last = lines.upperBound
            while first > 0, last - first < 5_000, belongs(first - 1) { first -= 1 }
            while last + 1 < text.lineCount, last - first < 10_000, belongs(last + 1) { last += 1 }
            lines = first...last
        }
        var next: [(indent: Int, number: Int)] = []
        var replacements: [(range: Range<Int>, with: String)] = []
        for line in lines {
            let range = text.lineRange(line)
            guard let marker = ListMarker(of: text.slice(range)) else { continue }
            next.removeAll { $0.indent > marker.indent }
            guard let number = marker.number else {
                next.removeAll { $0.indent == marker.indent }
                continue
            }
            let expected: Int
            if let index = next.firstIndex(where: { $0.indent == marker.indent }) {
                expected = next[index].number
                next[index].number += 1
            } else {
                expected = number
                next.append((marker.indent, number + 1))
            }
            let digits = range.lowerBound + marker.indent..<range.lowerBound + marker.length - 2
            if expected != number { replacements.append((digits, String(expected))) }
        }
        guard !replacements.isEmpty else { return nil }
        let changes = ChangeSet(length: text.utf8Count, replacing: replacements)
        return Edit(
            changes: changes,
            selection: Selection(anchor: changes.map(selection.anchor, bias: .after), head: changes.map(selection.head, bias: .after)),
            origin: .command("renumber"))
    }
}
