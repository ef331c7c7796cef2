import Screen
import TestSupport
import Testing

@testable import Terminal

@Suite struct InputDecoderTests {
    @Test(arguments: Sent.all)
    func aSequenceIsItsEvents(_ sequence: Sent) {
        var decoder = InputDecoder()
        #expect(decoder.feed(sequence.bytes) == sequence.events)
        #expect(!decoder.hasPendingEscape)
        #expect(decoder.feed("k".utf8) == [.key(.character("k"))], "nothing is left behind")
    }

    @Test(arguments: Sent.all)
    func aSequenceMayComeByteByByte(_ sequence: Sent) {
        var decoder = InputDecoder()
        #expect(sequence.bytes.flatMap { decoder.feed([$0]) } == sequence.events)
    }

    @Test(arguments: [
        ("\u{1B}", [Key.escape]), ("\u{1B}\u{1B}", [.escape, .escape]), ("\u{1B}[", [.alt("[")]),
        ("\u{1B}O", [.alt("O")]),
        ("\u{1B}\u{1B}[", [.escape, .alt("[")]),
    ])
    func anEscThatNothingFollowsIsTheKey(_ text: String, _ keys: [Key]) {
        var decoder = InputDecoder()
        #expect(decoder.feed(text.utf8).isEmpty)
        #expect(decoder.hasPendingEscape)
        #expect(decoder.flush() == keys.map { .key($0) })
        #expect(!decoder.hasPendingEscape && decoder.flush().isEmpty)
        #expect(decoder.feed("A".utf8) == [.key(.character("A"))])
    }

    /// A slow line must not type the rest of a report into the text.
    @Test(arguments: ["\u{1B}[<0;1", "\u{1B}[1", "\u{1B}[[", "\u{1B}[200", "\u{1B}[200~ab\u{1B}", "x", "\u{1B}O1"])
    func timeMakesNoKeysOfHalfAReport(_ text: String) {
        var decoder = InputDecoder()
        _ = decoder.feed(text.utf8)
        #expect(!decoder.hasPendingEscape)
        #expect(decoder.flush().isEmpty)
    }

    @Test func aPasteWithoutAnEndWaitsForIt() {
        var decoder = InputDecoder()
        #expect(decoder.feed("\u{1B}[200~one".utf8).isEmpty)
        #expect(decoder.feed("\r\u{1B}[A\u{1B}[20".utf8).isEmpty)
        #expect(!decoder.hasPendingEscape)
        #expect(decoder.feed("1~x".utf8) == [.paste("one\n[A"), .key(.character("x"))])
    }

    /// Every cut of the end mark, with text before it in the same piece.
    @Test func theEndOfAPasteMayBeCutAnywhere() {
        let bytes = Array("\u{1B}[200~some text\u{1B}[201~k".utf8)
        for cut in bytes.indices {
            var decoder = InputDecoder()
            let events = decoder.feed(bytes[..<cut]) + decoder.feed(bytes[cut...])
            #expect(events == [.paste("some text"), .key(.character("k"))], "cut at \(cut)")
        }
    }

    @Test func aLongPasteComesWhole() {
        let text = String(repeating: "字 and word\n", count: 20_000)
        var decoder = InputDecoder()
        var events: [TerminalEvent] = []
        let bytes = Array("\u{1B}[200~\(text)\u{1B}[201~".utf8)
        for start in stride(from: 0, to: bytes.count, by: 8_192) {
            events += decoder.feed(bytes[start..<min(start + 8_192, bytes.count)])
        }
        #expect(events == [.paste(text)])
    }

    // MARK: Answers

