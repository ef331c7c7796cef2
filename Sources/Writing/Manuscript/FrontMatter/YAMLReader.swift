/// Reads the YAML that front matters use into fields of text.
struct YAMLReader {
    typealias Field = FrontMatterField

    private(set) var fields: [Field] = []
    private(set) var problem: FrontMatterProblem?
    private let lines: [String]
    private let firstLine: Int
    private var index = 0

    init(bytes: [UInt8], from: Int, to: Int, firstLine: Int) {
        self.firstLine = firstLine
        lines = FrontMatterScan.lines(bytes, from: from, to: to)
    }

    /// Keeps the first problem: those after it often follow from it.
    mutating func report(_ line: Int, _ reason: String) {
        if problem == nil || line < (problem?.line ?? 0) {
            problem = FrontMatterProblem(line: line, reason: reason)
        }
    }

    mutating func read() {
        while index < lines.count {
            let line = lines[index]
            let number = firstLine + index
            index += 1
            let text = line.trimmingBlanks
            if text.isEmpty || text.hasPrefix("#") { continue }
            if line.hasPrefix("\t") {
                report(number, "YAML is indented with spaces, not with a tab")
                continue
            }
            if line.hasPrefix(" ") || text.hasPrefix("- ") || text == "-" {
                report(number, "this line belongs to no field")
                continue
            }
            guard let (key, rest) = YAMLReader.split(text) else {
                report(number, "there is no “key: value” in this line")
                continue
            }
            value(key: key, rest: rest, line: number)
        }
    }

    private mutating func value(key: String, rest: String, line: Int) {
        if rest.isEmpty || rest.hasPrefix("#") { return nested(key: key, line: line) }
        if let mark = rest.first, mark == "|" || mark == ">" {
            return blockString(key: key, folded: mark == ">", line: line)
        }
        if rest.hasPrefix("[") { return flowList(key: key, rest: rest, line: line) }
        // A mapping in braces is nested data: it has no text to show.
        if rest.hasPrefix("{") { return skipIndented() }
        guard let scalar = YAMLReader.scalar(rest) else {
            report(line, "the quotation mark that opens here is never closed")
            fields.append(
                Field(key: key, values: [String(rest.dropFirst())], isList: false, line: line))
            return
        }
        var text = scalar.text
        // A plain value goes on in lines that are indented.
        while !scalar.quoted, index < lines.count, lines[index].hasPrefix(" "),
            !lines[index].trimmingBlanks.isEmpty
        {
            text += " " + (YAMLReader.scalar(lines[index].trimmingBlanks)?.text ?? "")
            index += 1
        }
        fields.append(Field(key: key, values: [text], isList: false, line: line))
    }

    /// What stands below `key:`: a list with dashes, or a mapping, which is passed over.
    private mutating func nested(key: String, line: Int) {
        var items: [String] = []
        var isList = false
        while index < lines.count {
            let text = lines[index].trimmingBlanks
            if text.isEmpty || text.hasPrefix("#") {
                index += 1
                continue
            }
            guard text.hasPrefix("- ") || text == "-" else {
                if lines[index].hasPrefix(" ") {
                    index += 1
                    continue
                }
                break
            }
            isList = true
            let rest = String(text.dropFirst(1)).trimmingBlanks
            if let scalar = YAMLReader.scalar(rest) {
                if !scalar.text.isEmpty { items.append(scalar.text) }
            } else {
                report(
                    firstLine + index, "the quotation mark that opens here is never closed")
            }
            index += 1
        }
        fields.append(Field(key: key, values: items, isList: isList, line: line))
    }

    private mutating func blockString(key: String, folded: Bool, line: Int) {
        var parts: [String] = []
        while index < lines.count, lines[index].hasPrefix(" ") || lines[index].trimmingBlanks.isEmpty {
            parts.append(lines[index].trimmingBlanks)
            index += 1
        }
        while parts.last?.isEmpty == true { parts.removeLast() }
        let text = parts.joined(separator: folded ? " " : "\n")
        fields.append(Field(key: key, values: [text], isList: false, line: line))
    }

