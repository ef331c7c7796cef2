import Manuscript
import Screen
import TextCore

/// A paste that waits for a program to say what was copied elsewhere.
///
/// What is typed meanwhile waits too, so that it comes behind what is pasted; the wait has an end.
struct PendingPaste: Sendable {
    enum Purpose: Sendable {
        case paste, yank
        /// vim's put from the clipboard's register.
        case vim(VimCommand)
        /// vim's Ctrl-R in insert mode.
        case vimInsert
    }

    var ticket: Ticket
    var path: String
    var purpose: Purpose
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

extension Workspace {
    /// Inserts what was copied last, in whatever program, where a program can tell.
    mutating func paste(_ purpose: PendingPaste.Purpose) -> [Effect] {
        askClipboard(for: purpose) ?? insertClipboard(purpose)
    }

    /// Asks what the system's clipboard holds; nil where what Longhand itself copied is to be taken at once.
    mutating func askClipboard(for purpose: PendingPaste.Purpose) -> [Effect]? {
        if pasting != nil {
            pasting?.times += 1
            return []
        }
        // A macro and a repetition go on at once, with what was pasted last.
        guard environment.readsClipboard, !editor.isReadOnly, !typing.isRepeating, !vim.isRepeating, !vim.isPlaying
        else { return nil }
        let ticket = ticket()
        pasting = PendingPaste(ticket: ticket, path: editor.path, purpose: purpose)
        return [.readClipboard(ticket), .wait(.clipboard, milliseconds: PendingPaste.patience)]
    }

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
        if let clean = text.map(TerminalEvent.pasteable), !clean.isEmpty { clipboard = clean }
        var effects: [Effect] = []
        if editor.path == pending.path, focus == .editor, modal == nil, !assistant.isReviewing {
            for _ in 0..<pending.times { effects += insertClipboard(pending.purpose) }
            if !typing.steps.isEmpty { typing.end = TypingState.Place(self) }
        }
        for event in pending.held {
            settleVim()
            prepareForDisplay()
            effects += handle(event)
        }
        return effects
    }

    private mutating func insertClipboard(_ purpose: PendingPaste.Purpose) -> [Effect] {
        switch purpose {
        case .paste:
            if let carried, carried.text == clipboard,
                let edit = carried.pasted(into: editor.text, editor.document.selection)
            {
                return apply(ListEdits.keepingNumbers(edit, in: editor.text))
            }
            return clipboard.isEmpty ? [] : insert(clipboard, origin: .paste)
        case .yank:
            killRing.receive(clipboard: clipboard)
            return killRing.current.map { insert($0, origin: .command("yank")) } ?? []
        case .vim(let command): return vimPerform(command)
        case .vimInsert: return clipboard.isEmpty ? [] : insert(clipboard, origin: .command("vim"))
        }
    }
}
