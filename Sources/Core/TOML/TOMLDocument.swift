import TOMLKit

/// What is no TOML in a text.
public struct TOMLProblem: Error, Sendable, Equatable {
    /// Counted from 1.
    public var line: Int
    /// Why, to stand behind “is not valid TOML: ”, without a stop.
    public var reason: String

    /// A problem in a line, counted from 1.
    public init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }
}

/// Texts of settings and themes, read by TOMLKit.
///
/// Its parser ends the process where some texts that are no TOML reach it (`x = [}`), and such a text may come with
/// the project of a stranger. So what isn't well-formed never gets there.
public enum TOMLDocument {
    /// Arrays and tables in each other that are read. A person writes three.
    public static let deepest = 64

    /// - Throws: `TOMLProblem`, where it isn't well-formed or says one thing twice.
    public static func table(_ source: String) throws(TOMLProblem) -> TOMLTable {
        var syntax = TOMLSyntax(source)
        try syntax.checkDocument()
        do { return try TOMLTable(string: source) } catch let error as TOMLParseError {
            throw TOMLProblem(line: max(1, error.source.begin.line), reason: error.description)
        } catch {
            throw TOMLProblem(line: 1, reason: "\(error)")
        }
    }
}
