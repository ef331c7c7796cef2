/// What is wrong in a front matter.
public struct FrontMatterProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file's line, counted from 1.
    public var line: Int
    /// One sentence without the line.
    public var reason: String

    /// A problem in a line of the file, counted from 1.
    public init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }

    /// The line and the reason, as in “line 3: …”.
    public var description: String { "line \(line): \(reason)" }
}

/// The fields a Markdown file may begin with: YAML between two lines of `---`, TOML between two of `+++`.
///
/// Read is the part of YAML such fields use: `key: value` with plain, quoted and block strings, lists in
/// brackets or with dashes, comments. Nested mappings, anchors and tags are passed over. A file that begins with `---` and a blank line,
/// or with prose between two such lines, begins with a thematic break, not with front matter.
public struct FrontMatter: Sendable, Hashable {
    /// The title of the article or note; nil where no field gives one.
    public var title: String?
    /// From `tags`, `tag` or `keywords`; without `#`.
    public var tags: [String]
    /// `yyyy-MM-dd`, from `date`; nil when that is no day of the calendar.
    public var date: String?
    /// Every field with a text value, by its key in lower case; a list's items are joined with ", ".
    public var fields: [String: String]
    /// The items of those fields that are lists.
    public var lists: [String: [String]] = [:]
    /// Where the body begins, in UTF-8 bytes: behind the closing line; 0 without front matter.
    public var bodyOffset: Int

    /// Front matter of these parts; without any, that of a file which has none.
    public init(
        title: String? = nil, tags: [String] = [], date: String? = nil,
        fields: [String: String] = [:], bodyOffset: Int = 0
    ) {
        self.title = title
        self.tags = tags
        self.date = date
        self.fields = fields
        self.bodyOffset = bodyOffset
    }

    /// Reads the front matter of `s`. Never fails: what can be read is read, and the first thing that
    /// cannot is the problem.
    public static func parse(_ s: String) -> (FrontMatter, problem: FrontMatterProblem?) {
        let bytes = Array(s.utf8)
        guard let range = FrontMatterScan.range(bytes) else {
            return (FrontMatter(), FrontMatterScan.unclosed(bytes))
        }
        let fields: [FrontMatterField]
        var problem: FrontMatterProblem?
        if bytes[range.open.start] == UInt8(ascii: "+") {
            var reader = TOMLReader(
                bytes: bytes, from: range.open.next, to: range.close.start, firstLine: 2)
            reader.read()
            (fields, problem) = (reader.fields, reader.problem)
        } else {
            var reader = YAMLReader(
                bytes: bytes, from: range.open.next, to: range.close.start, firstLine: 2)
            reader.read()
            (fields, problem) = (reader.fields, reader.problem)
        }
        var result = FrontMatter(bodyOffset: range.close.next)
        var known: Set<String> = []
        for field in fields {
            let key = field.key.lowercased()
            let joined = field.values.joined(separator: ", ")
            result.fields[key] = joined
            if field.isList { result.lists[key] = field.values }
            switch key {
            case "title":
                result.title = joined.isEmpty ? nil : joined
            case "tags", "tag", "keywords":
                let parts = field.isList ? field.values : joined.split(separator: ",").map(String.init)
                for part in parts {
                    let tag = String(part.trimmingBlanks.drop { $0 == "#" })
                    if !tag.isEmpty, known.insert(tag).inserted { result.tags.append(tag) }
                }
            case "date":
                result.date = CalendarDay.beginning(joined)
                if result.date == nil, !joined.isEmpty, field.line < problem?.line ?? .max {
                    problem = FrontMatterProblem(
                        line: field.line, reason: "“\(joined)” is no date of the form yyyy-MM-dd")
                }
            default:
                continue
            }
        }
        return (result, problem)
    }
}

/// A field as either form of front matter has it.
struct FrontMatterField {
    var key: String
    var values: [String]
    var isList: Bool
    var line: Int
}

/// Finds where a front matter is, for all who must pass over it.
enum FrontMatterScan {
    static func range(_ bytes: [UInt8]) -> (open: Line, close: Line)? {
        guard let open = opening(bytes) else { return nil }
        let mark = bytes[open.start]
        var line = LineScan.line(bytes, at: open.next)
        while line.start < bytes.count {
            if isMark(mark, bytes, line) || mark == yaml && isDots(bytes, line) {
                return hasFields(
                    bytes, from: open.next, to: line.start, sign: mark == yaml ? UInt8(ascii: ":") : UInt8(ascii: "="))
                    ? (open, line) : nil
            }
            line = LineScan.line(bytes, at: line.next)
        }
        return nil
    }

