/// A condition on a note's front matter: `year >= 2020 and (status = "read" or not has draft)`.
///
/// Comparisons are `=` (or `==`), `!=`, `<`, `<=`, `>`, `>=` and `~` (contains); `has field` asks
/// whether it is there. `and` binds tighter than `or`. Two numbers compare as numbers, all else as
/// text in any case. `title`, `path`, `date` and `tags` are fields too; `tags` equals each of its
/// tags. A field that isn't there makes every comparison false but `!=`.
public struct WhereExpression: Sendable, Equatable {
    indirect enum Node: Sendable, Equatable {
        case compare(field: String, Operator, value: String)
        case has(String)
        case not(Node)
        case and(Node, Node)
        case or(Node, Node)
    }

    enum Operator: String, Sendable {
        case equal = "=", unequal = "!=", less = "<", atMost = "<=", greater = ">"
        case atLeast = ">=", contains = "~"
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
        case .has(let field): !values(field, note).isEmpty
        case .not(let inner): !holds(inner, note)
        case .and(let a, let b): holds(a, note) && holds(b, note)
        case .or(let a, let b): holds(a, note) || holds(b, note)
        case .compare(let field, .unequal, let value):
            !values(field, note).contains { compare($0, .equal, value) }
        case .compare(let field, let op, let value):
            values(field, note).contains { compare($0, op, value) }
        }
    }

    private static func values(_ field: String, _ note: NoteFacts) -> [String] {
        switch field.lowercased() {
        case "title": return [note.title]
        case "path": return [note.path]
        case "date": return note.date.map { [$0] } ?? []
        case "tags", "tag": return note.tags
        default:
            if let value = note.fields[field] { return [value] }
            let wanted = field.lowercased()
            return note.fields.first { $0.key.lowercased() == wanted }.map { [$0.value] } ?? []
        }
    }

    private static func compare(_ a: String, _ op: Operator, _ b: String) -> Bool {
        if op == .contains { return b.isEmpty || a.lowercased().contains(b.lowercased()) }
        if let x = Double(a), let y = Double(b) { return ordered(x, op, y) }
        return ordered(a.lowercased(), op, b.lowercased())
    }

    private static func ordered<T: Comparable>(_ a: T, _ op: Operator, _ b: T) -> Bool {
        switch op {
        case .equal: a == b
        case .unequal: a != b
        case .less: a < b
        case .atMost: a <= b
        case .greater: a > b
        case .atLeast: a >= b
        case .contains: false
        }
    }
}

/// Recursive descent over the expression's characters. Nesting is bounded, so that no input can
/// exhaust the stack.
struct WhereParser {
    private let source: String
    private let characters: [Character]
    private var position = 0
    private var depth = 0

    init(_ source: String) {
        self.source = source
        characters = Array(source)
    }

    mutating func parse() throws(LibraryError) -> WhereExpression.Node {
        let node = try parseOr()
        skipSpace()
        if position < characters.count { throw bad("expected `and`, `or` or the end") }
        return node
    }

    private func bad(_ reason: String) -> LibraryError {
        .badExpression(source, column: position + 1, reason: reason)
    }

    private mutating func parseOr() throws(LibraryError) -> WhereExpression.Node {
        var node = try parseAnd()
        while takeWord("or") { node = .or(node, try parseAnd()) }
        return node
    }

    private mutating func parseAnd() throws(LibraryError) -> WhereExpression.Node {
        var node = try parseUnary()
        while takeWord("and") { node = .and(node, try parseUnary()) }
        return node
    }

    private mutating func parseUnary() throws(LibraryError) -> WhereExpression.Node {
        depth += 1
        defer { depth -= 1 }
        if depth > 64 { throw bad("too deeply nested") }
        if takeWord("not") { return .not(try parseUnary()) }
        skipSpace()
        if take("(") {
            let node = try parseOr()
            skipSpace()
            guard take(")") else { throw bad("expected `)`") }
            return node
        }
        if takeWord("has") { return .has(try parseField()) }
        let field = try parseField()
        let op = try parseOperator()
        return .compare(field: field, op, value: try parseValue())
    }

    private mutating func parseField() throws(LibraryError) -> String {
        let word = takeRun()
        if word.isEmpty { throw bad("expected a field's name") }
        return word
    }

    private mutating func parseOperator() throws(LibraryError) -> WhereExpression.Operator {
        skipSpace()
        for text in ["==", "!=", "<=", ">=", "=", "<", ">", "~"] {
            guard characters[position...].starts(with: text) else { continue }
            position += text.count
            return WhereExpression.Operator(rawValue: text == "==" ? "=" : text) ?? .equal
        }
        throw bad("expected `=`, `!=`, `<`, `<=`, `>`, `>=` or `~`")
    }

    private mutating func parseValue() throws(LibraryError) -> String {
        skipSpace()
        for quote in ["\"", "'"] as [Character] where take(quote) {
            var value = ""
            while position < characters.count, characters[position] != quote {
                // A backslash keeps the quote or backslash behind it.
                if characters[position] == "\\", position + 1 < characters.count { position += 1 }
                value.append(characters[position])
                position += 1
            }
            guard take(quote) else { throw bad("expected a closing \(quote)") }
            return value
        }
        let word = takeRun()
        if word.isEmpty { throw bad("expected a value") }
        return word
    }

    private mutating func skipSpace() {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
    }

    private mutating func take(_ character: Character) -> Bool {
        guard position < characters.count, characters[position] == character else { return false }
        position += 1
        return true
    }

    /// Takes `word` where it stands alone, in any case.
    private mutating func takeWord(_ word: String) -> Bool {
        let start = position
        if takeRun().lowercased() == word {
            // `not = 3` is a field called `not`.
            let end = position
            skipSpace()
            let comparison = position < characters.count && "=!<>~".contains(characters[position])
            position = end
            if !comparison || word == "and" || word == "or" { return true }
        }
        position = start
        return false
    }

    private mutating func takeRun() -> String {
        skipSpace()
        let start = position
        while position < characters.count,
            !characters[position].isWhitespace, !"()=!<>~\"'".contains(characters[position])
        {
            position += 1
        }
        return String(characters[start..<position])
    }
}
