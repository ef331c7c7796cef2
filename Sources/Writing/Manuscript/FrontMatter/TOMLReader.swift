/// Reads the TOML that front matters use into fields of text: `key = value` with strings, numbers, dates and
/// lists of these.
///
/// Not TOMLKit's parser, which settings and themes are read with: it ends the process on some texts that are no TOML
/// (`tags = [}`), never frees what it read, and reads nothing where one line is wrong. Notes may be anything.
///
/// Limits: tables and inline tables are passed over, as nested YAML is; a string may not go on over lines;
/// of escapes, `\\n`, `\\t`, `\\"` and `\\\\` are known.
struct TOMLReader {
    private(set) var fields: [FrontMatterField] = []
    private(set) var problem: FrontMatterProblem?
    private let lines: [String]
    private let firstLine: Int
    private var index = 0

    init(bytes: [UInt8], from: Int, to: Int, firstLine: Int) {
        self.firstLine = firstLine
        lines = FrontMatterScan.lines(bytes, from: from, to: to)
    }

    mutating func read() {
        while index < lines.count {
            let text = lines[index].trimmingBlanks
            let number = firstLine + index
            index += 1
            if text.isEmpty || text.hasPrefix("#") { continue }
            // What follows belongs to the table: nested data.
            if text.hasPrefix("[") { return }
            guard let sign = text.firstIndex(of: "=") else {
                report(number, "there is no “key = value” in this line")
                continue
            }
            let key = String(text[..<sign].filter { $0 != "\"" && $0 != "'" }).trimmingBlanks
            let value = String(text[text.index(after: sign)...]).trimmingBlanks
            if key.isEmpty || value.isEmpty {
                report(number, "there is no “key = value” in this line")
            } else if value.hasPrefix("[") {
                list(key, value, number)
            } else if !value.hasPrefix("{") {
                var rest = Substring(value)
                if let scalar = scalar(&rest) {
                    fields.append(FrontMatterField(key: key, values: [scalar], isList: false, line: number))
                } else {
                    report(number, "the quotation mark that opens here is never closed")
                }
            }
        }
    }

    private mutating func report(_ line: Int, _ reason: String) {
        if problem == nil { problem = FrontMatterProblem(line: line, reason: reason) }
    }

    /// `["a", "b"]`, which may go on over several lines. Items of a list in it count as its own.
    private mutating func list(_ key: String, _ first: String, _ number: Int) {
        var items: [String] = []
        var depth = 0
        var rest = Substring(first)
        while true {
            while let character = rest.first {
                switch character {
                case "[":
                    depth += 1
                    rest.removeFirst()
                case "]":
                    depth -= 1
                    rest.removeFirst()
                    if depth == 0 {
                        fields.append(FrontMatterField(key: key, values: items, isList: true, line: number))
                        return
                    }
                case ",", " ", "\t": rest.removeFirst()
                case "#": rest = ""
                default:
                    guard let item = scalar(&rest) else {
                        report(firstLine + index - 1, "the quotation mark that opens here is never closed")
                        rest = ""
                        continue
                    }
                    if !item.isEmpty { items.append(item) }
                }
            }
            guard index < lines.count else { break }
            rest = Substring(lines[index].trimmingBlanks)
            index += 1
        }
        report(number, "the list that opens here with [ is never closed with ]")
        fields.append(FrontMatterField(key: key, values: items, isList: true, line: number))
    }

    /// Takes a value from the start of `rest`; nil when its quotation mark is never closed. Always takes
    /// something.
    private func scalar(_ rest: inout Substring) -> String? {
        guard let quote = rest.first, quote == "\"" || quote == "'" else {
            let end = rest.firstIndex { $0 == "," || $0 == "]" || $0 == "#" } ?? rest.endIndex
            let value = String(rest[..<end])
            rest = rest[end...]
            return value.trimmingBlanks
        }
        rest.removeFirst()
        var text = ""
        while let character = rest.popFirst() {
            if character == quote { return text }
            if character == "\\", quote == "\"", let escaped = rest.popFirst() {
                text.append(escaped == "n" ? "\n" : escaped == "t" ? "\t" : escaped)
            } else {
                text.append(character)
            }
        }
        return nil
    }
}
