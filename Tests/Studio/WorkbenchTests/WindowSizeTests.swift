import Assistant
import Manuscript
import Screen
import TextCore
import Testing

@testable import Workbench

/// Every view and everything that lies over it, at sizes from a cell on, opened before the window got that size and after.
@Suite struct WindowSizeTests {
    private static let sizes = [
        (1, 1), (1, 80), (80, 1), (2, 2), (19, 4), (20, 4), (20, 5), (20, 6), (21, 7), (36, 5), (40, 12), (80, 5),
        (99, 6), (100, 5), (100, 6), (101, 7), (120, 40),
    ]

    private static let article =
        "# One\n\nWords of a paragraph that take several rows in a window that is as narrow as this one.\n\n## Two\n\n我的笔记。\n"

    /// Opens each of the overlays and panes.
    private static let openings: [(name: String, open: @Sendable (inout Workspace) -> Void)] = [
        ("text", { _ in }),
        ("outline", { type("<F2>", into: &$0) }),
        (
            "research",
            { workspace in
                giveHits((1..<9).map { makeHit($0) }, &workspace)
                type("<F3>", into: &workspace)
            }
        ),
        (
            "preview",
            { workspace in
                giveHits([makeHit(1)], &workspace)
                type("<F3><Enter>", into: &workspace)
            }
        ),
        ("palette", { type("<Ctrl-P>", into: &$0) }),
        ("palette, nothing found", { type("<Ctrl-P>zzz", into: &$0) }),
        ("help", { type("<F1>", into: &$0) }),
        (
            "files",
            { workspace in
                type("<Ctrl-O>", into: &workspace)
                _ = handle(.articles(.project((0..<30).map { "notes/file-\($0).md" })), &workspace)
            }
        ),
        ("find", { type("<Ctrl-F>o", into: &$0) }),
        ("lookup", { type("<Alt-r>long question of many words that needs the whole row", into: &$0) }),
        (
            "headings",
            { workspace in
                _ = workspace.run(CommandTable.all.first { $0.name == "go-to-heading" } ?? CommandTable.all[0])
            }
        ),
        ("themes", { _ = handle(.appearance(.themes([.plain, .ink], problem: nil)), &$0) }),
        (
            "report",
            { workspace in
                let days = (1..<20).map { WritingHistory.Day(date: "2025-01-\($0)", words: $0) }
                _ = handle(
                    .progress(.history(.success(WritingHistory(days: days, today: "2025-01-19", streak: 3)))),
                    &workspace)
            }
        ),
        (
            "versions",
            { workspace in
                let rows = (1..<30).map {
                    VersionRow(number: $0, id: "\($0)", time: "10:00", words: $0, change: -$0, sections: ["One"])
                }
                _ = handle(.versions(.listed(path: workspace.editor.path, .success(rows))), &workspace)
            }
        ),
        (
            "comparison",
            { workspace in
                _ = handle(
                    .versions(
                        .listed(
                            path: workspace.editor.path,
                            .success([
                                VersionRow(number: 1, id: "1", time: "10:00", words: 1, change: nil, sections: [])
                            ]))), &workspace)
                _ = handle(
                    .versions(
                        .compared(
                            path: workspace.editor.path, id: "1",
                            .success([DiffPiece(.same, "a\nb\n"), DiffPiece(.added, "c\nd")]))), &workspace)
            }
        ),
        ("question", { type("x<Ctrl-Q>", into: &$0) }),
        (
            "notice",
            { $0.say("A sentence that is long enough to take more than the one row that there is for it.", .error) }
        ),
    ]

    @Test(arguments: openings.indices) func fitsEverySize(_ index: Int) {
        for (width, height) in Self.sizes {
            var before = makeWorkspace(Self.article, width: 120, height: 30)
            Self.openings[index].open(&before)
            _ = handle(.terminal(.resize(width: width, height: height)), &before)
            var after = makeWorkspace(Self.article, width: width, height: height)
            Self.openings[index].open(&after)
            for workspace in [before, after] {
                let grid = render(workspace)
                #expect(
                    grid.width == width && grid.height == height, "\(Self.openings[index].name) at \(width)x\(height)")
                #expect(
                    grid.cursor.map { grid.bounds.contains(x: $0.x, y: $0.y) } ?? true,
                    "\(Self.openings[index].name) at \(width)x\(height)")
            }
            // What it was before is there again.
            _ = handle(.terminal(.resize(width: 120, height: 30)), &before)
            var large = makeWorkspace(Self.article, width: 120, height: 30)
            Self.openings[index].open(&large)
            #expect(
                render(before).snapshot() == render(large).snapshot(),
                "\(Self.openings[index].name) at \(width)x\(height)")
        }
    }

    /// One of them is enough: cells cost their time.
    @Test func theLargestWindowIsDrawn() {
        var workspace = makeWorkspace(Self.article, width: 80, height: 24)
        type("<F1>", into: &workspace)
        _ = handle(.terminal(.resize(width: 1_000, height: 400)), &workspace)
        let grid = render(workspace)
        #expect(grid.width == 1_000 && grid.height == 400)
        #expect(grid.snapshot().contains("Everywhere"))
    }

    @Test func whatIsTypedIsSeenInANarrowWindow() {
        var workspace = makeWorkspace(Self.article, width: 20, height: 6)
        type("<Alt-r>owls", into: &workspace)
        #expect(render(workspace).snapshot().contains("owls"))
    }

    /// Lines of the pane that show text, without its title.
    private func textRows(_ workspace: Workspace) -> Int {
        let area = workspace.textArea
        let grid = render(workspace)
        return (area.y..<area.maxY).count { y in
            (area.x..<area.maxX).contains { !["", " "].contains(grid[$0, y].text) }
        }
    }

    @Test func undoingManyParagraphsLeavesTheTextOnTheScreen() {
        var workspace = makeWorkspace((1...20).map { "Line \($0)\n" }.joined(), width: 80, height: 16)
        type("<Ctrl-End>", into: &workspace)
        for number in 1...30 { type("Paragraph \(number).\n\n", into: &workspace) }
        while workspace.editor.document.history.canUndo { type("<Ctrl-U>", into: &workspace) }
        #expect(workspace.editor.text.lineCount == 21)
        #expect(textRows(workspace) >= workspace.textAreaHeight / 2)
        #expect(render(workspace).snapshot().contains("Line 20"))
    }

    @Test func whatIsCutAtTheEndLeavesTheTextOnTheScreen() {
        var workspace = makeWorkspace((1...60).map { "Line \($0)\n" }.joined(), width: 80, height: 16)
        type("<Ctrl-End>", into: &workspace)
        for _ in 0..<30 { type("<Shift-Up>", into: &workspace) }
        type("<Delete>", into: &workspace)
        #expect(render(workspace).snapshot().contains("Line 30"))
        #expect(textRows(workspace) >= workspace.textAreaHeight / 2)
    }

    @Test func aWindowThatGrowsAtTheEndIsFilled() {
        var workspace = makeWorkspace((1...60).map { "Line \($0)\n" }.joined(), width: 80, height: 8)
        type("<Ctrl-End>", into: &workspace)
        _ = handle(.terminal(.resize(width: 80, height: 40)), &workspace)
        #expect(textRows(workspace) >= workspace.textAreaHeight / 2)
    }
}

