import TextCore

/// Lists: in, out, from item to item, and numbers in order.
public enum ListEdits {
    /// `edit`, and with it the numbers of the ordered lists that it touches: one step.
    ///
    /// - Parameter text: the text that `edit` was made for.
    public static func keepingNumbers(_ edit: Edit, in text: Text) -> Edit { ListNumbers.kept(edit, in: text) }

    /// Sets the items on the selected lines, with all that is within them, in below the item before, or out to the level of the
    /// one they are in; nil where none of the lines is an item. Of items of one list that are set in differently, the one further out
    /// goes to the level of the other first.
    public static func indent(_ text: Text, _ selection: Selection, out: Bool) -> Edit? {
        let lines = LineEdits.lines(text, selection.range)
        guard lines.count < 10_000, let list = ListItems(text, around: lines) else { return nil }
        let chosen = list.items.indices.filter { lines.contains(list.lines[list.items[$0].line].number) }
        guard !chosen.isEmpty else { return nil }
        var moving: Set<Int> = []
        var replacements: [(range: Range<Int>, with: String)] = []
        for index in chosen {
            let item = list.items[index]
            // What is within an item that moves goes along.
            if let parent = item.parent, moving.contains(parent) || list.items[parent].line == item.line {
                moving.insert(index)
                continue
            }
            var target: Int?
            if out {
                target = item.parent.map { list.items[$0].indent } ?? 0
            } else {
                var before = item.previous
                while let candidate = before, moving.contains(candidate) { before = list.items[candidate].previous }
                target = before.map {
                    max(list.items[$0].indent, item.indent < list.items[$0].indent ? 0 : list.items[$0].content)
                }
                // The first item goes in by its own mark, as long as it isn't code there.
                let floor = item.parent.map { list.items[$0].content } ?? 0
                if item.previous == nil, item.content - floor < 4 { target = item.content }
            }
            guard let target, target != item.indent else { continue }
            moving.insert(index)
            for line in list.lines[item.line...item.lastLine] where !line.isBlank && !line.isLazy {
                if let replacement = LineShift.replacement(text, line, by: target - item.indent) {
                    replacements.append(replacement)
                }
            }
        }
        return edit(text, selection, replacements, "indent")
    }

    /// Numbers the list around the caret, or the selected lines, from each level's first number on.
    public static func renumber(_ text: Text, _ selection: Selection) -> Edit? {
        let lines = LineEdits.lines(text, selection.range)
        guard selection.isEmpty else { return ListNumbers.inOrder(text, lines, selection) }
        guard let list = ListItems(text, around: lines), let first = list.lines.first?.number,
            let last = list.lines.last?.number,
            list.position(of: lines.lowerBound).map({ list.lines[$0].owner != nil }) == true
        else { return nil }
        return ListNumbers.inOrder(text, first...last, selection)
    }

    /// Breaks the line at the caret so that the list or quotation goes on: with the next mark, an empty box, the same level.
    /// On an item with no text the mark goes instead, a level at a time, and behind the last one a new paragraph begins. nil
    /// where a line feed is all there is to do.
    public static func newline(_ text: Text, at caret: Int) -> Edit? {
        let number = text.line(at: caret)
        guard text.lineRange(number).count < 2_000, let list = ListItems(text, around: number...number),
            let position = list.position(of: number),
            !list.lines[position].isCode
        else { return nil }
        let line = list.lines[position]
        let quotation = text.slice(line.range.lowerBound..<line.inner)
        guard let index = list.items.lastIndex(where: { $0.line == position }) else {
            return newlineInQuotation(text, caret, line, list, position)
        }
        let item = list.items[index]
        guard caret >= item.text else { return nil }
        let isEmpty = text.bytes(in: item.text..<line.range.upperBound).allSatisfy { $0 == 0x20 || $0 == 0x09 }
        guard isEmpty else {
            let own = text.slice(line.inner..<line.inner + line.blanks)
            let isFirst = item.marker == line.inner + line.blanks
            let blanks = isFirst ? own : String(repeating: " ", count: item.indent)
            return ListNumbers.kept(insertion(text, caret, "\n" + quotation + blanks + item.nextMark), in: text)
        }
        guard let parent = item.parent.map({ list.items[$0] }), parent.line != position else {
            return leave(text, line, position, list, quotation)
        }
        let outer = list.lines[parent.line]
        let isFirst = parent.marker == outer.inner + outer.blanks
        let blanks =
            isFirst
            ? text.slice(outer.inner..<outer.inner + outer.blanks) : String(repeating: " ", count: parent.indent)
        let mark = quotation + blanks + parent.nextMark
        let changes = ChangeSet(length: text.utf8Count, replacing: [(range: line.range, with: mark)])
        return ListNumbers.kept(
            Edit(changes: changes, selection: Selection(line.range.lowerBound + mark.utf8.count), origin: .deletion),
            in: text)
    }

