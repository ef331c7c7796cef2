import Testing

@testable import Manuscript

@Suite struct HangingIndentTests {
    @Test(arguments: [
        ("plain text", 0), ("- item", 2), ("* item", 2), ("10. item", 4), ("  - nested", 4), ("- [ ] task", 6),
        ("- [x] task", 6),
        ("> said", 2), ("> > deeper", 4), ("> - item", 4), ("> 1. [ ] item", 5), ("    code or more of an item", 4),
        ("[^1]: note", 6), ("[^long-label]: note", 15),
        ("| a | b |", 2), ("- ", 0), ("-not", 0), ("[link](x)", 0), ("12 apples", 0), ("--- x", 0), ("-   wide", 4),
        ("", 0), ("   ", 0),
    ])
    func cells(line: String, expected: Int) {
        #expect(HangingIndent.cells(of: line, width: 60) == expected)
        #expect(HangingIndent.cells(of: line, width: 9) <= 3)
    }
}

@Suite struct LineMarkTests {
    @Test(arguments: [
        ("- item", 2), ("  12) item", 6), ("> said", 2), ("\t+ item", 3), ("12345678. item", 10),
        ("123456789. item", nil), ("-", nil), ("- ", 2),
        ("-\titem", nil), ("12 item", nil), ("text", nil), ("", nil),
    ])
    func leading(line: String, expected: Int?) {
        #expect(LineMark.leading(line) == expected)
    }
}
