import Foundation
import Terminal
import Testing

@Suite struct ClipboardSequenceTests {
    private let plain = "\u{1B}]52;c;5L2g5aW9\u{07}"

    @Test func plainTerminalsGetTheTextInBase64() {
        #expect(ClipboardSequence.bytes(for: "你好", environment: [:]) == plain)
    }

    @Test func tmuxGetsItBareAndWrapped() {
        let wrapped = "\u{1B}Ptmux;\u{1B}" + plain + "\u{1B}\\"
        #expect(ClipboardSequence.bytes(for: "你好", environment: ["TMUX": "/tmp/s,1,0"]) == plain + wrapped)
    }

    @Test func screenGetsPiecesItCanHold() throws {
        let text = String(repeating: "long ", count: 1_000)
        let bytes = try #require(ClipboardSequence.bytes(for: text, environment: ["STY": "1.tty"]))
        let pieces = bytes.components(separatedBy: "\u{1B}\\").filter { !$0.isEmpty }
        #expect(pieces.count > 5 && pieces.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.utf8.count < 768 })
        #expect(pieces.map { $0.dropFirst(2) }.joined() == ClipboardSequence.bytes(for: text, environment: [:]))
    }

    @Test func whatIsTooLongIsNotSent() {
        #expect(
            ClipboardSequence.bytes(for: String(repeating: "a", count: ClipboardSequence.largest + 1), environment: [:])
                == nil)
    }
}
