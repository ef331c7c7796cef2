import Screen

/// A sequence of bytes and the events it is.
struct Sent: Sendable, CustomStringConvertible {
    let bytes: [UInt8]
    let events: [TerminalEvent]

    init(_ text: String, _ events: TerminalEvent...) {
        bytes = Array(text.utf8)
        self.events = events
    }

    init(_ text: String, _ keys: [Key]) {
        bytes = Array(text.utf8)
        events = keys.map { .key($0) }
    }

    init(bytes: [UInt8], _ events: TerminalEvent...) {
        self.bytes = bytes
        self.events = events
    }

    var description: String { String(decoding: bytes, as: UTF8.self).debugDescription }

    private static func key(_ text: String, _ key: Key) -> Sent { Sent(text, .key(key)) }

    /// ESC [
    private static let csi = "\u{1B}["
    /// ESC O
    private static let ss3 = "\u{1B}O"

    static let characters: [Sent] = [
        key("a", .character("a")), key("~", .character("~")), key(" ", .character(" ")), key("é", .character("é")),
        key("字", .character("字")), key("𝄞", .character("𝄞")), key("\u{10FFFF}", .character("\u{10FFFF}")),
        Sent("中é", [.character("中"), .character("é")]), key("\u{301}", .character("\u{301}")),
        key("\r", .enter), key("\n", .enter), key("\t", .tab), key("\u{7F}", .backspace), key("\u{8}", .backspace),
        key("\0", .control(" ")), key("\u{1}", .control("a")), key("\u{1A}", .control("z")),
        key("\u{1C}", .control("\\")),
        key("\u{1D}", .control("]")), key("\u{1E}", .control("^")), key("\u{1F}", .control("_")),
        // C1 controls are no text.
        Sent("\u{80}"), Sent("\u{9B}"), Sent("\u{9F}"), key("\u{A0}", .character("\u{A0}")),
    ]

    static let alt: [Sent] = [
        key("\u{1B}a", .alt("a")), key("\u{1B}A", .alt("A")), key("\u{1B} ", .alt(" ")), key("\u{1B}é", .alt("é")),
        key("\u{1B}字", .alt("字")), key("\u{1B}𝄞", .alt("𝄞")), key("\u{1B}\r", .altEnter),
        key("\u{1B}\u{7F}", .altBackspace),
        key("\u{1B}\u{8}", .altBackspace), Sent("\u{1B}\u{1}", [.escape, .control("a")]),
        Sent("\u{1B}\t", [.escape, .tab]),
        Sent("\u{1B}\u{1B}a", [.escape, .alt("a")]), Sent("\u{1B}\u{1B}\u{1B}a", [.escape, .escape, .alt("a")]),
        Sent("\u{1B}\u{85}"),
        // What follows an Alt key at once is a key of its own.
        Sent("\u{1B}O\u{1}", [.alt("O"), .control("a")]), Sent("\u{1B}[\r", [.alt("["), .enter]),
        Sent("\u{1B}O\u{1B}[A", [.alt("O"), .up]), Sent("\u{1B}[\u{1B}[A", [.alt("["), .up]),
        Sent("\u{1B}[é", [.alt("["), .character("é")]),
    ]

    static let cursor: [Sent] = [
        key(csi + "A", .up), key(csi + "B", .down), key(csi + "C", .right), key(csi + "D", .left),
        key(csi + "H", .home),
        key(csi + "F", .end), key(ss3 + "A", .up), key(ss3 + "D", .left), key(ss3 + "H", .home), key(ss3 + "F", .end),
        key(csi + "1~", .home), key(csi + "7~", .home), key(csi + "4~", .end), key(csi + "8~", .end),
        key(csi + "2~", .insert),
        key(csi + "3~", .delete), key(csi + "5~", .pageUp), key(csi + "6~", .pageDown), key(csi + "Z", .backTab),
        key(csi + "1;2A", .shift(.up)), key(csi + "1;3B", .altArrow(.down)), key(csi + "1;4B", .altArrow(.down)),
        key(csi + "1;5C", .controlArrow(.right)), key(csi + "1;6D", .controlShift(.left)),
        key(csi + "1;7C", .controlArrow(.right)),
        key(csi + "1;8D", .controlShift(.left)), key(csi + "1;5H", .controlArrow(.home)),
        key(csi + "1;2F", .shift(.end)),
        key(csi + "5;5~", .controlArrow(.pageUp)), key(csi + "6;2~", .shift(.pageDown)),
        key(csi + "3;5~", .controlDelete),
        key(csi + ";5C", .controlArrow(.right)), key(csi + "1;0A", .up), key(csi + "1;1A", .up),
        key(ss3 + "5C", .controlArrow(.right)),
        key(ss3 + "1;2A", .shift(.up)), key(csi + "1;5:1A", .controlArrow(.up)), Sent(csi + "1;5:3A"),
        // Num Lock is held down, as far as kitty is concerned.
        key(csi + "1;129A", .up),
        // rxvt
        key(csi + "a", .shift(.up)), key(csi + "d", .shift(.left)), key(ss3 + "a", .controlArrow(.up)),
        key(ss3 + "d", .controlArrow(.left)), key(csi + "7$", .shift(.home)), key(csi + "5^", .controlArrow(.pageUp)),
        key(csi + "8@", .controlShift(.end)), key(csi + "3^", .controlDelete), key("\u{1B}\u{1B}[A", .altArrow(.up)),
        key("\u{1B}\u{1B}OD", .altArrow(.left)), key("\u{1B}\u{1B}[5~", .altArrow(.pageUp)),
        Sent("\u{1B}\u{1B}[3~", [.escape, .delete]), Sent("\u{1B}\u{1B}[I", .key(.escape), .focusIn),
        // The keypad in application mode
        key(ss3 + "M", .enter), key(ss3 + "p", .character("0")), key(ss3 + "y", .character("9")),
        key(ss3 + "j", .character("*")),
        key(ss3 + "o", .character("/")), key(ss3 + "X", .character("=")),
    ]

