import Screen
import TestSupport
import Workbench

/// Keys as they are pressed: single ones, the commands' own, and what makes sense only in a row.
enum Keys {
    static func some(_ random: inout SeededGenerator, keymap: Keymap) -> [Key] {
        if keymap.base == .vim, random.below(10) < 6 { return vim(&random) }
        switch random.below(20) {
        case 0..<8: return [.character(random.of(Texts.characters))]
        case 8..<12: return [random.of(Key.allNamed)]
        case 12..<17: return command(&random, keymap)
        case 17:
            let key = random.of([
                Key.shift(.down), .shift(.up), .shift(.right), .controlShift(.right), .down, .backspace, .delete,
            ])
            return Array(repeating: key, count: 1 + random.below(6))
        case 18:
            return [
                random.once(in: 2)
                    ? .control(random.of(Array("abcdefghijklmnopqrstuvwxyz \\]^_/")))
                    : .alt(random.of(Texts.characters))
            ]
        default: return palette(&random, keymap)
        }
    }

    /// The keys of some command.
    private static func command(_ random: inout SeededGenerator, _ keymap: Keymap) -> [Key] {
        let chords = keymap.chords(for: random.of(CommandTable.all).name)
        return chords.isEmpty ? [.escape] : random.of(chords).keys
    }

    /// A command by its name, which all of them have.
    private static func palette(_ random: inout SeededGenerator, _ keymap: Keymap) -> [Key] {
        guard let open = keymap.chords(for: "palette").first?.keys else { return [.escape] }
        return open + random.of(CommandTable.all).title.map { .character($0) } + [.enter]
    }

    // MARK: vim

    private static let motions = [
        "w", "b", "e", "ge", "W", "B", "E", "h", "j", "k", "l", "0", "$", "^", "_", "g_", "G", "gg", "{", "}", "(", ")",
        "fa", "t ", "Fx", "T.", ";", ",", "%", "n", "N", "*", "#", "H", "M", "L", "gj", "gk",
        "+", "-", "|", "'a", "`a", "``", "''", "iw", "aw", "is", "as", "ip", "ap", "i\"", "a(", "i[", "a{", "i`", "it",
    ]
    private static let operators = ["d", "c", "y", ">", "<", "g~", "gu", "gU", "gq", "=", "!", "gw", "g?", "zf"]
    private static let simple = [
        "x", "X", "p", "P", "gp", "gP", "J", "gJ", "u", "<C-r>", ".", "~", "D", "C", "Y", "S", "s", "rz", "r<CR>", "i",
        "a", "I", "A", "o", "O", "R", "v", "V", "<C-v>", "gv", "gi", "ma", "qa", "q", "@a", "@@",
        "\"a", "\"A", "\"+", "\"_", "zt", "zz", "zb", "ZZ", "<C-a>", "<C-x>", "<C-o>", "<C-i>", "<C-d>", "<C-u>",
        "<C-f>", "<C-b>", "<C-e>", "<C-y>", "&", "g&", "g;", "ga", "<Esc>", "<Esc>", "<Esc>", "dd", "yy", "cc", ">>",
        "<<", "==",
    ]
    private static let names = [
        "", "d", "j", "y", ">", "<", "s/a/b/", "s/a/b/gc", "s !", "s", "s//x/", "s/\\(a\\)*/\\1\\n/g", "s#o#\\u&#g",
        "&", "&&", "m0", "m$", "m.", "t.", "co 1", "u", "red", "noh", "g/a/d", "v/a/d", "normal dd", "norm @a", "k a",
        "r x", "w", "wq",
        "e x.md", "bn", "bp 9223372036854775807", "b1", "ls", "bd", "q", "set nu", "sort", "!ls", "@a", "@:", "h", "p",
        "nu", "=", "reg",
    ]
    private static let numbers = [
        "", "1", "2", "9", "0", "99999", "9223372036854775807", "9223372036854775808", "99999999999999999999",
    ]

    private static func vim(_ random: inout SeededGenerator) -> [Key] {
        let count = random.below(6) < 4 ? "" : random.of(["2", "3", "5", "12", "40"])
        switch random.below(20) {
        case 0..<5: return keys(count + random.of(simple))
        case 5..<8: return keys(count + random.of(motions))
        case 8..<12: return keys(count + random.of(operators) + random.of(["", "", "2"]) + random.of(motions))
        case 12..<15:
            return keys(
                random.of(["i", "a", "o", "O", "cw", "A", "R", "I"]) + Texts.text(&random, upTo: 2)
                    + random.of(["<Esc>", "", "<C-w>", "<C-r>a", "<C-o>"]))
        case 15..<18: return keys(":" + range(&random) + random.of(names) + "<CR>")
        case 18:
            return keys(
                random.of(["/", "?", "d/"])
                    + random.of(["a", "\\<", "o*", ".", "[", "\\(", "^", "$", "x\\|y", "a/e+1", ""]) + "<CR>")
        default:
            return keys(
                random.of(["V", "v", "<C-v>"]) + random.of(motions) + random.of(motions)
                    + random.of([
                        "d", "c", "y", "J", "gJ", "~", "u", "U", ">", "<", "p", "I", "A", "o", "rx", "gq", "<Esc>", ":",
                    ]))
        }
    }

    private static func range(_ random: inout SeededGenerator) -> String {
        func address(_ random: inout SeededGenerator) -> String {
            let base = random.of(["", ".", "$", "1", "2", "'a", "'<", "/a/", random.of(numbers)])
            return base + random.of(["", "", "+" + random.of(numbers), "-" + random.of(numbers), "+", "--"])
        }
        switch random.below(5) {
        case 0: return ""
        case 1: return "%"
        case 2: return address(&random)
        default: return address(&random) + random.of([",", ";"]) + address(&random)
        }
    }

    /// Keys as vim writes them: `<C-r>`, `<CR>`, `<Esc>`, and each other character for itself.
    static func keys(_ written: String) -> [Key] {
        var result: [Key] = []
        var rest = written[...]
        while let first = rest.first {
            let named =
                first == "<" ? rest.firstIndex(of: ">").map { rest[rest.index(after: rest.startIndex)..<$0] } : nil
            let key: Key? =
                switch named {
                case "CR"?: .enter
                case "Esc"?: .escape
                case let name? where name.hasPrefix("C-") && name.count == 3: name.last.map { .control($0) }
                default: nil
                }
            if let key, let named {
                result.append(key)
                rest = rest[named.endIndex...].dropFirst()
            } else {
                result.append(
                    first == "\n" || first == "\r\n" || first == "\r"
                        ? .enter : first == "\t" ? .tab : .character(first))
                rest = rest.dropFirst()
            }
        }
        return result
    }
}
