import Screen
import Testing

@testable import Terminal

@Suite struct TrueColourTests {
    private func sent(_ text: String, _ colour: TrueColour, curly: Bool = false) -> String {
        var economy = CursesOutputFilter(trueColour: colour, curlyUnderline: curly)
        return String(decoding: economy.shortened(Array(text.utf8), width: 80), as: UTF8.self)
    }

    @Test func coloursComeOutAsTheyWentIn() {
        var colour = TrueColour()
        #expect(colour.number(of: .default) == -1 && colour.number(of: .indexed(9)) == 9)
        let amber = colour.number(of: .rgb(230, 184, 115))
        let night = colour.number(of: .rgb(21, 23, 30))
        #expect(amber == 16 && night == 17 && colour.number(of: .rgb(230, 184, 115)) == 16)
        #expect(
            sent("\u{1B}[1;38;5;16m\u{1B}[48;5;17mb中\u{1B}[39;49m", colour)
                == "\u{1B}[0;1;38;2;230;184;115;48;2;21;23;30mb中")
        // A number of the palette keeps its look, and the first sixteen stay the terminal's.
        let cube = colour.number(of: .indexed(196))
        #expect(
            sent("\u{1B}[38;5;\(cube)ma\u{1B}[38;5;9mb\u{1B}[91mc", colour) == "\u{1B}[0;38;2;255;0;0ma\u{1B}[91mbc")
    }

    @Test func invisibleIsTheWavyLineAndColoursWithAnEightAreNot() {
        var colour = TrueColour()
        for red in UInt8(0)..<8 { _ = colour.number(of: .rgb(red, 8, 8)) }
        #expect(sent("\u{1B}[0;1;8mx", colour, curly: true) == "\u{1B}[0;1;4:3mx")
        #expect(sent("\u{1B}[38;5;16;8mx", colour, curly: true) == "\u{1B}[0;4:3;38;2;0;8;8mx")
    }

    @Test func tooManyColoursBecomeTheNearest() {
        var colour = TrueColour()
        for green in UInt8(0)..<240 { _ = colour.number(of: .rgb(0, green, 0)) }
        #expect(colour.number(of: .rgb(1, 100, 0)) == 116)
        #expect((16..<256).contains(colour.number(of: .rgb(255, 255, 255))))
    }

    @Test(
        arguments: [
            (["TERM": "xterm-256color"], 256, false, false),
            (["TERM": "xterm-256color", "COLORTERM": "truecolor"], 256, true, false),
            (["TERM": "xterm-256color", "COLORTERM": "truecolor", "VTE_VERSION": "7006"], 256, true, true),
            (["TERM": "xterm-kitty", "COLORTERM": "truecolor"], 256, true, true),
            (["TERM": "xterm-kitty", "COLORTERM": "truecolor"], 0, false, false),
            (["TERM": "linux", "COLORTERM": "truecolor"], 8, false, false),
            (["TERM": "screen-256color", "COLORTERM": "truecolor"], 256, false, false),
            (["TERM": "screen-256color", "COLORTERM": "24bit", "TMUX": "/tmp/x"], 256, true, false),
            (["TERM": "tmux-256color", "COLORTERM": "truecolor", "TMUX": "/tmp/x"], 256, true, true),
        ] as [([String: String], Int, Bool, Bool)])
    func terminalsByTheirVariables(_ environment: [String: String], _ colours: Int, _ trueColour: Bool, _ curly: Bool) {
        let ability = TerminalAbility(environment: environment, colours: colours)
        #expect(ability.trueColour == trueColour && ability.curlyUnderline == curly)
    }
}
