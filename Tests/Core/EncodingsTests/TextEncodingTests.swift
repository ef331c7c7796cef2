import Foundation
import TestSupport
import Testing

@testable import Encodings

@Suite struct TextEncodingTests {
    private static let chinese = "检索增强的写作：从笔记到论证，𠀀。Longhand 2026\n"
    private static let french = "L’été où naïvement j’ai créé « un cœur » à 5 €.\n"

    private func bytes(_ text: String, _ raw: UInt) throws -> [UInt8] {
        [UInt8](try #require(text.data(using: String.Encoding(rawValue: raw))))
    }

    @Test func everyKnownEncodingGivesTheSameText() throws {
        for (text, raw, encoding) in [
            (Self.chinese, 0x8000_0632, TextEncoding.gb18030),
            (Self.french, String.Encoding.windowsCP1252.rawValue, .windows1252),
            (Self.french + Self.chinese, String.Encoding.utf8.rawValue, .utf8),
        ] {
            let decoded = try TextEncoding.decode(try bytes(text, raw))
            #expect(decoded.text == text)
            #expect(decoded.encoding == encoding)
        }
        let units = Array((Self.french + Self.chinese).utf16)
        let little: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let big: [UInt8] = [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        #expect(try TextEncoding.decode(little).text == Self.french + Self.chinese)
        #expect(try TextEncoding.decode(big).text == Self.french + Self.chinese)
        #expect(try TextEncoding.decode(little).encoding == .utf16LittleEndian)
        #expect(try TextEncoding.decode(big).encoding == .utf16BigEndian)
    }

    /// GB18030 and Latin-1 texts of one sentence are told apart.
    @Test(arguments: [
        "Straße, Möbel und Übergröße", "créée", "Ça et là, où l'été", "España, mañana, ¿qué?",
        "Århus på dansk", "façade - naïve - crème brûlée",
    ])
    func shortWesternTexts(text: String) throws {
        let decoded = try TextEncoding.decode(try bytes(text, String.Encoding.windowsCP1252.rawValue))
        #expect(decoded.text == text)
        #expect(decoded.encoding == .windows1252)
    }

    @Test(arguments: ["中", "知识管理。", "第3章 卡片盒笔记法", "The word 记忆 in English prose"])
    func shortChineseTexts(text: String) throws {
        #expect(try TextEncoding.decode(try bytes(text, 0x8000_0632)).text == text)
    }

    @Test func whatIsNoneOfThemIsRefused() throws {
        let russian = try bytes("Война и мир, роман", String.Encoding.windowsCP1251.rawValue)
        let japanese = try bytes("吾輩は猫である。名前はまだ無い。", String.Encoding.shiftJIS.rawValue)
        // UTF-8 that lost a byte in its middle.
        let damaged = Array("é ü ö ä ç".utf8) + [0xC3, 0x20, 0x61]
        for bytes in [russian, japanese, damaged, [0xEF, 0xBB, 0xBF, 0x61, 0xE9, 0x62]] {
            #expect(throws: TextEncoding.Refusal(reason: "is not UTF-8 (line 1); save it as UTF-8")) {
                try TextEncoding.decode(bytes)
            }
        }
        for bytes: [UInt8] in [[0x61, 0, 0x62], [0x89, 0x50, 0x4E, 0x47, 0x1A, 0x0A], [0xFF, 0xFE, 0x61, 0, 0, 0]] {
            #expect(throws: TextEncoding.Refusal(reason: "is a binary file")) { try TextEncoding.decode(bytes) }
        }
        for bytes: [UInt8] in [[0xFF, 0xFE, 0x61], [0xFE, 0xFF, 0xD8, 0x00, 0x00, 0x61]] {
            #expect(throws: TextEncoding.Refusal(reason: "is damaged UTF-16; save it as UTF-8")) {
                try TextEncoding.decode(bytes)
            }
        }
    }

    @Test func randomBytesNeverTrap() {
        var random = SeededGenerator(seed: 7)
        for round in 0..<2000 {
            let bytes = (0..<(round % 40)).map { _ in UInt8(truncatingIfNeeded: random.next() >> 33) }
            _ = try? TextEncoding.decode(bytes)
        }
    }
}