    /// Answers that terminals send: colours, versions, attributes, settings, titles, the clipboard, modes, places, sizes.
    private static let answers = [
        "\u{1B}]11;rgb:0000/0000/0000\u{7}", "\u{1B}]10;rgb:ffff/ffff/ffff\u{1B}\\",
        "\u{1B}]4;7;rgb:aaaa/aaaa/aaaa\u{1B}\\", "\u{1B}]52;c;aGVsbG8=\u{7}",
        "\u{1B}P>|XTerm(390)\u{1B}\\", "\u{1B}P!|7E565445\u{1B}\\", "\u{1B}P1+r544e=787465726d\u{1B}\\",
        "\u{1B}P1$r0m\u{1B}\\", "\u{1B}P0$r\u{1B}\\",
        "\u{1B}_Gi=31;OK\u{1B}\\", "\u{1B}[?62;22c", "\u{1B}[>41;390;0c", "\u{1B}[0n", "\u{1B}[?1u", "\u{1B}[?2026;2$y",
        "\u{1B}[8;24;80t",
        "\u{1B}[?997;1n",
    ]

    @Test(arguments: answers)
    func noAnswerIsTyped(_ answer: String) {
        var decoder = InputDecoder()
        #expect(decoder.feed(answer.utf8).isEmpty)
        #expect(decoder.feed("k".utf8) == [.key(.character("k"))])
        #expect(answer.utf8.flatMap { decoder.feed([$0]) }.isEmpty)
        #expect(decoder.feed("k".utf8) == [.key(.character("k"))])
    }

    /// Cut in two anywhere, and late enough for the Esc, or it and the sign behind it, to count as keys.
    @Test(arguments: answers, [false, true])
    func noAnswerIsTypedThatTimeCutInTwo(_ answer: String, separates: Bool) {
        let bytes = Array(answer.utf8)
        for cut in 1..<bytes.count {
            var decoder = InputDecoder()
            decoder.separatesEscape = separates
            let events = decoder.feed(bytes[..<cut]) + decoder.flush() + decoder.feed(bytes[cut...]) + decoder.flush()
            let expected: [[TerminalEvent]] = [[], [.key(.escape)], [.key(.alt(Character(UnicodeScalar(bytes[1]))))]]
            #expect(expected.contains(events), "cut at \(cut): \(events)")
            #expect(decoder.feed("k".utf8) == [.key(.character("k"))])
        }
    }

    /// Keys that begin like an answer stay keys, and an answer that is never ended holds back nothing for long.
    @Test func keysThatBeginLikeAnAnswerAreKeys() {
        var decoder = InputDecoder()
        #expect(decoder.feed("\u{1B}]a".utf8) == [.key(.alt("]")), .key(.character("a"))])
        #expect(decoder.feed("\u{1B}P".utf8).isEmpty && decoder.flush() == [.key(.alt("P"))])
        #expect(decoder.feed("aste".utf8).count == 4)
        #expect(decoder.feed("\u{1B}".utf8).isEmpty && decoder.flush() == [.key(.escape)])
        #expect(decoder.feed("]".utf8) == [.key(.character("]"))])
        #expect(decoder.feed("\u{1B}]11;rgb\rx".utf8) == [.key(.enter), .key(.character("x"))])
        #expect(decoder.feed("\u{1B}]11;rgb\u{1B}[A".utf8) == [.key(.up)])
    }

    // MARK: Keys in modes

    @Test func anEscThatCameByItselfIsTheKeyWhereKeysHaveModes() {
        var decoder = InputDecoder()
        decoder.separatesEscape = true
        #expect(decoder.feed("x\u{1B}".utf8) == [.key(.character("x"))])
        #expect(decoder.feed("j".utf8) == [.key(.escape), .key(.character("j"))])
        #expect(decoder.feed("\u{1B}j".utf8) == [.key(.alt("j"))])
        #expect(decoder.feed("\u{1B}".utf8).isEmpty && decoder.feed("[A".utf8) == [.key(.up)])
        for sign in ["O", "P", "]", "_", "["] {
            #expect(decoder.feed("\u{1B}".utf8).isEmpty && decoder.feed(sign.utf8).isEmpty)
            #expect(decoder.flush() == [.key(.escape), .key(.character(Character(sign)))])
        }
        #expect(decoder.feed("\u{1B}O".utf8).isEmpty && decoder.flush() == [.key(.alt("O"))])
        #expect(decoder.feed("\u{1B}".utf8).isEmpty && decoder.feed("\u{1B}".utf8).isEmpty)
        #expect(decoder.flush() == [.key(.escape), .key(.escape)])
    }