    /// Whether what stands between two marks is fields and not prose between two rules: its first line that says something must be
    /// a field. A key of several words counts only beside another that is one word. Nothing, and comments alone, are fields too.
    private static func hasFields(_ bytes: [UInt8], from: Int, to: Int, sign: UInt8) -> Bool {
        var isFirst = true
        var start = from
        while start < to {
            let line = LineScan.line(bytes, at: start)
            start = line.next
            guard !line.isBlank, bytes[line.content] != UInt8(ascii: "#") else { continue }
            if sign == UInt8(ascii: "="), bytes[line.content] == UInt8(ascii: "[") { return true }
            guard line.indent == 0 || isFirst, let words = wordsOfKey(bytes, line, sign) else {
                if isFirst { return false }
                continue
            }
            if words == 1 { return true }
            isFirst = false
        }
        return isFirst
    }

    /// How many words the key has that a line begins with; nil where it begins with none.
    private static func wordsOfKey(_ bytes: [UInt8], _ line: Line, _ sign: UInt8) -> Int? {
        guard let end = bytes[line.content..<line.end].firstIndex(of: sign), end > line.content else { return nil }
        // "https://…" is no key.
        guard sign != UInt8(ascii: ":") || end + 1 == line.end || bytes[end + 1].isSpaceOrTab else { return nil }
        let key = bytes[line.content..<end]
        if key.first == UInt8(ascii: "\"") || key.first == UInt8(ascii: "'") { return 1 }
        guard
            key.allSatisfy({
                $0.isASCIILetter || $0.isASCIIDigit || $0 >= 0x80 || $0.isSpaceOrTab || "_-./".utf8.contains($0)
            }),
            key.first != UInt8(ascii: "-") || key.count == 1 || !key[key.startIndex + 1].isSpaceOrTab
        else { return nil }
        return key.split { $0.isSpaceOrTab }.count
    }

    /// The lines between two places, without their ends.
    static func lines(_ bytes: [UInt8], from: Int, to: Int) -> [String] {
        var lines: [String] = []
        var start = from
        while start < to {
            let line = LineScan.line(bytes, at: start)
            lines.append(String(decoding: bytes[line.start..<min(line.end, to)], as: UTF8.self))
            start = line.next
        }
        return lines
    }

    /// The problem of a front matter that begins and is never closed. A single `---` is a thematic
    /// break; it is taken for a front matter when `key:` follows.
    static func unclosed(_ bytes: [UInt8]) -> FrontMatterProblem? {
        guard let open = opening(bytes) else { return nil }
        let line = LineScan.line(bytes, at: open.next)
        let isTOML = bytes[open.start] == toml
        let sign = UInt8(ascii: isTOML ? "=" : ":")
        var key = bytes[line.start..<line.end].prefix { $0 != sign }
        while isTOML, key.last?.isSpaceOrTab == true { key.removeLast() }
        guard key.endIndex < line.end, let first = key.first, first.isASCIILetter,
            key.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x5F || $0 == 0x2D })
        else { return nil }
        return FrontMatterProblem(
            line: 1, reason: "the front matter that begins here is never closed with \(isTOML ? "+++" : "---")")
    }

    private static func opening(_ bytes: [UInt8]) -> Line? {
        let line = LineScan.line(bytes, at: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        guard isMark(yaml, bytes, line) || isMark(toml, bytes, line), line.next < bytes.count,
            !LineScan.line(bytes, at: line.next).isBlank
        else { return nil }
        return line
    }

    private static let yaml = UInt8(ascii: "-")
    private static let toml = UInt8(ascii: "+")

    private static func isDots(_ bytes: [UInt8], _ line: Line) -> Bool {
        isMark(UInt8(ascii: "."), bytes, line)
    }

    private static func isMark(_ byte: UInt8, _ bytes: [UInt8], _ line: Line) -> Bool {
        guard line.end - line.start >= 3, bytes[line.start] == byte, bytes[line.start + 1] == byte,
            bytes[line.start + 2] == byte
        else { return false }
        return bytes[(line.start + 3)..<line.end].allSatisfy { $0.isSpaceOrTab }
    }
}
