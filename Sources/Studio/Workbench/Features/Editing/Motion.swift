import Manuscript
import TextCore

/// A move of the caret that a command makes.
public enum Motion: Sendable {
    case left, right, up, down, pageUp, pageDown, lineStart, lineEnd, wordLeft, wordRight, paragraphUp, paragraphDown,
        sentenceLeft, sentenceRight, sectionUp, sectionDown, textStart, textEnd

    /// It keeps the column it set out from.
    var keepsColumn: Bool {
        switch self {
        case .up, .down, .pageUp, .pageDown: true
        default: false
        }
    }

    /// Where it leads.
    func target(_ core: inout StudioCore) -> Int {
        let (text, caret) = (core.editor.text, core.editor.caret)
        switch self {
        case .left: return text.previousGrapheme(before: caret)
        case .right: return text.nextGrapheme(after: caret)
        case .up: return core.caretMovedByRows(-1)
        case .down: return core.caretMovedByRows(1)
        case .pageUp: return core.caretMovedByRows(-max(1, core.textAreaHeight - 2))
        case .pageDown: return core.caretMovedByRows(max(1, core.textAreaHeight - 2))
        case .lineStart:
            let start = core.rowBounds().lowerBound
            return start == caret ? text.lineRange(text.line(at: start)).lowerBound : start
        case .lineEnd:
            let end = core.rowBounds().upperBound
            return end == caret ? text.lineRange(text.line(at: end)).upperBound : end
        case .wordLeft: return text.previousWord(before: caret)
        case .wordRight: return text.nextWord(after: caret)
        case .paragraphUp: return text.previousParagraph(before: caret)
        case .paragraphDown: return text.nextParagraph(after: caret)
        case .sentenceLeft: return text.previousSentence(before: caret)
        case .sentenceRight: return text.nextSentence(after: caret)
        case .sectionUp: return text.previousSection(before: caret)
        case .sectionDown: return text.nextSection(after: caret)
        case .textStart: return 0
        case .textEnd: return text.utf8Count
        }
    }
}
