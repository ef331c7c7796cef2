import Screen

/// Something the studio can do, told once: keymaps, the palette, the help screen and
/// `longhand keys` are all made from this value.
public struct Command: Sendable {
    /// Where a command's keys apply.
    public enum Context: String, Sendable, CaseIterable {
        /// Everywhere but in a modal.
        case everywhere
        case editor, outline, research
        /// Beside a proposal under review.
        case proposal
    }

    /// What scripts and keymaps call it: `save`, `research.cite`.
    public let name: String
    /// What the palette and the help call it.
    public let title: String
    public let help: String
    public let context: Context
    /// The default keys; the first is the one shown.
    public let keys: [Key]
    let run: @Sendable (inout Workspace) -> [Effect]

    init(
        _ name: String, _ title: String, _ help: String, in context: Context, _ keys: [Key],
        run: @escaping @Sendable (inout Workspace) -> [Effect]
    ) {
        self.name = name
        self.title = title
        self.help = help
        self.context = context
        self.keys = keys
        self.run = run
    }

    /// The keys as the help shows them.
    public var keyNames: [String] { keys.map(\.name) }
}

/// Every command there is.
public enum CommandTable {
    public static let all: [Command] =
        fileCommands + paneCommands + editingCommands + movementCommands + outlineCommands
        + researchCommands + assistantCommands

    /// The command that `key` means while `focus` has the keys; the pane's own come first.
    static func command(for key: Key, in contexts: [Command.Context]) -> Command? {
        for context in contexts {
            if let command = byKey[context]?[key] { return command }
        }
        return nil
    }

    private static let byKey: [Command.Context: [Key: Command]] = {
        var table: [Command.Context: [Key: Command]] = [:]
        for command in all {
            for key in command.keys { table[command.context, default: [:]][key] = command }
        }
        return table
    }()
}
