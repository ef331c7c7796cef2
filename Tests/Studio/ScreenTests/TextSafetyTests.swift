import Diagnostics
import Foundation
import JSON
import Testing

@testable import Screen

/// Text of others, made safe to show, to insert and to print as JSON.
@Suite struct TextSafetyTests {
    /// All that no text for people may hold.
    private static let forbidden: [ClosedRange<UInt32>] = [
        0x00...0x08, 0x0B...0x1F, 0x7F...0x9F, 0x2028...0x2029, 0x202A...0x202E, 0x2066...0x206F, 0xFFF9...0xFFFB,
        0xE0000...0xE007F,
    ]

    private static let every = String(String.UnicodeScalarView((UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init)))

    private static func holdsForbidden(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in forbidden.contains { $0.contains(scalar.value) } }
    }

    @Test func noScalarThatIsObeyedOrHiddenIsShown() {
        for keeping in [false, true] {
            let shown = terminalSafe(Self.every, keepingNewlines: keeping)
            #expect(!Self.holdsForbidden(shown))
            #expect(shown.unicodeScalars.contains("\n") == keeping && shown.unicodeScalars.contains("\t") == keeping)
        }
        #expect(!Self.holdsForbidden(plainText(Self.every)))
        // Whatever stands alone: a shortcut must not let it pass.
        for range in Self.forbidden {
            for value in range {
                guard let scalar = Unicode.Scalar(value) else { continue }
                #expect(
                    !Self.holdsForbidden(terminalSafe("a\(Character(scalar))"))
                        && !Self.holdsForbidden(plainText("a\(Character(scalar))")), "\(value)")
            }
        }
    }

    @Test func everythingElsePassesAsItIs() {
        let kept = Self.every.unicodeScalars.filter { scalar in
            scalar != "\t" && scalar != "\n" && !Self.forbidden.contains { $0.contains(scalar.value) }
        }
        let text = String(String.UnicodeScalarView(kept))
        #expect(terminalSafe(text).utf8.elementsEqual(text.utf8))
        #expect(plainText(text).utf8.elementsEqual(text.utf8))
    }

    @Test(arguments: [
        "שלום (עולם)\u{200F}!", "C++\u{200E} هي لغة\u{61C}.", "می\u{200C}خواهم", "👩🏽‍🚀 e\u{301} 文",
        "\u{1F3F4}\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}",
    ])
    func honestTextIsLeftAlone(_ text: String) {
        #expect(terminalSafe(text).utf8.elementsEqual(text.utf8))
        #expect(plainText(text).utf8.elementsEqual(text.utf8))
    }

    @Test func whatBecomesOfIt() {
        #expect(terminalSafe("a\u{1B}]0;x\u{7}b\tc\nd") == "a\u{FFFD}]0;x\u{FFFD}b c d")
        #expect(terminalSafe("a\r\nb\u{2028}c\td", keepingNewlines: true) == "a\nb\nc\td")
        #expect(terminalSafe("1\u{202E}2\u{2069}3\u{9B}") == "123\u{FFFD}")
        // A flag that is none hides no letters.
        #expect(terminalSafe("\u{1F3F4}\u{E0068}\u{E0069}\u{E007F}") == "\u{1F3F4}")
        #expect(plainText("a\u{1B}[1mb\r\nc\u{85}d\u{B}e\u{2029}f\u{E0041}") == "a[1mb\nc\nd\ne\nf")
    }

    @Test func jsonEscapesItAndSaysWhatWasThere() throws {
        let quoted = OrderedJSON.string(Self.every).compact
        #expect(!Self.holdsForbidden(quoted))
        #expect(
            !quoted.unicodeScalars.contains {
                $0 == "\n" || $0 == "\t" || $0 == "\u{200F}" || $0 == "\u{200E}" || $0 == "\u{61C}"
            })
        let read = try JSONSerialization.jsonObject(with: Data("[\(quoted)]".utf8)) as? [String]
        #expect(read?.first?.utf8.elementsEqual(Self.every.utf8) == true)
        #expect(OrderedJSON.string("\u{E0041}\u{1B}").compact == #""\udb40\udc41\u001b""#)
    }

    @Test func noCellHoldsIt() {
        var grid = Grid(width: 40, height: 1)
        let used = grid.put("a\u{1B}b\u{202E}c\u{2028}d\u{9B}\u{E0041}e", x: 0, y: 0, style: .plain)
        #expect(used == 7)
        #expect(grid.snapshot() == "a\u{FFFD}bcd\u{FFFD}e")
    }
}
