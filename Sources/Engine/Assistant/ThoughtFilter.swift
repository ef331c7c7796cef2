import Review

/// Takes an answer apart while it arrives: a model's thoughts before its words aren't shown, as they aren't put into
/// the article (`AnswerText.withoutThoughts`).
///
/// Only what may still be the beginning of a thought, or its end, is held back: a long thought costs its length once.
public struct ThoughtFilter: Sendable {
    private enum State {
        /// Before the first word, where a thought may begin.
        case start
        /// Within a thought that ends with this tag.
        case thought(end: String)
        case words
    }

    private var state = State.start
    private var held = ""

    /// A model that sends nothing but blanks isn't kept whole.
    private static let mostBlanks = 256

    /// A filter before the first piece of an answer.
    public init() {}

    /// What of the answer can be shown now that `delta` came.
    public mutating func take(_ delta: String) -> String {
        held += delta
        while true {
            switch state {
            case .words:
                defer { held = "" }
                return held
            case .thought(let end):
                guard let range = held.firstRange(of: end) else {
                    held = String(held.suffix(end.count))
                    return ""
                }
                held = String(held[range.upperBound...])
                state = .start
            case .start:
                dropBlankLines()
                let start = held.drop { $0.isWhitespace }
                if let name = AnswerText.thoughtTags.first(where: { start.hasPrefix("<\($0)>") }) {
                    held = String(start.dropFirst(name.count + 2))
                    state = .thought(end: "</\(name)>")
                } else if AnswerText.thoughtTags.contains(where: { "<\($0)>".hasPrefix(start) }) {
                    return ""
                } else {
                    state = .words
                }
            }
        }
    }

    /// What is still to be shown where the answer ends here.
    public mutating func finish() -> String {
        defer { held = "" }
        if case .thought = state { return "" }
        return held
    }

    private mutating func dropBlankLines() {
        let blanks = held.prefix { $0.isWhitespace }
        if let end = blanks.lastIndex(where: { $0.isNewline }) { held = String(held[held.index(after: end)...]) }
        if held.count > Self.mostBlanks, held.allSatisfy(\.isWhitespace) { held = String(held.suffix(Self.mostBlanks)) }
    }
}
