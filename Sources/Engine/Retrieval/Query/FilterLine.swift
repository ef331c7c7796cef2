import Manuscript
import Notes

extension Filter {
    /// Reads a line of filters: `tag:history path:talks/ lang:zh after:2020 year>=2020 status = "read"`.
    ///
    /// `tag:`, `path:`, `lang:`, `scope:`, `after:`, `before:` and `text:` have a value without blanks, or one in quotation
    /// marks; each may stand several times. All the rest is a condition on fields (see `WhereExpression`), in which
    /// `and` may be left out.
    /// - Throws: `LibraryError.badExpression` with the column of what can't be read.
    public static func parse(line: String) throws(LibraryError) -> Filter {
        var filter = Filter()
        let characters = Array(line)
        // What is left when the parts with a colon are blanked out: so columns stay those of the line.
        var rest = characters
        var position = 0
        while position < characters.count {
            if characters[position] == "\"" || characters[position] == "'" {
                let end = characters[(position + 1)...].firstIndex(of: characters[position])
                position = (end ?? characters.count - 1) + 1
                continue
            }
            let isStart = position == 0 || characters[position - 1].isWhitespace
            guard isStart, let part = FilterPart(characters, at: position) else {
                position += 1
                continue
            }
            guard let problem = part.put(into: &filter) else {
                for index in position..<part.end { rest[index] = " " }
                position = part.end
                continue
            }
            throw .badExpression(line, column: part.valueStart + 1, reason: problem)
        }
        guard rest.contains(where: { !$0.isWhitespace }) else { return filter }
        do throws(LibraryError) {
            var parser = WhereParser(String(rest), joinsByItself: true)
            filter.fields = WhereExpression(root: try parser.parse())
        } catch {
            guard case .badExpression(_, let column, let reason) = error else { throw error }
            throw .badExpression(line, column: column, reason: reason)
        }
        return filter
    }
}

/// `key:value` in a line of filters.
private struct FilterPart {
    var key: String
    var value: String
    var valueStart: Int
    var end: Int

    private static let keys: Set = ["tag", "path", "lang", "scope", "after", "before", "text"]

    init?(_ characters: [Character], at start: Int) {
        guard let colon = characters[start...].firstIndex(where: { $0 == ":" || !$0.isLetter }),
            characters[colon] == ":"
        else { return nil }
        key = String(characters[start..<colon]).lowercased()
        guard Self.keys.contains(key) else { return nil }
        valueStart = colon + 1
        if valueStart < characters.count, characters[valueStart] == "\"",
            let close = characters[(valueStart + 1)...].firstIndex(of: "\"")
        {
            // For a text, quotation marks say that its words follow each other.
            value = String(key == "text" ? characters[valueStart...close] : characters[(valueStart + 1)..<close])
            end = close + 1
        } else {
            end = characters[valueStart...].firstIndex(where: \.isWhitespace) ?? characters.count
            value = String(characters[valueStart..<end])
        }
    }

    /// What is wrong with the value; nil when it was taken.
    func put(into filter: inout Filter) -> String? {
        if value.isEmpty { return "expected a value behind `\(key):`" }
        switch key {
        case "tag": filter.tags.append(value)
        case "path": filter.paths.append(value)
        case "text": filter.containing.append(value)
        case "lang":
            guard let language = Language(value) else {
                return "expected one of \(Language.names)"
            }
            filter.languages.append(language)
        case "scope":
            guard let scope = Scope(rawValue: value.lowercased()), scope != .ignore else {
                return "a scope is `index` or `share`"
            }
            filter.scopes.append(scope)
        default:
            guard CalendarDay.isDate(value) else { return "expected a date like 2024, 2024-05 or 2024-05-31" }
            if key == "after" { filter.after = value } else { filter.before = value }
        }
        return nil
    }
}
