import TextAnalysis

/// How a query's text is to be read.
public enum QuerySyntax: Sendable, Equatable {
    /// A paragraph or a question: nothing in it is an operator.
    case plain
    /// What someone typed into a search field.
    ///
    /// `"two words"`, `+word` and `-word` (or `NOT word`) are conditions that every hit fulfils; `word*` stands for all
    /// words that begin so; `a AND b` makes conditions of both, `"a b" OR "c d"` one condition of either. All
    /// other words are alternatives. Anything that can't be read so is text.
    case operators
    /// The same for a filter: every word is a condition too.
    case conditions
}

/// A query's text cut into what is asked and what is asked of every hit.
struct ParsedQuery: Sendable, Equatable {
    /// Terms that follow each other in a hit, folded; one for a word.
    struct Item: Sendable, Equatable {
        var terms: [Term]
        /// The last term is only the beginning of a word.
        var isPrefix = false
        /// Whether the writer put it in quotation marks.
        var isQuoted = false
    }

    /// What is looked for, best all of it.
    var wanted: [Item] = []
    /// Conditions: of each group, one item must be in a hit.
    var required: [[Item]] = []
    /// What must not be in a hit.
    var excluded: [Item] = []
    /// The query without its operators and without what it excludes: what a model is to read.
    var text = ""

    init(_ text: String, syntax: QuerySyntax) {
        switch syntax {
        case .plain:
            wanted = TextAnalyzer.scan(text).map { Item(terms: [$0]) }
            self.text = text
        case .operators: read(QueryToken.cut(text), requiresAll: false)
        case .conditions: read(QueryToken.cut(text), requiresAll: true)
        }
    }

    private mutating func read(_ tokens: [QueryToken], requiresAll: Bool) {
        /// Whether each group so far is a condition, and its items.
        var groups: [(isRequired: Bool, items: [Item])] = []
        var words: [String] = []
        var pending: QueryToken.Operator?
        var isExcluding = false
        for (index, token) in tokens.enumerated() {
            if let kind = token.isOperator {
                if kind == .not { isExcluding = true } else { pending = kind }
                continue
            }
            let terms = TextAnalyzer.scan(token.text)
            if terms.isEmpty { continue }
            defer {
                pending = nil
                isExcluding = false
            }
            if isExcluding || token.sign == .minus {
                excluded.append(Item(terms: terms, isPrefix: token.isPrefix, isQuoted: token.isQuoted))
                continue
            }
            words.append(token.text)
            let isRequired = requiresAll || token.isQuoted || token.sign == .plus
            let next = index + 1 < tokens.count ? tokens[index + 1].isOperator : nil
            // well-known is two words, unless it's a condition.
            let items =
                isRequired || token.isPrefix || pending != nil || next == .and || next == .or
                ? [Item(terms: terms, isPrefix: token.isPrefix, isQuoted: token.isQuoted)]
                : terms.map { Item(terms: [$0]) }
            if pending == .or, !groups.isEmpty {
                groups[groups.count - 1].items += items
                groups[groups.count - 1].isRequired = groups[groups.count - 1].isRequired || isRequired
            } else {
                if pending == .and, !groups.isEmpty { groups[groups.count - 1].isRequired = true }
                groups.append((isRequired || pending == .and, items))
            }
        }
        wanted = groups.flatMap(\.items)
        for group in groups where group.isRequired { required.append(group.items) }
        text = words.joined(separator: " ")
    }
}

/// A piece of a query in the writer's syntax.
private struct QueryToken {
    enum Operator { case or, and, not }
    enum Sign { case none, plus, minus }

    var text: String
    var sign = Sign.none
    var isQuoted = false
    var isPrefix = false

    var isOperator: Operator? {
        guard sign == .none, !isQuoted, !isPrefix else { return nil }
        return switch text {
        case "OR": .or
        case "AND": .and
        case "NOT": .not
        default: nil
        }
    }

    static func cut(_ query: String) -> [QueryToken] {
        var tokens: [QueryToken] = []
        let characters = Array(query)
        var i = 0
        while i < characters.count {
            if characters[i].isWhitespace {
                i += 1
                continue
            }
            var token = QueryToken(text: "")
            if i + 1 < characters.count, let sign = signs[characters[i]], startsTerm(characters[i + 1]) {
                token.sign = sign
                i += 1
            }
            if isQuote(characters[i]), let end = characters[(i + 1)...].firstIndex(where: isQuote) {
                token.text = String(characters[(i + 1)..<end])
                token.isQuoted = true
                i = end + 1
            } else {
                let start = i
                // A quotation mark without a space before it begins a phrase too: 检索"质量".
                while i < characters.count, !characters[i].isWhitespace, i == start || !isQuote(characters[i]) {
                    i += 1
                }
                token.text = String(characters[start..<i])
            }
            if token.isQuoted, i < characters.count, isStar(characters[i]) {
                token.isPrefix = true
                i += 1
            } else if !token.isQuoted, let last = token.text.last, isStar(last), token.text.count > 1 {
                token.text.removeLast()
                // a** and a)* are no prefixes.
                token.isPrefix = token.text.last.map { startsTerm($0) && !isQuote($0) } ?? false
            }
            tokens.append(token)
        }
        return tokens
    }

    private static let signs: [Character: Sign] = ["-": .minus, "－": .minus, "+": .plus, "＋": .plus]

    private static func isQuote(_ character: Character) -> Bool { "\"“”„＂".contains(character) }

    private static func isStar(_ character: Character) -> Bool { character == "*" || character == "＊" }

    private static func startsTerm(_ character: Character) -> Bool {
        isQuote(character) || character.unicodeScalars.allSatisfy { $0.isTermPart || $0.isUnspaced }
    }
}
