import TestSupport
import Testing

@testable import TextCore

@Suite struct TextTests {
    /// Every reading of a text against the same reading of a plain array, over thousands of edits.
    @Test(arguments: 1...6)
    func agreesWithAPlainArray(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var bytes = Array(randomString(&random, pieces: 2_000).utf8)
        var text = Text(utf8: bytes)
        for step in 0..<800 {
            let isLarge = step % 40 == 0
            let range = randomRange(&random, in: text, longest: isLarge ? 5_000 : 60)
            let string = randomString(&random, pieces: isLarge ? 700 : Int.random(in: 0...6, using: &random))
            text.replace(range, with: string)
            bytes.replaceSubrange(range, with: Array(string.utf8))
            #expect(text.utf8Count == bytes.count)
            guard step % 20 == 0 else { continue }
            check(text, against: bytes, &random)
        }
        #expect(text.bytes(in: 0..<text.utf8Count) == bytes)
        #expect(text == Text(utf8: bytes))
    }

    private func check(_ text: Text, against bytes: [UInt8], _ random: inout SeededGenerator) {
        var starts = [0]
        for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
        #expect(text.lineCount == starts.count)
        for _ in 0..<10 {
            let line = Int.random(in: 0..<starts.count, using: &random)
            let end = line + 1 < starts.count ? starts[line + 1] - 1 : bytes.count
            #expect(text.lineStart(line) == starts[line])
            #expect(text.lineRange(line) == starts[line]..<end)
            let offset = Int.random(in: 0...bytes.count, using: &random)
            #expect(text.line(at: offset) == (starts.lastIndex { $0 <= offset } ?? 0))
            if offset < bytes.count { #expect(text.byte(at: offset) == bytes[offset]) }
            let range = randomRange(&random, in: text, longest: 3_000)
            #expect(text.bytes(in: range) == Array(bytes[range]))
        }
        checkShape(text.root)
    }

    /// Leaves equally deep, none too large, summaries that tell the truth.
    private func checkShape(_ node: RopeNode) {
        switch node.content {
        case .leaf(let bytes):
            #expect(node.depth == 0 && bytes.count <= RopeNode.firstLeaf)
            #expect(node.summary == Summary.of(bytes))
        case .branch(let children):
            #expect(children.count <= RopeNode.maximumChildren && !children.isEmpty)
            #expect(children.allSatisfy { $0.depth == node.depth - 1 })
            #expect(node.summary == children.reduce(Summary()) { $0 + $1.summary })
            children.forEach(checkShape)
        }
    }

    @Test func aLargeTextIsAShallowTree() {
        let text = Text(
            String(repeating: "A line of a long article, sixty bytes or so in its length.\n", count: 40_000))
        #expect(text.root.depth <= 4)
        #expect(text.lineCount == 40_001)
    }

    /// Edits at one place must neither starve nor fatten the tree.
    @Test func typingAndDeletingInOnePlaceKeepsTheShape() {
        var text = Text(String(repeating: "words ", count: 2_000))
        for _ in 0..<3_000 { text.replace(5_000..<5_000, with: "x") }
        #expect(text.byte(at: 5_000) == UInt8(ascii: "x") && text.line(at: 5_000) == 0)
        checkShape(text.root)
        for _ in 0..<3_000 { text.replace(5_000..<5_001, with: "") }
        checkShape(text.root)
        #expect(text.string == String(repeating: "words ", count: 2_000))
        text.replace(0..<text.utf8Count, with: "")
        #expect(text.isEmpty && text.lineCount == 1)
        text.replace(0..<0, with: "again")
        #expect(text.string == "again")
    }

    @Test func searchAgreesWithANaiveOne() {
        var random = SeededGenerator(seed: 9)
        let string = randomString(&random, pieces: 4_000)
        let text = Text(string)
        let bytes = Array(string.utf8)
        for needle in ["word", "WORD", "你好", "\n\n", "plain text that", "not there", "👩‍👩‍👧"] {
            for ignoringCase in [false, true] {
                let start = Int.random(in: 0...bytes.count, using: &random)
                #expect(
                    TextSearch.find(needle, in: text, from: start, backwards: false, ignoringCase: ignoringCase)
                        == naive(needle, bytes, from: start, backwards: false, ignoringCase: ignoringCase))
                #expect(
                    TextSearch.find(needle, in: text, from: start, backwards: true, ignoringCase: ignoringCase)
                        == naive(needle, bytes, from: start, backwards: true, ignoringCase: ignoringCase))
            }
        }
    }

    private func naive(_ needle: String, _ bytes: [UInt8], from: Int, backwards: Bool, ignoringCase: Bool) -> Range<
        Int
    >? {
        func fold(_ byte: UInt8) -> UInt8 { ignoringCase && (0x41...0x5A).contains(byte) ? byte + 32 : byte }
        let pattern = needle.utf8.map(fold)
        let starts = (0...max(0, bytes.count - pattern.count)).filter { start in
            start + pattern.count <= bytes.count
                && pattern.indices.allSatisfy { fold(bytes[start + $0]) == pattern[$0] }
        }
        let found = backwards ? starts.last { $0 + pattern.count <= from } : starts.first { $0 >= from }
        return found.map { $0..<$0 + pattern.count }
    }

    @Test func searchFindsAcrossItsWindows() {
        let text = Text(
            String(repeating: "x", count: 65_530) + "needle in the seam" + String(repeating: "y", count: 70_000))
        #expect(
            TextSearch.find("needle in the seam", in: text, from: 0, backwards: false, ignoringCase: false)
                == 65_530..<65_548)
        #expect(
            TextSearch.find("needle in the seam", in: text, from: text.utf8Count, backwards: true, ignoringCase: false)
                == 65_530..<65_548)
    }
}
