import TextCore

/// Keeps the numbers of ordered lists in order over an edit.
///
/// A list begins with the number it began with before; one that is new within an item begins with 1. A list of which every
/// item had the same number goes on so. What stands behind a blank line and doesn't go on with the number above was begun
/// anew by the writer and stays so. Lists that the edit leaves alone are left alone.
enum ListNumbers {
    /// Texts that change by more than this are taken as they are.
    private static let largest = 256 << 10

    /// `edit` and what the numbers of the lists around it become, as one.
    static func kept(_ edit: Edit, in text: Text) -> Edit {
        let touched = edit.changes.touched
        let start = edit.changes.map(touched.lowerBound, bias: .before)
        let end = edit.changes.map(touched.upperBound, bias: .after)
        guard !edit.changes.isIdentity, touched.count < largest, end - start < largest else { return edit }
        var after = text
        // Made for another text: `Document` refuses it.
        guard (try? edit.changes.apply(to: &after)) != nil else { return edit }
        guard let new = ListItems(after, around: lines(after, start..<end)),
            new.items.contains(where: { $0.number != nil })
        else { return edit }
        let old = ListItems(text, around: lines(text, touched))
        let numbering = Numbering(new, before: old, changes: edit.changes)
        return numbering.edit(of: after, behind: edit) ?? edit
    }

    /// The numbers of the lists in `lines` from each list's first number on; nil where all are in order.
    static func inOrder(_ text: Text, _ lines: ClosedRange<Int>, _ selection: Selection) -> Edit? {
        guard let items = ListItems(text, around: lines) else { return nil }
        let numbering = Numbering(items, in: lines)
        let start = Edit(changes: .identity(length: text.utf8Count), selection: selection, origin: .command("renumber"))
        return numbering.edit(of: text, behind: start)
    }

    /// The lines of a range and one more each way, since a list begins or ends beside what is taken away.
    private static func lines(_ text: Text, _ range: Range<Int>) -> ClosedRange<Int> {
        max(0, text.line(at: range.lowerBound) - 1)...min(text.lineCount - 1, text.line(at: range.upperBound) + 1)
    }
}

/// The numbers that items should have.
private struct Numbering {
    /// Ordered items one behind the other, which are numbered together.
    struct Run {
        var items: [Int]
        var start: Int
        var isAllTheSame: Bool
    }

    private let list: ListItems
    private var numbers: [Int: Int] = [:]

    /// The numbers of the items in `lines`, as a command sets them.
    init(_ list: ListItems, in lines: ClosedRange<Int>) {
        self.list = list
        for run in Self.runs(of: list, breaksAt: Self.breaks(list)) {
            for (index, item) in run.items.filter({ lines.contains(list.lines[list.items[$0].line].number) })
                .enumerated()
            {
                let first = run.items.first { lines.contains(list.lines[list.items[$0].line].number) } ?? item
                numbers[item] = (list.items[first].number ?? 1) + index
            }
        }
    }

    /// The numbers after an edit that made `list` of `old`.
    init(_ list: ListItems, before old: ListItems?, changes: ChangeSet) {
        self.list = list
        // Which item is which.
        var positions: [Int: Int] = [:]
        for (index, item) in (old?.items ?? []).enumerated() {
            let position = changes.map(item.marker, bias: .after)
            let isThere = changes.map(item.marker + 1, bias: .before) == position + 1
            if isThere { positions[position] = index }
        }
        let known = list.items.map { positions[$0.marker] }
        let oldBreaks = old.map(Self.breaks) ?? []
        let oldRuns = old.map { Self.runs(of: $0, breaksAt: oldBreaks) } ?? []
        var runOf: [Int: Int] = [:]
        for (index, run) in oldRuns.enumerated() { for item in run.items { runOf[item] = index } }
        let breaks = Set(
            list.items.indices.filter { known[$0].map(oldBreaks.contains) == true && list.items[$0].isBehindBlank })
        for run in Self.runs(of: list, breaksAt: breaks) {
            let ids = run.items.map { known[$0] }
            if let first = ids.first ?? nil, let index = runOf[first], oldRuns[index].items.map(Optional.some) == ids {
                continue
            }
            var (start, isAllTheSame) = (run.start, false)
            let stayed = run.items.first { item in
                guard let old, let id = known[item] else { return false }
                let parent = list.items[item].parent.map { known[$0] }
                return old.items[id].parent == nil ? parent == nil : parent == .some(old.items[id].parent)
            }
            if let stayed, let id = known[stayed], let index = runOf[id] {
                (start, isAllTheSame) = (oldRuns[index].start, oldRuns[index].isAllTheSame)
            } else if ids.contains(where: { $0 != nil }) {
                start = 1
            }
            for (index, item) in run.items.enumerated() {
                numbers[item] = isAllTheSame ? start : min(start + index, 999_999_999)
            }
        }
    }

