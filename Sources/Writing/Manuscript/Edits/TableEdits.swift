import TextCore

/// Tables with pipes: columns made equally wide, in cells of the screen, and ways from cell to cell.
///
/// A table is the lines around the caret that begin with a pipe, of which the second draws the rule. Pipes behind a
/// backslash and in code are text. What stands before the first pipe stays: a list item's mark or the indentation below it,
/// the marks of a quotation.
public enum TableEdits {
    /// Which cell the caret goes to: its own, the one behind it or the one before it, row by row.
    public enum Move: Sendable { case stay, next, previous }

    private static let largest = 2_000

    /// Aligns the table at the caret and puts the caret into the cell asked for; from the last one into a new row. nil
    /// where there's no table.
    public static func align(_ text: Text, _ selection: Selection, move: Move = .stay) -> Edit? {
        let caret = selection.head
        let line = text.line(at: caret)
        guard let (first, last) = lines(text, around: line) else { return nil }
        var margins = (first...last).map { margin(text, $0) ?? "" }
        var rows = margins.enumerated().map { index, margin in
            let range = text.lineRange(first + index)
            return cells(of: text.slice(range.lowerBound + margin.utf8.count..<range.upperBound))
        }
        guard isRule(rows[1]) else { return nil }
        let columns = max(1, rows.map(\.count).max() ?? 1)
        let sides = (0..<columns).map { $0 < rows[1].count ? rows[1][$0] : "-" }
        for index in rows.indices where index != 1 {
            rows[index] += Array(repeating: "", count: columns - rows[index].count)
        }

        // Where the caret is and goes.
        var row = line - first
        let before = text.slice(min(caret, text.lineRange(line).lowerBound + margins[row].utf8.count)..<caret)
        var asked = min(columns - 1, max(0, separators(in: before) - 1))
        let start =
            before.utf8.count - (before.split(separator: "|", omittingEmptySubsequences: false).last?.utf8.count ?? 0)
        let typed = before.utf8.dropFirst(start).drop { $0 == 0x20 }.count
        var inner = row == 1 ? 0 : min(rows[row][asked].utf8.count, typed)
        switch move {
        case .stay: break
        case .next, .previous:
            var position = row * columns + asked + (move == .next ? 1 : -1)
            // The rule is passed over.
            if position / columns == 1, position >= 0 { position = move == .next ? 2 * columns : columns - 1 }
            if position < 0 { position = 0 }
            if position >= rows.count * columns {
                rows.append(Array(repeating: "", count: columns))
                margins.append(margins[rows.count - 2])
            }
            row = position / columns
            asked = position % columns
            inner = 0
        }

        let widths = (0..<columns).map { column in
            max(3, rows.indices.filter { $0 != 1 }.map { DisplayWidth.of(rows[$0][column]) }.max() ?? 3)
        }
        var result = ""
        var position = 0
        for (index, cells) in rows.enumerated() {
            if index > 0 { result += "\n" }
            result += margins[index] + "|"
            for column in 0..<columns {
                let isLeft = sides[column].hasPrefix(":")
                let isRight = sides[column].hasSuffix(":")
                let width = widths[column]
                if index == 1 {
                    if row == 1, column == 0 { position = result.utf8.count + 1 }
                    let dashes = String(repeating: "-", count: width - (isLeft ? 1 : 0) - (isRight ? 1 : 0))
                    result += " " + (isLeft ? ":" : "") + dashes + (isRight ? ":" : "") + " |"
                    continue
                }
                let space = width - DisplayWidth.of(cells[column])
                let lead = isRight ? (isLeft ? space / 2 : space) : 0
                result += " " + String(repeating: " ", count: lead)
                if index == row, column == asked { position = result.utf8.count + inner }
                result += cells[column] + String(repeating: " ", count: space - lead) + " |"
            }
        }
        let range = text.lineRange(first).lowerBound..<text.lineRange(last).upperBound
        return Edit(
            changes: ChangeSet(
                length: text.utf8Count, replacing: text.slice(range) == result ? [] : [(range: range, with: result)]),
            selection: Selection(range.lowerBound + position), origin: .command("table"))
    }

    /// The first and the last row of the table around a line; nil where that is no row, or the only one.
    private static func lines(_ text: Text, around line: Int) -> (Int, Int)? {
        guard let own = margin(text, line) else { return nil }
        /// Rows of one table are equally deep in quotations, and only its first one may have a list item's mark before it.
        func isRow(_ line: Int, isAbove: Bool) -> Bool {
            guard let margin = margin(text, line), margin.filter({ $0 == ">" }).count == own.filter({ $0 == ">" }).count
            else { return false }
            return isAbove || !hasItem(margin)
        }
        var (first, last) = (line, line)
        while first > 0, last - first < largest, !hasItem(margin(text, first) ?? ""), isRow(first - 1, isAbove: true) {
            first -= 1
        }
        while last + 1 < text.lineCount, last - first < largest, isRow(last + 1, isAbove: false) { last += 1 }
        return last > first ? (first, last) : nil
    }

    private static func hasItem(_ margin: String) -> Bool { margin.contains { $0 != " " && $0 != "\t" && $0 != ">" } }

    /// What stands before a row's first pipe: blanks, marks of quotations and of list items; nil for what is no row.
    private static func margin(_ text: Text, _ line: Int) -> String? {
        let range = text.lineRange(line)
        guard range.count < 20_000 else { return nil }
        let bytes = text.bytes(in: range)
        var position = 0
        while position < bytes.count, bytes[position] != 0x7C {
            if bytes[position].isSpaceOrTab || bytes[position] == UInt8(ascii: ">") {
                position += 1
            } else if let marker = LineScan.listMarker(bytes, position, bytes.count) {
                position += marker.length
            } else {
                return nil
            }
        }
        return position < bytes.count ? String(decoding: bytes[..<position], as: UTF8.self) : nil
    }

    private static func isRule(_ cells: [String]) -> Bool {
        !cells.isEmpty && cells.allSatisfy { cell in cell.contains("-") && cell.allSatisfy { $0 == "-" || $0 == ":" } }
    }

    private static func cells(of line: String) -> [String] {
        var result: [String] = []
        var cell = ""
        scan(line) { character, isSeparator in
            if isSeparator {
                result.append(cell)
                cell = ""
            } else {
                cell.append(character)
            }
        }
        result.append(cell)
        // What stands before the first pipe and behind the last one is nothing.
        result.removeFirst()
        if let last = result.last, last.allSatisfy({ $0 == " " || $0 == "\t" || $0 == "\r\n" || $0 == "\r" }) {
            result.removeLast()
        }
        return result.map {
            String($0.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
        }
    }

    private static func separators(in line: String) -> Int {
        var count = 0
        scan(line) { _, isSeparator in if isSeparator { count += 1 } }
        return count
    }

    private static func scan(_ line: String, _ body: (Character, Bool) -> Void) {
        var isCode = false
        var isEscaped = false
        let hasCode = line.count { $0 == "`" } > 1
        for character in line {
            if character == "`", !isEscaped, hasCode { isCode.toggle() }
            body(character, character == "|" && !isEscaped && !isCode)
            isEscaped = character == "\\" && !isEscaped
        }
    }
}
