import Providers
import TestSupport
import Testing

private func events(_ text: String) -> [ServerEvent] {
    var stream = EventStream()
    return stream.feed(text.utf8) + stream.finish()
}

@Suite struct EventStreamTests {
    @Test(arguments: [
        ("data: a\n\n", ["a"]),
        ("data:a\n\ndata: b\n\n", ["a", "b"]),
        ("data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
        ("data: a\r\rdata: b\r\r", ["a", "b"]),
        ("data: a\ndata: b\n\n", ["a\nb"]),
        ("data:  a \n\n", [" a "]),
        (": comment\n\ndata: a\n: more\n\n", ["a"]),
        ("id: 3\nretry: 10\nunknown: x\ndata: a\n\n", ["a"]),
        ("data\n\n", [""]),
        ("data: a", ["a"]),
        ("data: a\n", ["a"]),
        ("\u{FEFF}data: a\n\n", ["a"]),
        ("event: x\n\n", []),
        ("\n\n\n", []),
        ("", []),
        ("data: {\"é\":\"文字\"}\n\ndata: [DONE]\n\n", ["{\"é\":\"文字\"}", "[DONE]"]),
    ])
    func reads(text: String, data: [String]) {
        #expect(events(text).map(\.data) == data)
    }

    @Test func namesAnEventOnce() {
        #expect(
            events("event: error\ndata: a\n\ndata: b\n\n")
                == [ServerEvent(name: "error", data: "a"), ServerEvent(data: "b")])
        #expect(events("data: [DONE]\n\n").first?.isDone == true)
    }

    @Test func anySplitGivesTheSameEvents() {
        let pieces = [
            "data: ", "data:", "é文😀", "\n", "\r", "\r\n", "\n\n", ": c", "event: x", "[DONE]", "\u{FEFF}",
            " ", ":", "\u{0}", "{\"a\":1}", "id: 4",
        ]
        var random = SeededGenerator(seed: 7)
        for _ in 0..<400 {
            let count = Int.random(in: 1...30, using: &random)
            let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let bytes = Array(text.utf8)
            let whole = events(text)
            var single = EventStream()
            #expect(bytes.flatMap { single.feed([$0]) } + single.finish() == whole)
            var cut = EventStream()
            var found: [ServerEvent] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = rest.prefix(Int.random(in: 1...9, using: &random))
                found += cut.feed(part)
                rest = rest.dropFirst(part.count)
            }
            #expect(found + cut.finish() == whole)
        }
    }

    @Test func anyBytesAreRead() {
        var random = SeededGenerator(seed: 11)
        var stream = EventStream()
        var count = 0
        for _ in 0..<50 {
            let bytes = (0..<300).map { _ in UInt8.random(in: 0...255, using: &random) }
            count += stream.feed(bytes).count
            #expect(stream.feed(Array("\n\ndata: mark\n\n".utf8)).last?.data == "mark")
        }
        #expect(count <= 50 * 300)
    }
}
