import Manuscript
import Screen
import TextCore

/// A paste that waits for a program to say what was copied elsewhere.
///
/// What is typed meanwhile waits too, so that it comes behind what is pasted; the wait has an end.
struct PendingPaste: Sendable {
    var ticket: Ticket
    var path: String
    /// What inserts it.
    var event: Event
    /// How often: a count runs a command so many times.
    var times = 1
    var held: [TerminalEvent] = []

    /// The longest wait, in milliseconds.
    static let patience = 800
}

extension VimCommand {
    /// Whether it puts what the system's clipboard holds.
    var putsClipboard: Bool {
        guard register == "+" || register == "*", case .simple(let name, _) = action else { return false }
        return name == "p" || name == "P"
    }
}

extension StudioCore {
    /// Asks what the system's clipboard holds, to have `event` happen then; nil where what Longhand itself copied is to be taken
    /// at once.
    mutating func paste(_ event: Event) -> [Effect]? {
        if pasting != nil {
            pasting?.times += 1
            return []
        }
        // A macro and a repetition go on at once, with what was pasted last.
        guard environment.readsClipboard, !editor.isReadOnly, !typing.isRepeating, !vim.isRepeating, !vim.isPlaying
        else { return nil }
        let ticket = ticket()
        pasting = PendingPaste(ticket: ticket, path: editor.path, event: event)
        return [
            .terminal(.readClipboard(ticket)),
            .wait("clipboard", milliseconds: PendingPaste.patience, then: .input(.clipboardLate)),
        ]
    }
}

extension Workspace {
    /// Whether an event waits for a paste to end; it is kept then.
    mutating func holds(_ event: TerminalEvent) -> Bool {
        guard pasting != nil else { return false }
        switch event {
        case .key, .paste, .mouse: pasting?.held.append(event)
        case .resize, .focusIn, .focusOut: return false
        }
        return true
    }

    /// What the clipboard holds has been told, or nobody could tell: then what Longhand copied last is meant.
    mutating func receive(clipboard text: String?, _ ticket: Ticket) -> [Effect] {
        guard let pending = pasting, pending.ticket == ticket else { return [] }
        pasting = nil
        if let clean = text.map(TerminalEvent.pasteable), !clean.isEmpty { core.clipboard = clean }
        var effects: [Effect] = []
        if editor.path == pending.path, focus == .editor, modal == nil, !isReviewing {
            for _ in 0..<pending.times { effects += update(pending.event) }
            if !typing.steps.isEmpty { typing.end = core.typingPlace }
        }
        for event in pending.held {
            settleVim()
            prepareForDisplay()
            effects += update(.terminal(event))
        }
        return effects
    }
}