    private mutating func skipIndented() {
        while index < lines.count, lines[index].hasPrefix(" ") || lines[index].hasPrefix("}") {
            index += 1
        }
    }

    /// `[a, "b, c"]`, which may go on over several lines.
    private mutating func flowList(key: String, rest: String, line: Int) {
        var list = FlowList()
        var isClosed = list.take(rest)
        while !isClosed, index < lines.count, YAMLReader.split(lines[index]) == nil {
            isClosed = list.take(" " + lines[index].trimmingBlanks)
            index += 1
        }
        if !isClosed {
            report(line, "the list that opens here with [ is never closed with ]")
            if !list.take("]") { list.items = [] }
        }
        fields.append(Field(key: key, values: list.items, isList: true, line: line))
    }

    /// The items of a list in brackets, read line by line: each character once.
    private struct FlowList {
        var items: [String] = []
        private var item = ""
        private var quote: Character?
        private var depth = 0
        private var isEscaped = false

        /// Whether the list closes in `source`.
        mutating func take(_ source: String) -> Bool {
            for character in source {
                if let open = quote {
                    item.append(character)
                    if isEscaped {
                        isEscaped = false
                    } else if character == "\\", open == "\"" {
                        isEscaped = true
                    } else if character == open {
                        quote = nil
                    }
                    continue
                }
                switch character {
                case "\"", "'":
                    if item.allSatisfy({ $0 == " " || $0 == "\t" || $0 == "\r" }) { quote = character }
                    item.append(character)
                case "[": depth += 1
                case "]":
                    depth -= 1
                    if depth == 0 {
                        finish()
                        return true
                    }
                case ",": finish()
                default: item.append(character)
                }
            }
            return false
        }

        private mutating func finish() {
            let text = item.trimmingBlanks
            if !text.isEmpty { items.append(YAMLReader.scalar(text)?.text ?? text) }
            item = ""
        }
    }

    /// A key and what follows its colon; nil when the line has none.
    private static func split(_ line: String) -> (String, String)? {
        var key = Substring(line)
        var rest = Substring()
        if let quote = line.first, quote == "\"" || quote == "'" {
            let body = line.dropFirst()
            guard let end = body.firstIndex(of: quote) else { return nil }
            key = body[..<end]
            rest = body[body.index(after: end)...]
            guard rest.hasPrefix(":") else { return nil }
            rest = rest.dropFirst()
        } else {
            var search = line.startIndex
            while true {
                guard let colon = line[search...].firstIndex(of: ":") else { return nil }
                let after = line.index(after: colon)
                if after == line.endIndex || line[after] == " " || line[after] == "\t" {
                    key = line[..<colon]
                    rest = line[after...]
                    break
                }
                search = after
            }
        }
        let name = key.trimmingBlanks
        guard !name.isEmpty, !name.hasPrefix("#") else { return nil }
        return (name, rest.trimmingBlanks)
    }

    /// The text of a plain or quoted value, without a comment behind it; nil when a quotation mark
    /// is not closed.
    static func scalar(_ source: String) -> (text: String, quoted: Bool)? {
        guard let quote = source.first, quote == "\"" || quote == "'" else {
            var text = ""
            var before: Character = " "
            for character in source {
                if character == "#", before == " " || before == "\t" { break }
                text.append(character)
                before = character
            }
            return (text.trimmingBlanks, false)
        }
        var text = ""
        var rest = source.dropFirst()
        while let character = rest.popFirst() {
            if character == quote {
                if quote == "'", rest.first == "'" {
                    text.append("'")
                    rest.removeFirst()
                    continue
                }
                return (text, true)
            }
            if character == "\\", quote == "\"", let escaped = rest.popFirst() {
                text.append(unescaped(escaped))
            } else {
                text.append(character)
            }
        }
        return nil
    }

    private static func unescaped(_ character: Character) -> Character {
        switch character {
        case "n": "\n"
        case "t": "\t"
        default: character
        }
    }
}
