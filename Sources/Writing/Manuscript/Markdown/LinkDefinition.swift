/// `[label]: address "title"`, with which a paragraph may begin.
enum LinkDefinition {
    /// How labels are compared: in any case, and with any blanks.
    static func key(_ label: String) -> String {
        label.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }

    /// The definition at `from`: its label, and where the text behind it starts, which is the start of a line or the end.
    static func at(_ bytes: [UInt8], _ from: Int) -> (label: String, end: Int)? {
        guard let label = label(bytes, from, bytes.count), label.upperBound + 1 < bytes.count,
            bytes[label.upperBound + 1] == UInt8(ascii: ":")
        else { return nil }
        let text = String(decoding: bytes[label], as: UTF8.self)
        guard !key(text).isEmpty, let address = address(bytes, blanks(bytes, label.upperBound + 2, lines: 1)) else {
            return nil
        }
        let afterAddress = blanks(bytes, address, lines: 0)
        let title = blanks(bytes, address, lines: 1)
        if title > address, let end = Self.title(bytes, title) {
            let rest = blanks(bytes, end, lines: 0)
            if rest == bytes.count || bytes[rest] == .newline { return (text, min(rest + 1, bytes.count)) }
        }
        // What follows isn't its title, or not a title alone: then the address must end the line.
        guard afterAddress == bytes.count || bytes[afterAddress] == .newline else { return nil }
        return (text, min(afterAddress + 1, bytes.count))
    }

    /// What stands between the brackets of a link's label at `from`.
    static func label(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Range<Int>? {
        guard from < end, bytes[from] == UInt8(ascii: "[") else { return nil }
        var i = from + 1
        while i < end, i - from <= 1_000 {
            switch bytes[i] {
            case UInt8(ascii: "]"): return from + 1..<i
            case UInt8(ascii: "["): return nil
            case .backslash: i += 1
            default: break
            }
            i += 1
        }
        return nil
    }

    /// Where a link's address that starts at `from` ends; nil where there is none.
    static func address(_ bytes: [UInt8], _ from: Int, mayBeEmpty: Bool = false) -> Int? {
        guard from < bytes.count else { return nil }
        var i = from
        if bytes[i] == UInt8(ascii: "<") {
            i += 1
            while i < bytes.count, bytes[i] != .newline, bytes[i] != UInt8(ascii: "<") {
                if bytes[i] == UInt8(ascii: ">") { return i + 1 }
                i += bytes[i] == .backslash ? 2 : 1
            }
            return nil
        }
        var depth = 0
        while i < bytes.count, bytes[i] > 0x20, bytes[i] != 0x7F {
            if bytes[i] == .backslash, i + 1 < bytes.count, bytes[i + 1].isASCIIPunctuation {
                i += 2
                continue
            }
            if bytes[i] == UInt8(ascii: "(") { depth += 1 }
            // As other readers do: a text of nothing but parentheses is read once and not again from each.
            if depth > 32 { return nil }
            if bytes[i] == UInt8(ascii: ")") {
                if depth == 0 { break }
                depth -= 1
            }
            i += 1
        }
        return depth == 0 && (i > from || mayBeEmpty) ? min(i, bytes.count) : nil
    }

    /// Where a link's title in quotation marks or parentheses that starts at `from` ends; nil where there is none.
    static func title(_ bytes: [UInt8], _ from: Int) -> Int? {
        guard from < bytes.count else { return nil }
        let close: UInt8
        switch bytes[from] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): close = bytes[from]
        case UInt8(ascii: "("): close = UInt8(ascii: ")")
        default: return nil
        }
        var i = from + 1
        while i < bytes.count {
            if bytes[i] == close { return i + 1 }
            if bytes[i] == UInt8(ascii: "("), close == UInt8(ascii: ")") { return nil }
            i += bytes[i] == .backslash ? 2 : 1
        }
        return nil
    }

    /// Behind blanks and so many line ends.
    static func blanks(_ bytes: [UInt8], _ from: Int, lines: Int) -> Int {
        var i = from
        var left = lines
        while i < bytes.count {
            if bytes[i] == .newline {
                if left == 0 { break }
                left -= 1
            } else if !bytes[i].isSpaceOrTab, bytes[i] != 0x0D {
                break
            }
            i += 1
        }
        return i
    }
}

extension TreeParser {
    /// Makes blocks of their own of the definitions that a paragraph begins with.
    mutating func takeDefinitions(_ paragraph: Int) {
        guard let first = nodes[paragraph].lines.first, first.lowerBound < first.upperBound,
            bytes[first.lowerBound] == UInt8(ascii: "[")
        else { return }
        let run = TextRun(bytes: bytes, lines: nodes[paragraph].lines)
        var from = 0
        var taken = 0
        var found: [MarkdownNode] = []
        let node = nodes[paragraph]
        while let definition = LinkDefinition.at(run.bytes, from) {
            let before = taken
            taken += run.bytes[from..<definition.end].count { $0 == .newline }
            from = definition.end
            if from == run.bytes.count { taken = node.lines.count }
            found.append(
                MarkdownNode(
                    kind: .linkDefinition(label: definition.label),
                    range: node.lines[before].lowerBound..<node.lines[taken - 1].upperBound, line: node.line + before,
                    parent: node.parent))
        }
        guard !found.isEmpty else { return }
        place(found, of: paragraph, rest: Array(node.lines[taken...]), line: node.line + taken)
    }

    /// Puts definitions in the place of the paragraph, or in front of what is left of it.
    private mutating func place(_ found: [MarkdownNode], of paragraph: Int, rest: [Range<Int>], line: Int) {
        // The paragraph's own node comes first in the text, so it becomes the first definition or stays last of all.
        let parent = nodes[paragraph].parent
        let start = nodes.count
        nodes += found
        let position = nodes[parent].children.lastIndex(of: paragraph) ?? nodes[parent].children.count
        nodes[parent].children.insert(contentsOf: start..<nodes.count, at: position)
        nodes[paragraph].lines = rest
        if let first = rest.first {
            nodes[paragraph].range = first.lowerBound..<nodes[paragraph].range.upperBound
            nodes[paragraph].line = line
        } else {
            nodes[parent].children.removeAll { $0 == paragraph }
        }
    }
}
