import Screen
import TestSupport
import Testing

@testable import Terminal

@Suite struct CursesOutputFilterTests {
    private func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).replacing("\u{1B}", with: "␛")
    }

    private func shortened(_ text: String, _ economy: inout CursesOutputFilter) -> String {
        self.text(economy.shortened(Array(text.replacing("␛", with: "\u{1B}").utf8), width: 140))
    }

    @Test func aKeyInAParagraphCostsFewBytes() {
        var economy = CursesOutputFilter()
        // As curses sends them: the text, the column in the status line, and back to the caret.
        _ = shortened(
            "␛[2;26H␛[38;5;252m␛[48;5;234ma# An article␛[39;20H␛(B␛[0m␛[38;5;252m␛[48;5;236m3␛[2;27H␛[39;49m␛(B␛[m",
            &economy)
        let sent = shortened(
            "␛[38;5;252m␛[48;5;234mb# An article␛[39;20H␛(B␛[0m␛[38;5;252m␛[48;5;236m4␛[2;28H␛[39;49m␛(B␛[m", &economy)
        #expect(sent == "b␛7# An article␛[39;20H␛[48;5;236m4␛8")
    }

    @Test func chineseIsAsShort() {
        var economy = CursesOutputFilter()
        _ = shortened("␛[2;26H␛[38;5;252m字␛[39;20H␛[0m3␛[2;28H␛[m", &economy)
        #expect(shortened("␛[38;5;252m文。字␛[39;20H␛[0m4␛[2;32H␛[m", &economy) == "文。␛7字␛[39;20H␛[m4␛8")
    }

    /// Where nobody can be sure how wide a character is, the caret is addressed.
    @Test(arguments: ["é", "…", "👍", "e\u{301}", "“", "ⅷ"])
    func whatTerminalsMeasureDifferentlyIsNotRemembered(_ doubtful: String) {
        var economy = CursesOutputFilter()
        _ = shortened("␛[2;26Hx", &economy)
        #expect(shortened("\(doubtful)yz␛[39;20H4␛[2;29H", &economy) == "\(doubtful)yz␛[39;20H4␛[2;29H")
    }

    @Test func aTerminalThatCannotSaveIsAddressed() {
        var economy = CursesOutputFilter(canSave: false)
        _ = shortened("␛[2;26Hx", &economy)
        #expect(shortened("yz␛[39;20H4␛[2;28H", &economy) == "yz␛[39;20H4␛[2;28H")
    }

    @Test func whatIsUnknownIsPassedOnAndDistrustedAfterwards() {
        var economy = CursesOutputFilter()
        #expect(shortened("␛[31mx␛[58;5;3m␛[m␛[31my", &economy) == "␛[0;31mx␛[58;5;3m␛[0;31my")
        for sequence in ["␛]52;c;eA==\u{7}", "␛[?25h", "␛[?1049l", "␛[", "␛", "␛[38;5", "␛[>4;1m"] {
            var economy = CursesOutputFilter()
            #expect(shortened(sequence, &economy) == sequence)
        }
    }

    @Test func afterAnotherProgramAllIsSaidAnew() {
        var economy = CursesOutputFilter()
        _ = shortened("␛[1;31mx", &economy)
        #expect(shortened("y", &economy) == "y")
        economy.forget()
        #expect(shortened("y", &economy) == "␛[0;1;31my")
    }

    /// Whatever curses sends, the screen is the same with fewer bytes, over many refreshes.
    @Test(arguments: 0..<60)
    func theScreenIsTheSame(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var economy = CursesOutputFilter()
        var (whole, short) = (PaintedScreen(width: 40, height: 6), PaintedScreen(width: 40, height: 6))
        let looks = [
            "␛[m", "␛(B␛[m", "␛[1m", "␛[0;1m", "␛[38;5;252m", "␛[48;5;234m", "␛[39;49m", "␛[31m", "␛[42m", "␛[4m",
            "␛[24m", "␛[0;3;7m", "␛[97m", "␛[22m", "␛[2m",
        ]
        let texts = ["a", "word ", "字", "中文。", "é", "…", "# An article"]
        var (sent, plain) = (0, 0)
        for _ in 0..<120 {
            var frame = ""
            for _ in 0..<random.below(9) {
                switch random.below(8) {
                case 0: frame += "␛[\(random.below(6) + 1);\(random.below(20) + 1)H"
                case 1: frame += ["␛[K", "␛[3X", "␛[4C", "\r", "␛[7G", "\u{8}", "␛[?25h", "\u{F}"][random.below(8)]
                case 2...4: frame += texts[random.below(texts.count)]
                default: frame += looks[random.below(looks.count)]
                }
            }
            if random.below(2) == 0 { frame += "␛[\(random.below(6) + 1);\(random.below(20) + 1)H␛[39;49m␛(B␛[m" }
            let bytes = Array(frame.replacing("␛", with: "\u{1B}").utf8)
            let result = economy.shortened(bytes, width: 40)
            whole.feed(bytes)
            short.feed(result)
            sent += result.count
            plain += bytes.count
            let isSame = whole == short
            #expect(isSame, "\(frame) as \(text(result))")
        }
        #expect(sent < plain)
    }

    /// Any bytes at all are taken, in any pieces.
    @Test func anyBytesAreTaken() {
        let source =
            "\u{1B}[38;5;252m\u{1B}[48;5;234mb字# An\u{1B}[39;20H\u{1B}(B\u{1B}[0m4\u{1B}[2;28H\u{1B}[4:3m\u{1B}[m\r\u{8}\u{1B}7"
        for bytes in Mutations(of: source, marks: "\u{1B}[;mH0", count: 4_000, seed: 3) {
            var economy = CursesOutputFilter()
            _ = economy.shortened(bytes, width: 80)
            _ = economy.shortened(Array(bytes.reversed()), width: 80)
        }
    }
}
