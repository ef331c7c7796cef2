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
    /// The keys of the default keymap, one press each; the first is the one shown. A command without is reached
    /// through the palette or by a binding. `Keymap` knows the keys in use.
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
}

/// Every command there is.
public enum CommandTable {
    public static let all: [Command] =
        fileCommands + articleCommands + namingCommands + versionCommands + paneCommands + editingCommands
        + movementCommands + outlineCommands
        + moveCommands + findCommands + markdownCommands + wordCommands + killCommands + keyCommands + researchCommands
        + assistantCommands
        + viewCommands + spellingCommands + writingCommands
}