    /// The items that stand behind a blank line and don't go on with the number above.
    private static func breaks(_ list: ListItems) -> Set<Int> {
        Set(
            list.items.indices.filter { index in
                let item = list.items[index]
                guard item.isBehindBlank, let previous = item.previous, let before = list.items[previous].number,
                    let number = item.number
                else { return false }
                return number != before + 1 && number != before
            })
    }

    private static func runs(of list: ListItems, breaksAt breaks: Set<Int>) -> [Run] {
        var runs: [Run] = []
        var runOf: [Int: Int] = [:]
        for (index, item) in list.items.enumerated() {
            guard let number = item.number else { continue }
            if !breaks.contains(index), let previous = item.previous, let run = runOf[previous],
                list.items[previous].sign == item.sign
            {
                runs[run].items.append(index)
                runOf[index] = run
            } else {
                runOf[index] = runs.count
                runs.append(Run(items: [index], start: number, isAllTheSame: false))
            }
        }
        for index in runs.indices where runs[index].items.count > 1 {
            runs[index].isAllTheSame = runs[index].items.allSatisfy { list.items[$0].number == runs[index].start }
        }
        return runs
    }

    /// `edit`, and behind it the numbers of the text it leads to; nil where none changes.
    func edit(of text: Text, behind edit: Edit) -> Edit? {
        var replacements: [(range: Range<Int>, with: String)] = []
        var wider: [Int: Int] = [:]
        for (index, number) in numbers where number != list.items[index].number {
            guard let digits = list.items[index].digits else { continue }
            let written = String(number)
            replacements.append((digits, written))
            if written.utf8.count != digits.count { wider[index] = written.utf8.count - digits.count }
        }
        guard !replacements.isEmpty else { return nil }
        // What is within an item whose mark grows wider stays within it.
        if !wider.isEmpty {
            for line in list.lines where !line.isBlank && !line.isLazy {
                var shift = 0
                var owner = line.owner
                while let item = owner {
                    if list.lines[list.items[item].line].number != line.number { shift += wider[item] ?? 0 }
                    owner = list.items[item].parent
                }
                if let replacement = LineShift.replacement(text, line, by: shift) { replacements.append(replacement) }
            }
        }
        replacements.sort { $0.range.lowerBound < $1.range.lowerBound }
        let renumbering = ChangeSet(length: text.utf8Count, replacing: replacements)
        // Both were made for these very texts.
        guard let changes = try? edit.changes.composed(with: renumbering) else { return nil }
        // A caret before a number stays before it.
        func moved(_ offset: Int) -> Int { renumbering.map(offset, bias: .before) }
        return Edit(
            changes: changes,
            selection: Selection(anchor: moved(edit.selection.anchor), head: moved(edit.selection.head)),
            origin: edit.origin)
    }
}

/// Sets a line further in or out, behind the marks of the quotation it is in.
enum LineShift {
    static func replacement(_ text: Text, _ line: ListItems.Line, by columns: Int) -> (range: Range<Int>, with: String)?
    {
        let blanks = line.inner..<line.inner + line.blanks
        let wanted = max(0, line.indent + columns)
        guard wanted != line.indent else { return nil }
        let written = text.bytes(in: blanks)
        guard written.contains(0x09) else {
            return wanted > line.indent
                ? (blanks.lowerBound..<blanks.lowerBound, String(repeating: " ", count: wanted - line.indent))
                : (blanks.lowerBound..<blanks.lowerBound + line.indent - wanted, "")
        }
        // Tabs stay tabs where the columns are theirs.
        return (
            blanks, wanted % 4 == 0 ? String(repeating: "\t", count: wanted / 4) : String(repeating: " ", count: wanted)
        )
    }
}
