import TestSupport
import Encodings
import Testing

@Suite struct UTF8CheckTests {
    @Test(
        arguments: [
            ("", nil, 0, 0), ("plain ascii, long enough\nfor words\r\n", nil, 1, 2), ("中文\r\n字\r\n", nil, 2, 2),
            ("\r\r\n\n", nil, 1, 2),
            ("1234567\r\n", nil, 1, 1), ("12345678\n", nil, 0, 1), ("é𝄞\u{10FFFF}", nil, 0, 0),
        ] as [(String, Int?, Int, Int)])
    func lineEndsAreCounted(_ text: String, _ invalid: Int?, _ crlf: Int, _ lineFeeds: Int) {
        let check = UTF8Check(Array(text.utf8)[...])
        #expect(check.firstInvalid == invalid && check.crlf == crlf && check.lineFeeds == lineFeeds)
        #expect(check.usesCRLF == (crlf > 0 && crlf == lineFeeds))
    }

    @Test(
        arguments: [
            ([0x61, 0x80], 1), ([0xC0, 0x80], 0), ([0xC1, 0xBF], 0), ([0xE0, 0x80, 0x80], 0), ([0xED, 0xA0, 0x80], 0),
            ([0xF4, 0x90, 0x80, 0x80], 0),
            ([0xF5, 0x80, 0x80, 0x80], 0), ([0x61, 0xE4, 0xB8], 1), ([0xC2], 0), ([0xE4, 0xB8, 0xAD, 0xFF], 3),
            ([0xF0, 0x8F, 0x80, 0x80], 0), ([0xC2, 0x41], 0),
        ] as [([UInt8], Int)])
    func whatIsNotUTF8IsPlaced(_ bytes: [UInt8], _ place: Int) {
        #expect(UTF8Check(bytes[...]).firstInvalid == place)
    }

    /// The standard library's own decoder is the oracle.
    @Test func damagedTextsAreToldAsTheStandardLibraryTellsThem() {
        let source = "The long sentences of a plain text, 中文和“标点”。\r\né𝄞 👩‍👩‍👧 \u{7FF}\u{800}\u{FFFF}\u{10000}\n"
        for bytes in Mutations(of: source, marks: "\n\r\u{80}é中", count: 20_000, seed: 7) {
            let check = UTF8Check(bytes[...])
            #expect((check.firstInvalid == nil) == (String(validating: bytes, as: UTF8.self) != nil))
            if let place = check.firstInvalid { #expect(String(validating: bytes[..<place], as: UTF8.self) != nil) }
        }
    }
}
