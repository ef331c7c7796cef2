import ArgumentParser
import Foundation

/// What a word on the command line was meant to be, where it is no command, option or file.
///
/// `longhand PATH` opens the studio, so a mistyped command would begin an article of that name. Where a word has the
/// look of a command and there is no such file, that's an error; `longhand ./WORD` and `longhand WORD.md` still begin one.
enum CommandSuggestion {
    /// - Parameter arguments: those of the program, its first one being no subcommand.
    /// - Throws: `CommandError.unknownWord`, `.unknownOption`.
    static func check(opening arguments: [String], commands: [String]) throws(CommandError) {
        let options = ["--theme", "--model", "--help", "--version"]
        var isValue = false
        for argument in arguments {
            // What the parser itself answers, and what only paths follow.
            if ["--", "--generate-completion-script", "--experimental-dump-help", "--help-hidden"].contains(argument) {
                return
            }
            if isValue {
                isValue = false
            } else if argument.hasPrefix("-"), argument.count > 2 {
                let name = String(argument.prefix { $0 != "=" })
                isValue = ["--theme", "--model"].contains(argument)
                let word = String(name.drop { $0 == "-" })
                guard !options.contains(name), nearest(to: word, among: options.map { String($0.dropFirst(2)) }) == nil,
                    let command = nearest(to: word, among: commands)
                else { continue }
                throw .unknownOption(name, meant: command)
            } else if looksLikeCommand(argument), !isThere(argument) {
                throw .unknownWord(argument, meant: nearest(to: argument, among: commands))
            }
        }
    }

    /// Checks the words that name a command below another one, as in `model list`.
    ///
    /// - Throws: `CommandError.unknownSubcommand`.
    static func check(
        _ arguments: [String], below command: any ParsableCommand.Type, called path: String = "longhand"
    ) throws(CommandError) {
        guard let word = arguments.first, !word.hasPrefix("-"), word != "help" else { return }
        let subcommands = command.configuration.subcommands
        guard !subcommands.isEmpty else { return }
        var names: [String] = []
        for subcommand in subcommands {
            let name = subcommand.configuration.commandName ?? ""
            if name == word {
                return try check(Array(arguments.dropFirst()), below: subcommand, called: path + " " + word)
            }
            names.append(name)
        }
        throw .unknownSubcommand(word, of: path, meant: nearest(to: word, among: names), known: names)
    }

    /// A bare word: letters, digits and hyphens, nothing that only a path has.
    static func looksLikeCommand(_ word: String) -> Bool {
        guard let first = word.utf8.first, UInt8(ascii: "a") <= first | 0x20, first | 0x20 <= UInt8(ascii: "z") else {
            return false
        }
        return word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }

    /// A link counts, wherever it leads.
    private static func isThere(_ path: String) -> Bool {
        var info = stat()
        return lstat(path, &info) == 0
    }

    /// The name that was most likely meant; nil where none is near.
    static func nearest(to word: String, among names: [String]) -> String? {
        // Nobody mistypes a word so long, and comparing costs its length.
        guard word.utf8.count <= 40 else { return nil }
        let word = word.lowercased()
        let distances = names.map { (distance: distance(Array(word.utf8), Array($0.utf8)), name: $0) }
        guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
        // The beginning of a name is more than two letters that happen to be the same.
        if best.distance > 1, word.count >= 3, let whole = names.first(where: { $0.hasPrefix(word) }) { return whole }
        return best.distance <= max(1, min(word.count, best.name.count) / 3) ? best.name : nil
    }

    /// How many letters have to be put in, taken out, changed, or changed with their neighbour.
    static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var rows = [Array(0...b.count)]
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
