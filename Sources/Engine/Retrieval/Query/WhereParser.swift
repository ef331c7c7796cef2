/// Recursive descent over the characters of a condition. Nesting is bounded, so that no input can exhaust the stack.
struct WhereParser {
    private let source: String
    private let characters: [Character]
    private var position = 0
    private var depth = 0
    /// Whether conditions without `and` between them are joined by one, as in a line of filters.
    private let joinsByItself: Bool

    init(_ source: String, joinsByItself: Bool = false) {
        self.source = source
        self.joinsByItself = joinsByItself
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
        var nodes = [try parseAnd()]
        while takeWord("or") { nodes.append(try parseAnd()) }
        return Self.balanced(nodes[...]) { .or($0, $1) }
    }

    private mutating func parseAnd() throws(LibraryError) -> WhereExpression.Node {
        var nodes = [try parseUnary()]
        while takeWord("and") || joinsByItself && continues() { nodes.append(try parseUnary()) }
        return Self.balanced(nodes[...]) { .and($0, $1) }
    }

    /// Joins conditions in their order to a tree as flat as can be: one after the other, a long list would be too deep a
    /// tree for the stack.
    private static func balanced(
        _ nodes: ArraySlice<WhereExpression.Node>,
        _ join: (WhereExpression.Node, WhereExpression.Node) -> WhereExpression.Node
    ) -> WhereExpression.Node {
        guard nodes.count > 1 else { return nodes[nodes.startIndex] }
        let middle = nodes.startIndex + nodes.count / 2
        return join(balanced(nodes[..<middle], join), balanced(nodes[middle...], join))
    }

    /// Whether another condition follows.
    private mutating func continues() -> Bool {
        skipSpace()
        guard position < characters.count, characters[position] != ")" else { return false }
        let start = position
        defer { position = start }
        return !takeWord("or")
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
        if takeWord("exists") || takeWord("has") { return .exists(try parseField()) }
        let field = try parseField()
        if takeWord("exists") { return .exists(field) }
        let isNegated = takeWord("not")
        if takeWord("in") { return negated(isNegated, .compare(field: field, .among, values: try parseList())) }
        if takeWord("contains") {
            return negated(isNegated, .compare(field: field, .contains, values: [try parseValue()]))
        }
        if isNegated { throw bad("expected `in` or `contains`") }
        return .compare(field: field, try parseOperator(), values: [try parseValue()])
    }

    private func negated(_ isNegated: Bool, _ node: WhereExpression.Node) -> WhereExpression.Node {
        isNegated ? .not(node) : node
    }

    private mutating func parseField() throws(LibraryError) -> String {
        skipSpace()
        if let quoted = try takeQuoted() { return quoted }
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
        throw bad("expected a comparison like = or in")
    }

    /// `(a, "b c", 3)`, or the same in brackets.
    private mutating func parseList() throws(LibraryError) -> [WhereExpression.Literal] {
        skipSpace()
        let close: Character
        if take("(") {
            close = ")"
        } else if take("[") {
            close = "]"
        } else {
            throw bad("expected a list, as in (a, b)")
        }
        var values = [try parseValue(inList: true)]
        while true {
            skipSpace()
            if take(close) { return values }
            guard take(",") else { throw bad("expected `,` or `\(close)`") }
            values.append(try parseValue(inList: true))
        }
    }

    private mutating func parseValue(inList: Bool = false) throws(LibraryError) -> WhereExpression.Literal {
        skipSpace()
        if let quoted = try takeQuoted() { return WhereExpression.Literal(text: quoted, isQuoted: true) }
        let word = takeRun(until: inList ? ",]" : "")
        if word.isEmpty { throw bad("expected a value") }
        return WhereExpression.Literal(text: word, isQuoted: false)
    }

    private mutating func takeQuoted() throws(LibraryError) -> String? {
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
        return nil
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

    private mutating func takeRun(until more: String = "") -> String {
        skipSpace()
        let start = position
        while position < characters.count, !characters[position].isWhitespace,
            !"()=!<>~\"'".contains(characters[position]), !more.contains(characters[position])
        {
            position += 1
        }
        return String(characters[start..<position])
    }
}
