import Screen

/// Something the studio can do, told once: keymaps, the palette, the help screen and
/// `longhand keys` are all made from this value.
public struct Command: Sendable {
    /// What a command is called; each is declared beside its row.
    struct ID: Sendable, Hashable, ExpressibleByStringLiteral {
        /// What scripts and keymaps call it: `save`, `research.cite`.
        let name: String

        init(stringLiteral name: String) { self.name = name }
        init(_ name: String) { self.name = name }
    }

    /// Where a command's keys apply.
    public enum Context: String, Sendable, CaseIterable {
        /// Everywhere but in a modal.
        case everywhere
        case editor, outline, research
        /// Beside a proposal under review.
        case proposal
    }

    let id: ID
    /// What the palette and the help call it.
    public let title: String
    /// What it does, in a sentence, as `longhand keys --json` says it.
    public let help: String
    /// Where its keys work.
    public let context: Context
    /// The keys of the default keymap, one press each; the first is the one shown. A command without is reached
    /// through the palette or by a binding. `Keymap` knows the keys in use.
    let keys: [Key]
    /// What it has happen.
    let event: Event

    /// What scripts and keymaps call it: `save`, `research.cite`.
    public var name: String { id.name }

    init(_ id: ID, _ title: String, _ help: String, in context: Context, _ keys: [Key], _ event: Event) {
        self.id = id
        self.title = title
        self.help = help
        self.context = context
        self.keys = keys
        self.event = event
    }
}

/// Every command there is: the rows of each feature.
public enum CommandTable {
    /// In the order in which the palette and the help list them. No two have the same name.
    public static let all: [Command] =
        saving + exporting + library + leaving + articles + closing + naming + versions + panes + lookup + editing
        + movement
        + outline + paragraphMoves + sectionMoves + find + headings + lines + markdown + words + kills + keys
        + findBackward + research
        + drafting + appearance + spelling + progress + shelf

    /// The command of an id.
    static func command(_ id: Command.ID) -> Command? { all.first { $0.id == id } }
}
