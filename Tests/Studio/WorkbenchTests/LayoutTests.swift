import Screen
import Testing
import TextCore

@testable import Workbench

@Suite struct HangingIndentTests {
    @Test(arguments: [
        ("plain text", 0), ("- item", 2), ("* item", 2), ("10. item", 4), ("  - nested", 4), ("- [ ] task", 6), ("- [x] task", 6),
        ("> said", 2), ("> > deeper", 4), ("> - item", 4), ("> 1. [ ] item", 5), ("    code or more of an item", 4), ("[^1]: note", 6), ("[^long-label]: note", 15),
        ("| a | b |", 2), ("- ", 0), ("-not", 0), ("[link](x)", 0), ("12 apples", 0), ("--- x", 0), ("-   wide", 4), ("", 0), ("   ", 0),
    ])
    func cells(line: String, expected: Int) {
        #expect(HangingIndent.cells(of: line, width: 60) == expected)
        #expect(HangingIndent.cells(of: line, width: 9) <= 3)
    }

    /// What is drawn, and where the caret stands at each place, agree however odd the characters.
    @Test(arguments: ["กำน้ำที่", "हिन्दी नि", "🇫🇷🇩🇪x", "👩‍👩‍👧👍🏽x", "ｶﾞﾊﾟx", "e\u{301}o\u{308}", "1️⃣❤️x", "한\u{1112}\u{1161}\u{11AB}x", "你“好”—…", "a\tb\tc"])
    func theCaretStandsWhereTheTextIsDrawn(line: String) {
        var workspace = workspace(before: "|" + line + "Z")
        type("<End>", into: &workspace)
        type("<Left>", into: &workspace)
        let grid = render(workspace)
        #expect(grid.cursor.map { grid[$0.x, $0.y].text } == "Z", "\(line)")
    }
}
