import Screen
import TextCore
import Workbench

/// Something that must never be.
struct Violation: Error, CustomStringConvertible {
    var description: String
    /// What the screen showed, where that says more.
    var screen: Grid?

    init(_ description: String, screen: Grid? = nil) {
        self.description = description
        self.screen = screen
    }
}

/// What is true after every event, whatever it was.
struct Invariants {
    /// The versions whose bytes were looked at.
    private var checked: [String: Int] = [:]
    /// What the journals come to, by a model that only applies what they are given.
    private var journals: [String: Text] = [:]

    mutating func check(_ workspace: Workspace, after effects: [Effect]) throws(Violation) {
        for effect in effects { try follow(effect) }
        guard workspace.editors.indices.contains(workspace.activeIndex) else { throw Violation("no article is active") }
        for editor in workspace.editors {
            if checked[editor.path] != editor.document.version {
                checked[editor.path] = editor.document.version
                try Self.check(editor.text)
            }
            try Self.check(editor)
        }
        try Self.check(render(workspace), of: workspace)
    }

    private static func check(_ text: Text) throws(Violation) {
        let bytes = text.bytes(in: 0..<text.utf8Count)
        guard String(validating: bytes, as: UTF8.self) != nil else { throw Violation("the text isn't UTF-8") }
        guard text.lineCount == bytes.count(where: { $0 == 0x0A }) + 1 else {
            throw Violation("the lines are miscounted")
        }
    }

    private static func check(_ editor: Editor) throws(Violation) {
        let (text, selection) = (editor.text, editor.document.selection)
        for end in [selection.anchor, selection.head] {
            guard (0...text.utf8Count).contains(end), text.isScalarBoundary(end) else {
                throw Violation("the selection leaves the text or cuts a character")
            }
        }
        guard
            editor.document.anchors.offsets.allSatisfy({
                (0...text.utf8Count).contains($0) && text.isScalarBoundary($0)
            })
        else {
            throw Violation("an anchor leaves the text or cuts a character")
        }
        guard editor.scroll.line >= 0, editor.scroll.row >= 0, editor.scroll.blankRows >= 0 else {
            throw Violation("the page is scrolled above the text")
        }
    }

    private static func check(_ grid: Grid, of workspace: Workspace) throws(Violation) {
        guard grid.width == workspace.width, grid.height == workspace.height else {
            throw Violation("the screen has another size than the window")
        }
        if let cursor = grid.cursor, !grid.bounds.contains(x: cursor.x, y: cursor.y) {
            throw Violation("the cursor is outside of the screen")
        }
        guard workspace.width >= 20, workspace.height >= 5, workspace.focus == .editor, workspace.modal == nil,
            !workspace.core.isReviewing
        else { return }
        guard workspace.editor.scroll.line < workspace.editor.text.lineCount else {
            throw Violation("the page is scrolled below the text")
        }
        guard grid.cursor != nil else {
            let editor = workspace.editor
            throw Violation(
                "the caret isn't on the screen: line \(editor.text.line(at: editor.caret)) of \(editor.text.lineCount), the page from line \(editor.scroll.line), row \(editor.scroll.row)",
                screen: grid)
        }
    }

    /// Journals hold what the article holds.
    private mutating func follow(_ effect: Effect) throws(Violation) {
        switch effect {
        case .saving(.removeJournal(let path)): journals[path] = nil
        case .saving(.journal(let path, let part)):
            func result(from start: Text) -> Text? {
                var text = start
                for changes in part.changes {
                    guard (try? changes.apply(to: &text)) != nil else { return nil }
                }
                return text
            }
            // A journal that was begun anew begins with its base.
            let starts = [journals[path], part.base].compactMap(\.self)
            guard starts.contains(where: { result(from: $0) == part.text }) else {
                throw Violation("the journal doesn't lead to the text")
            }
            journals[path] = part.text
        default: break
        }
    }

    /// Undone to the start and redone to the end, a text is what it was.
    static func checkHistory(of workspace: Workspace) throws(Violation) {
        for editor in workspace.editors {
            var document = editor.document
            func goAll(back: Bool) throws(Violation) -> Text {
                while (back ? document.undo() : document.redo()) != nil { try check(document.text) }
                return document.text
            }
            let end = try goAll(back: false)
            let start = try goAll(back: true)
            guard try goAll(back: false) == end else { throw Violation("redoing all doesn't lead to the end") }
            guard try goAll(back: true) == start else { throw Violation("undoing all doesn't lead to the start") }
        }
    }
}
