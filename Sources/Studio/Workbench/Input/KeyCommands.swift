import Screen
import TextCore

extension CommandTable {
    static let countCommand = "repeat-count"

    /// What has to do with keys themselves.
    static let keyCommands: [Command] = [
        Command(
            "cancel", "Cancel", "Close or let go of one thing: a preview, a selection, a side pane.", in: .everywhere,
            [.escape]
        ) {
            $0.cancel()
        },
        Command(
            countCommand, "Repeat the next command",
            "Then digits: how often. Without them four times, again sixteen times.", in: .editor, []
        ) {
            $0.pendingKeys.count = min(
                PendingKeys.largestCount, ($0.pendingKeys.hasDigits ? 1 : $0.pendingKeys.count ?? 1) * 4)
            $0.pendingKeys.hasDigits = false
            return []
        },
        Command("find-backward", "Find backward", "Find text as you type, towards the start.", in: .everywhere, []) {
            $0.openFind(backwards: true)
        },
    ]
}