    /// On a line of a quotation that is no item; also of one within a list or another quotation.
    private static func newlineInQuotation(
        _ text: Text, _ caret: Int, _ line: ListItems.Line, _ list: ListItems, _ position: Int
    ) -> Edit? {
        let bytes = text.bytes(in: line.range)
        let start = line.range.lowerBound
        var (inner, last) = (line.inner - start, line.inner - start)
        while let next = LineScan.behindQuoteMark(bytes, inner, bytes.count) { (last, inner) = (inner, next) }
        guard inner > 0, inner > last || line.depth > 0, caret >= start + inner else { return nil }
        guard bytes[inner...].allSatisfy(\.isSpaceOrTab) else {
            return insertion(text, caret, "\n" + text.slice(start..<start + inner))
        }
        // One level less: those of a quotation within what is left stay.
        if inner == line.inner - start { return leave(text, line, position, list, text.slice(start..<line.inner)) }
        let kept =
            String(decoding: bytes[..<last], as: UTF8.self)
            + String(decoding: bytes[last...].prefix { $0 == 0x20 }, as: UTF8.self)
        let blank = String(kept.reversed().drop { $0 == " " }.reversed())
        let lead = blank + "\n" + kept
        return Edit(
            changes: ChangeSet(length: text.utf8Count, replacing: [(range: line.range, with: lead)]),
            selection: Selection(start + lead.utf8.count), origin: .deletion)
    }

    /// The empty line becomes a paragraph of its own, behind the list or outside of the innermost quotation.
    private static func leave(
        _ text: Text, _ line: ListItems.Line, _ position: Int, _ list: ListItems, _ quotation: String
    ) -> Edit {
        let isItem = line.owner != nil && list.items.contains { $0.line == position }
        // An item of a list leads back into the quotation, a line of the quotation out of it.
        let depth = isItem ? line.depth : line.depth - 1
        var outer = ""
        var marks = 0
        for character in quotation {
            if character == ">" { marks += 1 }
            if marks > depth { break }
            outer.append(character)
        }
        if depth == 0 { outer = "" }
        let blank = String(outer.reversed().drop { $0 == " " }.reversed())
        func isBlank(_ number: Int) -> Bool {
            guard number >= 0, number < text.lineCount else { return true }
            return text.bytes(in: text.lineRange(number)).allSatisfy {
                $0 == 0x20 || $0 == 0x09 || $0 == 0x3E && depth > 0
            }
        }
        let lead = isBlank(line.number - 1) ? outer : blank + "\n" + outer
        let tail = isBlank(line.number + 1) ? "" : "\n" + blank
        let changes = ChangeSet(length: text.utf8Count, replacing: [(range: line.range, with: lead + tail)])
        return Edit(changes: changes, selection: Selection(line.range.lowerBound + lead.utf8.count), origin: .deletion)
    }

    private static func insertion(_ text: Text, _ caret: Int, _ string: String) -> Edit {
        Edit(
            changes: ChangeSet(length: text.utf8Count, replacing: [(range: caret..<caret, with: string)]),
            selection: Selection(caret + string.utf8.count), origin: .typing)
    }

    private static func edit(
        _ text: Text, _ selection: Selection, _ replacements: [(range: Range<Int>, with: String)], _ name: String
    ) -> Edit {
        let changes = ChangeSet(length: text.utf8Count, replacing: replacements)
        let moved = Edit(
            changes: changes,
            selection: Selection(
                anchor: changes.map(selection.anchor, bias: .after), head: changes.map(selection.head, bias: .after)),
            origin: .command(name))
        return ListNumbers.kept(moved, in: text)
    }
}
