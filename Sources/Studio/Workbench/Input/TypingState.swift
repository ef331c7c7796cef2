import TextCore

/// What was typed last: for `repeat`, and for Backspace behind a mark that was converted.
struct TypingState: Sendable {
    /// Where and when in which text the caret was.
    struct Place: Sendable, Equatable {
        var path: String
        var version: Int
        var selection: Selection
    }

    /// A part of the last change.
    enum Step: Sendable, Equatable {
        /// Characters as typed, one by one.
        case text(String)
        case paste(String)
        /// A command, and its count where one was given.
        case command(Command.ID, count: Int?)

        var isTyped: Bool {
            switch self {
            case .text, .paste, .command(.newline, _), .command(.tab, _), .command(.paste, _): true
            case .command: false
            }
        }
    }

    /// The last change: a run of typing up to a line's end, with the pastes and Backspaces in it, or one command.
    var steps: [Step] = []
    /// Where it ended: what is typed there goes on with it.
    var end: Place?
    /// The mark that was converted last, which Backspace takes back while nothing has happened since.
    var conversion: (position: Place, range: Range<Int>, typed: String)?
    /// What is done again isn't noted.
    var isRepeating = false
}

extension StudioCore {
    /// Where the caret is now.
    var typingPlace: TypingState.Place {
        TypingState.Place(
            path: editor.path, version: editor.document.version, selection: editor.document.selection)
    }
}
