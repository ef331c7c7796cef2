import Testing

@testable import Screen

@Suite struct KeyTests {
    private static let characters: [Character] =
        (0x20..<0x7F).map { Character(UnicodeScalar(UInt8($0))) } + ["é", "字", "👩‍👩‍👧"]

    @Test func everyNameIsTheKeyAgain() {
        var names: Set<String> = []
        var keys = Key.allNamed + Self.characters.map { .character($0) } + Self.characters.map { .alt($0) }
        keys += Self.characters.filter { $0.isASCII && !$0.isUppercase }.map { .control($0) }
        for key in keys {
            #expect(Key(name: key.name) == key)
            #expect(names.insert(key.name).inserted, "two keys are called \(key.name)")
        }
    }

    @Test(arguments: [
        ("Ctrl-S", Key.control("s")), ("ctrl-s", .control("s")), ("Ctrl-Space", .control(" ")), ("Alt-x", .alt("x")),
        ("Alt-X", .alt("X")), ("f12", .function(12)), ("Shift-F6", .function(18)), ("F18", .function(18)),
        ("shift-tab", .backTab), ("Escape", .escape), ("Space", .character(" ")),
        ("Ctrl-Left", .controlArrow(.left)), ("Shift-PageUp", .shift(.pageUp)), ("Alt--", .alt("-")),
        ("Return", .enter),
        ("Ctrl-Shift-Home", .controlShift(.home)), ("S", .character("S")),
    ])
    func namesAreRead(_ name: String, _ key: Key) {
        #expect(Key(name: name) == key)
    }

    @Test(arguments: ["", "Ctrl-", "Hyper-x", "F0", "F99", "Ctrl-字", "ab", "Alt-ab"])
    func othersAreNoKeys(_ name: String) {
        #expect(Key(name: name) == nil)
    }
}
