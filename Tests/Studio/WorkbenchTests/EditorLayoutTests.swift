import Screen
import Testing
import TextCore

@testable import Workbench

@Suite struct EditorLayoutTests {
    /// What is drawn, and where the caret stands at each place, agree however odd the characters.
    @Test(arguments: [
        "กำน้ำที่", "हिन्दी नि", "🇫🇷🇩🇪x", "👩‍👩‍👧👍🏽x", "ｶﾞﾊﾟx", "e\u{301}o\u{308}", "1️⃣❤️x", "한\u{1112}\u{1161}\u{11AB}x", "你“好”—…",
        "a\tb\tc",
    ])
    func theCaretStandsWhereTheTextIsDrawn(line: String) {
        var workspace = workspace(before: "|" + line + "Z")
        type("<End>", into: &workspace)
        type("<Left>", into: &workspace)
        let grid = render(workspace)
        #expect(grid.cursor.map { grid[$0.x, $0.y].text } == "Z", "\(line)")
    }
}