    static let functions: [Sent] =
        zip(1..., ["P", "Q", "R", "S"]).flatMap {
            [key(ss3 + $1, .function($0)), key(csi + $1, .function($0)), key(csi + "1;2" + $1, .function($0 + 12))]
        }
        + zip(1..., ["A", "B", "C", "D", "E"]).map { key(csi + "[" + $1, .function($0)) }
        + zip(1..., [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24]).flatMap {
            [key(csi + "\($1)~", .function($0)), key(csi + "\($1);2~", .function($0 + 12))]
        }
        + zip(13..., [25, 26, 28, 29, 31, 32, 33, 34]).map { key(csi + "\($1)~", .function($0)) }

    static let coded: [Sent] = [
        key(csi + "97u", .character("a")), key(csi + "97;5u", .control("a")), key(csi + "97;6u", .control("a")),
        key(csi + "97;3u", .alt("a")), key(csi + "97;4u", .alt("A")), key(csi + "97;2u", .character("A")),
        key(csi + "49:33;2u", .character("!")), key(csi + "97;2;65u", .character("A")),
        key(csi + "97;65u", .character("a")),
        key(csi + "97;5:2u", .control("a")), Sent(csi + "97;5:3u"), Sent(csi + "97;9u"),
        key(csi + "233u", .character("é")),
        key(csi + "27u", .escape), key(csi + "13u", .enter), key(csi + "13;3u", .altEnter), key(csi + "9u", .tab),
        key(csi + "9;2u", .backTab), key(csi + "127u", .backspace), key(csi + "127;3u", .altBackspace),
        key(csi + "105;5u", .tab),
        key(csi + "91;5u", .escape), key(csi + "47;5u", .control("_")), key(csi + "32;5u", .control(" ")),
        key(csi + "57381u", .function(18)), Sent(csi + "57441u"), Sent(csi + "7u"), Sent(csi + "133u"),
        Sent(csi + "55296u"), Sent(csi + "1114112u"), Sent(csi + "u"), Sent(csi + "97;1;7u"),
        key(csi + "27;5;97~", .control("a")), key(csi + "27;2;13~", .enter), key(csi + "27;3;233~", .alt("é")),
    ]

    static let reports: [Sent] = [
        Sent(csi + "I", .focusIn), Sent(csi + "O", .focusOut),
        Sent(csi + "<0;1;1M", .mouse(MouseEvent(kind: .press, x: 0, y: 0))),
        Sent(csi + "<0;300;100m", .mouse(MouseEvent(kind: .release, x: 299, y: 99))),
        Sent(csi + "<1;2;3M", .mouse(MouseEvent(kind: .press, x: 1, y: 2, button: .middle))),
        Sent(csi + "<2;2;3m", .mouse(MouseEvent(kind: .release, x: 1, y: 2, button: .right))),
        Sent(csi + "<32;2;3M", .mouse(MouseEvent(kind: .drag, x: 1, y: 2))),
        Sent(csi + "<34;2;3M", .mouse(MouseEvent(kind: .drag, x: 1, y: 2, button: .right))),
        Sent(csi + "<64;2;3M", .mouse(MouseEvent(kind: .scrollUp, x: 1, y: 2))),
        Sent(csi + "<65;2;3M", .mouse(MouseEvent(kind: .scrollDown, x: 1, y: 2))),
        Sent(csi + "<4;2;3M", .mouse(MouseEvent(kind: .press, x: 1, y: 2, shift: true))),
        Sent(csi + "<28;2;3M", .mouse(MouseEvent(kind: .press, x: 1, y: 2, shift: true, alt: true, control: true))),
        Sent(csi + "<81;2;3M", .mouse(MouseEvent(kind: .scrollDown, x: 1, y: 2, control: true))),
        // A motion with no button, the wheel sideways, buttons beside the thumb, and what is no report
        Sent(csi + "<35;2;3M"), Sent(csi + "<66;2;3M"), Sent(csi + "<128;2;3M"), Sent(csi + "<0;0;1M"),
        Sent(csi + "<0;1;0M"), Sent(csi + "<0;1M"), Sent(csi + "<0;;1;1M"), Sent(csi + "<;;M"), Sent(csi + "<M"),
        Sent(csi + "<0;1;1A"), Sent(csi + "<0;99999999999999999999;1M"), Sent(csi + "<-1;1;1M"), Sent(csi + "<64;1;1m"),
        // Terminals without SGR reports
        Sent(csi + "M !!", .mouse(MouseEvent(kind: .press, x: 0, y: 0))),
        Sent(csi + "M#!!", .mouse(MouseEvent(kind: .release, x: 0, y: 0))),
        Sent(bytes: Array((csi + "M`").utf8) + [0xFF, 0x21], .mouse(MouseEvent(kind: .scrollUp, x: 222, y: 0))),
        Sent(csi + "M !\r", .key(.enter)), Sent(csi + "0;10;10M"),
    ]

