import Screen
import TextCore

/// A difference of two texts, broken into rows: what was added is underlined and what was removed is bracketed, so that it
/// reads without colour too.
enum DifferenceView {
    struct Piece {
        var text: String
        var style: Style
    }

    /// A difference broken into rows of `width`.
    static func rows(of difference: [DiffPiece], width: Int, theme: Theme, plain: Style) -> [[Piece]] {
        var text = ""
        var styles: [(end: Int, style: Style)] = []
        for piece in difference {
            switch piece.kind {
            case .same:
                text += piece.text
                styles.append((text.utf8.count, plain))
            case .added:
                text += piece.text
                styles.append((text.utf8.count, theme[.added]))
            case .removed:
                text += "[-" + piece.text + "-]"
                styles.append((text.utf8.count, theme[.removed]))
            }
        }
        return rows(of: text, styles: styles, width: width, plain: plain)
    }

    static func rows(of text: String, styles: [(end: Int, style: Style)], width: Int, plain: Style) -> [[Piece]] {
        guard !text.isEmpty else { return [] }
        let layout = EditorLayout(width: width, tabWidth: 4)
        var rows: [[Piece]] = []
        var lineStart = 0
        var current = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let content = String(line)
            for row in LineBreaker.wrap(content, width: width) {
                var pieces: [Piece] = []
                var offset = row.range.lowerBound
                while offset < row.range.upperBound {
                    while current < styles.count, styles[current].end <= lineStart + offset { current += 1 }
                    let style = current < styles.count ? styles[current].style : plain
                    let end =
                        current < styles.count
                        ? min(row.range.upperBound, styles[current].end - lineStart) : row.range.upperBound
                    pieces.append(Piece(text: String(layout.bytes(offset..<end, of: content)), style: style))
                    offset = max(end, offset + 1)
                }
                rows.append(pieces)
            }
            lineStart += content.utf8.count + 1
        }
        return rows
    }
}

extension [DiffPiece] {
    /// The difference with the unchanged text between two changes cut down to what is around them.
    public var abridged: [DiffPiece] {
        let context = 160
        return enumerated().map { index, piece in
            guard piece.kind == .same, piece.text.count > 2 * context + 40 else { return piece }
            let head = index == 0 ? "" : piece.text.prefix(context)
            let tail = index == count - 1 ? "" : piece.text.suffix(context)
            return DiffPiece(.same, head + (head.isEmpty ? "" : " ") + "⋯\n⋯" + (tail.isEmpty ? "" : " ") + tail)
        }
    }
}
