import Screen
import TextCore

/// What has to do with keys themselves, panes and what lies over them.
public enum InputEvent: Sendable {
    case cancel
    case repeatCount, repeatLast
    case help, palette
    case focus(Pane)
    case moveFocus(by: Int)
    case redraw, suspend
    /// The studio ends; what must not be lost is kept first.
    case leave
    /// All that had to be kept is on its way.
    case stop(forGood: Bool)
    /// What the system's clipboard holds; nil where no program says so.
    case clipboard(Ticket, String?)
    /// Long enough for a program to say what was copied.
    case clipboardLate
}

extension Workspace {
    mutating func handle(_ event: InputEvent) -> [Effect] {
        switch event {
        case .cancel: cancel()
        case .repeatCount:
            pendingKeys.count = min(
                PendingKeys.largestCount, (pendingKeys.hasDigits ? 1 : pendingKeys.count ?? 1) * 4)
            pendingKeys.hasDigits = false
        case .repeatLast: return repeatLastChange()
        case .help: modal = .help(scroll: 0)
        case .palette: modal = .palette(Palette())
        case .focus(let pane): go(to: pane)
        case .moveFocus(let step):
            let panes = Pane.allCases
            guard let index = panes.firstIndex(of: focus) else { return [] }
            go(to: panes[(index + step + panes.count) % panes.count])
        case .redraw: return [.terminal(.redraw)]
        case .suspend, .leave:
            var forGood = false
            if case .leave = event { forGood = true }
            core.announce(.leaving(forGood: forGood))
            core.post(.input(.stop(forGood: forGood)))
        case .stop(let forGood): return [.terminal(forGood ? .quit : .suspend)]
        case .clipboard(let ticket, let text): return receive(clipboard: text, ticket)
        case .clipboardLate: return pasting.map { receive(clipboard: nil, $0.ticket) } ?? []
        }
        return []
    }

    private mutating func go(to pane: Pane) {
        focus = pane
        core.announce(.focusChanged)
    }
}

extension StudioCore {
    /// Goes back to the editor; false where the keys are there.
    mutating func leavePane() -> Bool {
        guard focus != .editor else { return false }
        focus = .editor
        return true
    }

    /// Lets go of what is selected; false where nothing is.
    mutating func dropSelection() -> Bool {
        guard editor.isMarking || !editor.document.selection.isEmpty else { return false }
        withEditor { editor in
            editor.isMarking = false
            editor.select(Selection(editor.caret))
        }
        return true
    }
}