    static let pastes: [Sent] = [
        Sent(csi + "200~" + csi + "201~", .paste("")), Sent(csi + "200~one\ttwo" + csi + "201~", .paste("one\ttwo")),
        Sent(csi + "200~a\rb\r\nc\nd" + csi + "201~", .paste("a\nb\nc\nd")),
        Sent(csi + "200~\u{1B}[31mred\u{7}\0\u{7F}\u{9B}" + csi + "201~", .paste("[31mred")),
        Sent(csi + "200~字" + csi + "20" + csi + "201~x", .paste("字[20"), .key(.character("x"))),
        Sent(csi + "200~" + csi + "200~" + csi + "201~", .paste("[200~")),
        Sent(csi + "200~\u{1B}\u{1B}" + csi + "201~", .paste("")), Sent(csi + "201~"),
        Sent(bytes: Array((csi + "200~a").utf8) + [0xC3] + Array((csi + "201~").utf8), .paste("a\u{FFFD}")),
    ]

    static let unknown: [Sent] = [
        csi + "?1;2c", csi + ">41;354;0c", csi + "?2026;2$y", csi + "=1;2A", csi + "99~", csi + "0n", csi + "1 q",
        csi + "!p",
        csi + "?1;2A", csi + "1;2;3;4A", csi + "99999999999999999999999A", csi + "1-2A", csi + "[z", ss3 + "z",
        ss3 + "?A", csi + "x",
        csi + String(repeating: "1;", count: 32) + "A", csi + String(repeating: "1;", count: 33) + "A",
        csi + String(repeating: "7", count: 5_000) + "A", csi + String(repeating: " ", count: 65) + "~",
    ].map { Sent($0) }

    /// A byte that cannot be in a sequence ends it and is taken for itself.
    static let broken: [Sent] = [
        Sent(csi + "1;\r", [.enter]), Sent(csi + "1;" + csi + "A", [.up]), Sent(csi + "1é", [.character("é")]),
        Sent(csi + "[\r", [.enter]), Sent(csi + "[" + csi + "A", [.up]),
        Sent(csi + String(repeating: "1", count: 200) + "\r", [.enter]),
        Sent(bytes: [0xFF], .key(.character("\u{FFFD}"))),
        Sent(bytes: [0x80, 0x41], .key(.character("\u{FFFD}")), .key(.character("A"))),
        Sent(bytes: [0xC3, 0x41], .key(.character("\u{FFFD}")), .key(.character("A"))),
        Sent(bytes: [0x1B, 0xC3, 0x41], .key(.character("A"))), Sent(bytes: [0x1B, 0xC3, 0x1B, 0x5B, 0x41], .key(.up)),
        Sent(bytes: [0xE4, 0xB8, 0x0D], .key(.character("\u{FFFD}")), .key(.enter)),
        // Overlong, a surrogate, beyond Unicode: every byte is broken.
        Sent(bytes: [0xC0, 0xAF], .key(.character("\u{FFFD}")), .key(.character("\u{FFFD}"))),
        Sent(
            bytes: [0xE0, 0x80, 0xAF], .key(.character("\u{FFFD}")), .key(.character("\u{FFFD}")),
            .key(.character("\u{FFFD}"))),
        Sent(
            bytes: [0xED, 0xA0, 0x80], .key(.character("\u{FFFD}")), .key(.character("\u{FFFD}")),
            .key(.character("\u{FFFD}"))),
        Sent(bytes: [0xF4, 0x90], .key(.character("\u{FFFD}")), .key(.character("\u{FFFD}"))),
    ]

    static let all = characters + alt + cursor + functions + coded + reports + pastes + unknown + broken
}