/// Numbers from files, servers and terminals, whatever they are.
@Suite struct NumberTests {
    private static let numbers = [Int.min, Int.min + 1, -1, 0, 1, 1 << 32, Int.max - 1, Int.max]

    @Test func aSessionMayHoldAnyNumbers() {
        for number in Self.numbers {
            for line in [0, 1, 2] + [number] {
                var workspace = makeWorkspace(
                    "one\n" + String(repeating: "word ", count: 60) + "\nthree", width: 40, height: 12)
                let place = ArticlePosition(
                    path: workspace.editor.path, selection: Selection(anchor: number, head: number),
                    scroll: ScrollPosition(line: line, row: number, blankRows: number))
                workspace.withEditor { $0.go(to: place) }
                _ = handle(.terminal(.focusIn), &workspace)
                #expect(render(workspace).cursor != nil)
                var other = Editor(path: "/project/b.md", displayName: "b.md", libraryPath: nil, text: "one\ntwo")
                other.go(to: ArticlePosition(path: other.path, line: number))
                #expect((0...7).contains(other.caret))
                _ = handle(.saving(.opened(.success(OpenedFile(editor: other)), line: number)), &workspace)
                #expect(render(workspace).cursor != nil)
            }
        }
    }

    @Test func rowsThatTheLineHasNotAreItsLast() {
        var workspace = makeWorkspace("a\n" + String(repeating: "word ", count: 60), width: 40, height: 8)
        let place = ArticlePosition(
            path: workspace.editor.path, selection: Selection(300), scroll: ScrollPosition(line: 1, row: .max))
        workspace.withEditor { $0.go(to: place) }
        workspace.prepareForDisplay()
        #expect(workspace.editor.scroll.line <= 1)
        #expect(render(workspace).snapshot().contains("word"))
    }

    @Test func countsMayBeAnything() {
        for number in Self.numbers {
            #expect(number.grouped.filter { $0 != "," } == String(number))
            #expect(ProgressBar(value: number, of: 1, cells: 4).text.count == 4)
            #expect(ProgressBar(value: number, of: number, cells: 4).percent == (number > 0 ? 100 : 0))
            let history = WritingHistory(
                days: [.init(date: "a", words: number), .init(date: "b", words: number)], today: "a", streak: number)
            var workspace = makeWorkspace("text")
            _ = handle(.progress(.history(.success(history))), &workspace)
            _ = render(workspace)
            workspace.modal = nil
            let row = VersionRow(number: number, id: "1", time: "10:00", words: number, change: number, sections: [])
            _ = handle(.versions(.listed(path: workspace.editor.path, .success([row]))), &workspace)
            #expect(render(workspace).snapshot().contains("10:00"))
        }
        #expect(
            WritingHistory(days: [.init(date: "a", words: .max), .init(date: "b", words: 5)], today: "a", streak: 0)
                .total == .max)
        #expect(
            WritingHistory(days: [.init(date: "a", words: .min), .init(date: "b", words: -5)], today: "a", streak: 0)
                .total == .min)
    }

    @Test func scoresMayBeAnything() {
        for score in [Double.nan, .infinity, -.infinity, 1e300, -1, 7] {
            var workspace = makeWorkspace("Some words.\n")
            var hit = makeHit(1, similarity: score)
            (hit.strength, hit.fused, hit.penalty, hit.textScore) = (score, score, score, score)
            giveHits([hit], &workspace)
            #expect(render(workspace).snapshot().contains("Note 1"))
            type("<F3><Enter>", into: &workspace)
            _ = render(workspace)
        }
    }
}
