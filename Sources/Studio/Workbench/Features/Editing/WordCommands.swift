import Screen
import TextCore

extension CommandTable {
    /// Changes of the word or the characters at the caret. The default keymap leaves them to the palette.
    static let wordCommands: [Command] = [
        Command("upper-case-word", "Upper-case the word", "From the caret to the word's end.", in: .editor, []) {
            $0.recase { $0.uppercased() }
        },
        Command("lower-case-word", "Lower-case the word", "From the caret to the word's end.", in: .editor, []) {
            $0.recase { $0.lowercased() }
        },
        Command("capitalize-word", "Capitalize the word", "The first letter large, the others small.", in: .editor, [])
        {
            $0.recase { word in
                let start = word.firstIndex { $0.isLetter } ?? word.startIndex
                return word[..<start] + word[start...].prefix(1).uppercased() + word[start...].dropFirst().lowercased()
            }
        },
        Command("transpose-characters", "Swap characters", "Swap the characters around the caret.", in: .editor, []) {
            $0.transposeCharacters()
        },
        Command("transpose-words", "Swap words", "Swap the words around the caret.", in: .editor, []) {
            $0.transposeWords()
        },
        Command("open-line", "Open a line", "Break the line and stay before the break.", in: .editor, []) { workspace in
            let caret = workspace.editor.document.selection.range.lowerBound
            let effects = workspace.insert("\n", origin: .command("open-line"))
            workspace.withEditor { $0.select(Selection(caret)) }
            return effects
        },
        Command(
            "center", "Center the caret's line", "Scroll so that the caret is in the middle, and paint anew.",
            in: .editor, []
        ) {
            $0.scrollCaret(to: $0.textAreaHeight / 2)
            return [.redraw]
        },
    ]
}

extension Workspace {
    /// Replaces the rest of the word behind the caret, or the selection, by what `change` makes of it.
    mutating func recase(_ change: (Substring) -> String) -> [Effect] {
        let selected = editor.document.selection.range
        let range = selected.isEmpty ? editor.caret..<editor.text.nextWord(after: editor.caret) : selected
        let old = editor.text.slice(range)
        return replace(range, with: change(old[...]), origin: .command("case"))
    }

    /// Replaces a range as one step of undo, with the caret behind it.
    mutating func replace(_ range: Range<Int>, with string: String, origin: Origin) -> [Effect] {
        guard editor.text.slice(range) != string else {
            withEditor { $0.select(Selection(range.upperBound)) }
            return []
        }
        return apply(
            Edit(
                changes: ChangeSet(length: editor.text.utf8Count, replacing: [(range: range, with: string)]),
                selection: Selection(range.lowerBound + string.utf8.count), origin: origin))
    }

    mutating func transposeCharacters() -> [Effect] {
        let text = editor.text
        let line = text.lineRange(text.line(at: editor.caret))
        // At a line's end the two before the caret are meant.
        let middle = editor.caret == line.upperBound ? text.previousGrapheme(before: editor.caret) : editor.caret
        let start = text.previousGrapheme(before: middle)
        let end = text.nextGrapheme(after: middle)
        guard middle > line.lowerBound, start >= line.lowerBound, end <= line.upperBound else { return [] }
        return replace(
            start..<end, with: text.slice(middle..<end) + text.slice(start..<middle), origin: .command("transpose"))
    }

    mutating func transposeWords() -> [Effect] {
        let text = editor.text
        let first = text.previousWord(before: editor.caret)
        let firstEnd = text.nextWord(after: first)
        let secondEnd = text.nextWord(after: max(firstEnd, editor.caret))
        let second = text.previousWord(before: secondEnd)
        guard first < firstEnd, firstEnd <= second, second < secondEnd else { return [] }
        let swapped = text.slice(second..<secondEnd) + text.slice(firstEnd..<second) + text.slice(first..<firstEnd)
        return replace(first..<secondEnd, with: swapped, origin: .command("transpose"))
    }

    /// Scrolls so that the caret's row is `rows` below the top, as far as the text has rows above it.
    mutating func scrollCaret(to rows: Int) {
        let layout = EditorLayout(width: textAreaWidth, tabWidth: environment.tabWidth)
        withEditor { editor in
            let row = layout.position(of: editor.caret, in: editor.text).row
            let top = rows == 0 ? row : layout.row(row, movedBy: -rows, in: editor.text)
            editor.scroll = top.map { ScrollPosition(line: $0.line, row: $0.index) } ?? ScrollPosition()
        }
    }
}
