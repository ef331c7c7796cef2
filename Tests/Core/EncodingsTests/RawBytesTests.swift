import TestSupport
import Testing

@testable import Encodings

@Suite struct RawBytesTests {
    @Test func everyBytesComeBackAndEveryTextIsValid() {
        var random = SeededGenerator(seed: 71)
        let pieces: [[UInt8]] = [
            Array("词".utf8), Array("e\u{301}".utf8), [0xF4, 0x8F, 0xBA, 0x85], [0xF4, 0x8F, 0xBB], [0xED, 0xA0, 0x80],
            [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0x0D, 0x0A], [0], [0xE4], [0xEF, 0xBB, 0xBF],
        ]
        for _ in 0..<3_000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0..<12, using: &random) {
                bytes +=
                    Bool.random(using: &random)
                    ? pieces.randomElement(using: &random)! : [UInt8.random(in: 0...255, using: &random)]
            }
            let held = RawBytes.utf8(of: bytes)
            #expect(String(validating: held, as: UTF8.self) != nil)
            #expect(RawBytes.bytes(of: held) == bytes)
            if String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0xF4) { #expect(held == bytes) }
        }
    }

    @Test func aHeldByteIsACharacterOfItsOwn() {
        let text = String(decoding: RawBytes.utf8(of: [0x61, 0xE9, 0xFF, 0x80, 0x62]), as: UTF8.self)
        #expect(text.count == 5)
        #expect(text.map(RawBytes.byte) == [nil, 0xE9, 0xFF, 0x80, nil])
    }
}