    // MARK: Properties

    private static func isClean(_ event: TerminalEvent) -> Bool {
        func isClean(_ text: String, _ allowed: Set<UnicodeScalar> = []) -> Bool {
            text.unicodeScalars.allSatisfy { allowed.contains($0) || $0.properties.generalCategory != .control }
        }
        switch event {
        case .key(.character(let character)), .key(.alt(let character)), .key(.control(let character)):
            return isClean(String(character))
        case .paste(let text): return isClean(text, ["\n", "\t"])
        default: return true
        }
    }

    /// Table entries, whole or cut short, and random bytes, of which many mean something.
    private static func input(_ random: inout SeededGenerator) -> [UInt8] {
        let meaningful = Array("\u{1B}\u{1B}[[O<M~m;:0129$AuR \r\u{7F}aé字".utf8)
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            switch Int.random(in: 0..<8, using: &random) {
            case 0: for _ in 0..<8 { bytes.append(UInt8.random(in: 0...255, using: &random)) }
            case 1, 2: for _ in 0..<8 { bytes.append(meaningful.randomElement(using: &random) ?? 0) }
            case 3:
                let entry = Sent.all.randomElement(using: &random)?.bytes ?? []
                bytes += entry.prefix(Int.random(in: 0...min(entry.count, 80), using: &random))
            default: bytes += (Sent.all.randomElement(using: &random)?.bytes ?? []).prefix(150)
            }
        }
        return bytes
    }

    @Test(arguments: UInt64(1)...6)
    func cutsChangeNothing(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<600 {
            let bytes = Self.input(&random)
            var whole = InputDecoder()
            let expected = whole.feed(bytes)
            var pieces = InputDecoder()
            var events: [TerminalEvent] = []
            var index = 0
            while index < bytes.count {
                let end = min(bytes.count, index + Int.random(in: 0...6, using: &random))
                events += pieces.feed(bytes[index..<end])
                index = end
            }
            #expect(events == expected, "\(bytes)")
            #expect(whole.hasPendingEscape == pieces.hasPendingEscape && whole.flush() == pieces.flush(), "\(bytes)")
            #expect(expected.allSatisfy(Self.isClean), "\(bytes)")
            if events != expected { return }
        }
    }

    /// Text without control bytes is its characters, broken or not, as the standard library has it.
    @Test func bytesOfTextAreReadAsTheStandardLibraryReadsThem() {
        var random = SeededGenerator(seed: 9)
        let leads: [UInt8] = [
            0x41, 0xC0, 0xC3, 0xE0, 0xE4, 0xED, 0xEF, 0xF0, 0xF3, 0xF4, 0xF5, 0xFF, 0x80, 0x8F, 0x90, 0xA0, 0xBF,
        ]
        for _ in 0..<3_000 {
            // The letter at the end lets nothing wait.
            let bytes = (0..<6).map { _ in leads.randomElement(using: &random) ?? 0 } + [0x41]
            var decoder = InputDecoder()
            var text = String.UnicodeScalarView()
            for case .key(.character(let character)) in decoder.feed(bytes) { text += character.unicodeScalars }
            let expected = String(decoding: bytes, as: UTF8.self).unicodeScalars.filter {
                $0.properties.generalCategory != .control
            }
            #expect(Array(text) == Array(expected), "\(bytes)")
        }
    }

    @Test(
        arguments: [
            ("24;80R", nil), ("12;1R", nil), ("3;4S", nil), ("1;2R", Key.function(15)), ("1R", .function(3)),
            ("R", .function(3)),
        ] as [(String, Key?)])
    func thePlaceOfTheCursorIsNoKey(report: String, key: Key?) {
        var decoder = InputDecoder()
        let events = decoder.feed("\u{1B}[\(report)".utf8)
        #expect(events == (key.map { [.key($0)] } ?? []))
        #expect(decoder.flush().isEmpty)
    }
}
