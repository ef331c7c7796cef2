import TestSupport
import Testing

@testable import Screen

@Suite struct GridTests {
    @Test func textIsPutAndClipped() {
        var grid = Grid(width: 6, height: 3)
        #expect(grid.put("abcdefgh", x: 0, y: 0, style: .plain) == 6)
        #expect(grid.put("abc", x: 2, y: 1, style: .plain, maxWidth: 2) == 2)
        #expect(grid.put("xyz", x: -1, y: 2, style: .plain) == 3)
        #expect(grid.put("no", x: 0, y: 3, style: .plain) == 0)
        #expect(grid.put("no", x: 6, y: 0, style: .plain) == 0)
        #expect(grid.put("", x: 0, y: 0, style: .plain) == 0)
        #expect(grid.snapshot() == "abcdef\n  ab\nyz")
    }

    @Test func aWideGraphemeIsNeverSplit() {
        var grid = Grid(width: 5, height: 1)
        #expect(grid.put("字字字", x: 0, y: 0, style: .plain) == 4)
        #expect(grid[1, 0].text == "")
        #expect(grid.snapshot() == "字字")
        grid.put("x", x: 1, y: 0, style: .plain)
        #expect(grid.snapshot() == " x字")
        grid.put("文", x: 1, y: 0, style: .plain)
        #expect(grid.snapshot() == " 文")
        #expect(grid[3, 0].text == " ")
        #expect(grid.put("文", x: 4, y: 0, style: .plain) == 0)
        #expect(grid.put("文a", x: -1, y: 0, style: .plain) == 3)
        #expect(grid.snapshot() == " a")
        #expect(grid.put("a字", x: 0, y: 0, style: .plain, maxWidth: 2) == 1)
    }

    @Test func controlCharactersAreMadeVisible() {
        var grid = Grid(width: 20, height: 1)
        grid.put("a\u{1B}[31mb\r\nc\td\u{202E}e", x: 0, y: 0, style: .plain)
        #expect(grid.snapshot() == "a\u{FFFD}[31mb  c de")
    }

    @Test func fillBlanksWholeGraphemes() {
        var grid = Grid(width: 6, height: 2)
        grid.put("字字字", x: 0, y: 0, style: .plain)
        grid.fill(Rect(x: 1, y: 0, width: 2, height: 9), style: Style(bold: true))
        #expect(grid.snapshot() == "    字\n")
        #expect(grid[1, 0].style.bold && !grid[0, 0].style.bold)
    }

    @Test func overlayKeepsTextAndTakesWideOnesWhole() {
        var grid = Grid(width: 6, height: 1)
        grid.put("a字字b", x: 0, y: 0, style: Style(italic: true))
        grid.overlay(Rect(x: 2, y: 0, width: 2, height: 1), style: Style(background: .indexed(4), reverse: true))
        #expect(grid.styledSnapshot() == "‹italic|a›‹italic reverse bg=4|字字›‹italic|b›")
    }

    @Test func framesHaveTitles() {
        var grid = Grid(width: 10, height: 3)
        grid.frame(grid.bounds, style: .plain, title: "大纲很长")
        #expect(grid.snapshot() == "┌─ 大纲 ─┐\n│        │\n└────────┘")
    }

    @Test func styledSnapshotsMarkRuns() {
        var grid = Grid(width: 8, height: 2)
        grid.put("plain", x: 0, y: 0, style: .plain)
        grid.put("ab", x: 0, y: 1, style: Style(foreground: .rgb(255, 8, 0), underline: true))
        #expect(grid.styledSnapshot() == "plain\n‹underline fg=#ff0800|ab›")
        #expect(Grid(width: -1, height: 2).snapshot() == "\n")
    }

    @Test(arguments: 0..<100)
    func anyWritingKeepsHalvesTogether(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        func random(_ below: Int) -> Int { generator.below(below) }
        let words = ["a", "字", "e\u{301}", "字a字", "\u{200D}", "👩‍👩‍👧", "ab", "\t", "\u{7}"]
        var grid = Grid(width: 9, height: 2)
        for _ in 0..<60 {
            let x = random(14) - 4
            switch random(4) {
            case 0: grid.fill(Rect(x: x, y: random(3) - 1, width: random(5), height: 1), style: .plain)
            default: grid.put(words[random(words.count)], x: x, y: random(2), style: .plain, maxWidth: random(6))
            }
        }
        for y in 0..<2 {
            for x in 0..<9 where grid[x, y].text.isEmpty {
                #expect(x > 0 && !grid[x - 1, y].text.isEmpty && grid[x - 1, y].text != " ")
            }
        }
    }

    @Test func rectangles() {
        let rect = Rect(x: 1, y: 1, width: 4, height: 3)
        #expect(rect.contains(x: 4, y: 3) && !rect.contains(x: 5, y: 3))
        #expect(rect.inset(dx: 1, dy: 1) == Rect(x: 2, y: 2, width: 2, height: 1))
        #expect(rect.intersection(Rect(x: 4, y: 0, width: 9, height: 2)) == Rect(x: 4, y: 1, width: 1, height: 1))
        #expect(rect.intersection(Rect(x: 9, y: 9, width: 1, height: 1)).isEmpty)
        #expect(rect.inset(dx: 3, dy: 3).isEmpty)
    }
}
