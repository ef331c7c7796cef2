import Manuscript
import Notes

/// A condition on a note's front matter: `year >= 2020 and (status in (read, "to read") or not exists draft)`.
///
/// Comparisons are `=` (or `==`), `!=`, `<`, `<=`, `>`, `>=`, `in (a, b)`, `contains` and `~`; `exists field` (or
/// `has field`, or `field exists`) asks whether it is there. `and` binds tighter than `or`.
///
/// A number compares with numbers; a date (`2024`, `2024-05`, `2024-05-31`) with dates, as far as it
/// is said: `date = 2024-05` is any day of that month, `date > 2024-05` none of them. `true` and `false` stand for YAML's
/// `yes`, `no`, `on` and `off` too. All else is text in any case. A field that is a list is compared by each of its items.
/// `contains` is an item of a list or a part of a text, `~` a part of either. `title`, `path`, `date` and `tags` are
/// fields too. A field that isn't there makes every comparison false but those that say not.
public struct WhereExpression: Sendable, Equatable {
    indirect enum Node: Sendable, Equatable {
        case compare(field: String, Operator, values: [Literal])
        case exists(String)
        case not(Node)
        case and(Node, Node)
        case or(Node, Node)
    }

    enum Operator: String, Sendable {
        case equal = "=", unequal = "!=", less = "<", atMost = "<=", greater = ">", atLeast = ">="
        /// One of several.
        case among = "in"
        case contains
        case like = "~"
    }

    struct Literal: Sendable, Equatable {
        var text: String
        /// Whether it stood in quotation marks: then it is text and neither date nor boolean.
        var isQuoted: Bool
    }

    let root: Node

    /// - Throws: `LibraryError.badExpression` with the column of what can't be read.
    public static func parse(_ source: String) throws(LibraryError) -> WhereExpression {
        var parser = WhereParser(source)
        return WhereExpression(root: try parser.parse())
    }

    func holds(for note: NoteFacts) -> Bool { WhereExpression.holds(root, note) }

    private static func holds(_ node: Node, _ note: NoteFacts) -> Bool {
        switch node {
        case .exists(let field): !values(field, note).items.isEmpty
        case .not(let inner): !holds(inner, note)
        case .and(let a, let b): holds(a, note) && holds(b, note)
        case .or(let a, let b): holds(a, note) || holds(b, note)
        case .compare(let field, let op, let wanted): compare(values(field, note), op, wanted)
        }
    }

    private static func values(_ field: String, _ note: NoteFacts) -> (items: [String], isList: Bool) {
        switch field.lowercased() {
        case "title": return ([note.title], false)
        case "path": return ([note.path], false)
        case "date": return (note.date.map { [$0] } ?? [], false)
        case "tags", "tag": return (note.tags, true)
        default:
            let wanted = field.lowercased()
            guard let value = note.fields[wanted] ?? note.fields.first(where: { $0.key.lowercased() == wanted })?.value
            else { return ([], false) }
            let items = NoteFacts.items(of: value)
            return (items ?? [value], items != nil)
        }
    }

    private static func compare(
        _ values: (items: [String], isList: Bool), _ op: Operator, _ wanted: [Literal]
    ) -> Bool {
        func any(_ holds: (String, Literal) -> Bool) -> Bool {
            values.items.contains { item in wanted.contains { holds(item, $0) } }
        }
        switch op {
        case .unequal: return !any { compare($0, .equal, $1) }
        case .among: return any { compare($0, .equal, $1) }
        case .contains where values.isList: return any { compare($0, .equal, $1) }
        case .contains, .like: return any { $1.text.isEmpty || $0.lowercased().contains($1.text.lowercased()) }
        default: return any { compare($0, op, $1) }
        }
    }

    private static func compare(_ value: String, _ op: Operator, _ literal: Literal) -> Bool {
        if let x = Double(value), let y = Double(literal.text) { return ordered(x, op, y) }
        if !literal.isQuoted {
            if let x = boolean(value), let y = boolean(literal.text) { return ordered(x ? 1 : 0, op, y ? 1 : 0) }
            if CalendarDay.isDate(literal.text), CalendarDay.isDate(value) {
                // Only as far as both are said.
                let length = literal.text.utf8.count
                return ordered(String(value.prefix(length)), op, literal.text)
            }
        }
        return ordered(value.lowercased(), op, literal.text.lowercased())
    }

    private static func boolean(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on": true
        case "false", "no", "off": false
        default: nil
        }
    }

    private static func ordered<T: Comparable>(_ a: T, _ op: Operator, _ b: T) -> Bool {
        switch op {
        case .equal, .among, .contains, .like: a == b
        case .unequal: a != b
        case .less: a < b
        case .atMost: a <= b
        case .greater: a > b
        case .atLeast: a >= b
        }
    }
}
