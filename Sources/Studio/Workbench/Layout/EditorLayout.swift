import Manuscript
import Screen
import TextCore

/// Where the bytes of a document fall on the screen, at one width.
///
/// A screen row is a line of the document and an index into its wrapped rows; only the lines asked
/// about are wrapped, so the cost does not grow with the document.
struct EditorLayout: Sendable, Equatable {
    /// The cells a row of text may take.
    let width: Int
    let tabWidth: Int

    struct Row: Sendable, Equatable {
        var line: Int
        var index: Int
    }

    /// The wrapped rows of a line and its text.
    struct WrappedLine {
        var text: String
        var start: Int
        var rows: [WrappedRow]
    }

    func wrap(_ line: Int, of text: Text) -> WrappedLine {
        let range = text.lineRange(line)
        let content = text.slice(range)
        let hanging = HangingIndent.cells(of: content, width: width)
        return WrappedLine(
            text: content, start: range.lowerBound,
            rows: LineBreaker.wrap(content, width: max(4, width), hangingIndent: hanging, tabWidth: tabWidth))
    }

    /// The row and the cell column of a byte offset.
    func position(of offset: Int, in text: Text) -> (row: Row, column: Int) {
        let line = text.line(at: offset)
        let wrapped = wrap(line, of: text)
        let relative = offset - wrapped.start
        let index = wrapped.rows.lastIndex { $0.range.lowerBound <= relative } ?? 0
        let row = wrapped.rows[index]
        let before = bytes(row.range.lowerBound..<max(row.range.lowerBound, relative), of: wrapped.text)
        return (Row(line: line, index: index), row.indent + cells(of: before, from: row.indent))
    }

    /// The row `delta` rows away; nil beyond the text's ends.
    func row(_ row: Row, movedBy delta: Int, in text: Text) -> Row? {
        var current = row
        var left = abs(delta)
        var count = delta > 0 ? wrap(current.line, of: text).rows.count : 0
        while left > 0 {
            if delta > 0 {
                if current.index + 1 < count {
                    current.index += 1
                } else {
                    guard current.line + 1 < text.lineCount else { return left == delta ? nil : current }
                    current = Row(line: current.line + 1, index: 0)
                    count = wrap(current.line, of: text).rows.count
                }
            } else {
                if current.index > 0 {
                    current.index -= 1
                } else {
                    guard current.line > 0 else { return left == -delta ? nil : current }
                    current = Row(line: current.line - 1, index: wrap(current.line - 1, of: text).rows.count - 1)
                }
            }
            left -= 1
        }
        return current
    }

    /// The byte offset nearest to a cell column of a row.
    func offset(at column: Int, of row: Row, in text: Text) -> Int {
        let wrapped = wrap(row.line, of: text)
        guard wrapped.rows.indices.contains(row.index) else { return wrapped.start }
        let bounds = wrapped.rows[row.index]
        var x = bounds.indent
        var offset = bounds.range.lowerBound
        let isLast = row.index == wrapped.rows.count - 1
        for character in bytes(bounds.range, of: wrapped.text) {
            let width = cellWidth(character, at: x)
            if x + (width + 1) / 2 > column { break }
            let next = offset + character.utf8.count
            // The end of a row that goes on below is the start of the next row; stay on this one.
            if !isLast, next >= bounds.range.upperBound { break }
            x += width
            offset = next
        }
        return wrapped.start + offset
    }

    /// The bytes of a row; the end of one that goes on below is its last character.
    func bounds(of row: Row, in text: Text) -> Range<Int> {
        let wrapped = wrap(row.line, of: text)
        let range = wrapped.rows[row.index].range
        var end = wrapped.start + range.upperBound
        if row.index < wrapped.rows.count - 1, !range.isEmpty {
            end = text.previousGrapheme(before: end)
        }
        let start = wrapped.start + range.lowerBound
        return start..<max(start, end)
    }

    /// The cells that `string` takes when it starts at `column`.
    func cells(of string: some StringProtocol, from column: Int = 0) -> Int {
        if string.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return string.utf8.count }
        var x = column
        for character in string { x += cellWidth(character, at: x) }
        return x - column
    }

    func cellWidth(_ character: Character, at column: Int) -> Int {
        if character == "\t" { return tabWidth - column % tabWidth }
        return DisplayWidth.of(character)
    }

    func bytes(_ range: Range<Int>, of string: String) -> Substring {
        let start = string.utf8.index(string.startIndex, offsetBy: min(range.lowerBound, string.utf8.count))
        let end = string.utf8.index(string.startIndex, offsetBy: min(range.upperBound, string.utf8.count))
        return string[start..<end]
    }
}
