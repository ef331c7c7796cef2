import Screen

/// A setting of `[keys]`: the chords that a command shall have in place of its own.
public struct KeyBinding: Sendable, Equatable {
    var command: String
    /// As written in the file; none takes the command's keys away.
    var chords: [String]
    var location: KeymapError.Location

    /// Nothing is checked: `Keymap.init(_:rebinding:)` says what is wrong with a binding.
    public init(command: String, chords: [String], location: KeymapError.Location) {
        self.command = command
        self.chords = chords
        self.location = location
    }
}

/// Which keys mean which command, and where.
///
/// Made of the command table in three layers: the table's own keys, what the base keymap changes of them, and
/// what the writer rebinds. A layer's chord takes a place from the layers below it, but for the writer's: what
/// they bind twice is an error that is told, not a surprise.
///
/// Known limits: a command has its keys in one context, its own; chords don't time out.
public struct Keymap: Sendable {
    /// A keymap to begin with; its raw value is its name in the settings.
    public enum Base: String, Sendable, CaseIterable {
        /// What a person new to terminals expects.
        case standard = "default"
        case emacs
        /// Modal, as in vim: see `VimState`.
        case vim
    }

    /// What a chord means in some contexts.
    enum Meaning {
        case command(Command)
        /// More keys must follow.
        case prefix
        case nothing
    }

    /// Two commands of which one can't be typed.
    struct Conflict: Equatable {
        var chord: KeyChord
        var command: String
        var otherChord: KeyChord
        var other: String
    }

    /// The keymap that it was made from.
    public let base: Base
    private let commands: [Command]
    /// The commands that the writer gave other keys.
    private var rebound: Set<String> = []
    private var assigned: [String: [KeyChord]] = [:]
    private var table: [Command.Context: [KeyChord: Command]] = [:]
    private var prefixes: [Command.Context: Set<KeyChord>] = [:]

    /// The default keymap without any bindings of the writer's.
    public static let standard = Keymap(.standard)

    /// The base keymap without any bindings of the writer's.
    public init(_ base: Base) {
        self.init(base, commands: CommandTable.all)
    }

    init(_ base: Base, commands: [Command]) {
        self.base = base
        self.commands = commands
        for command in commands { assigned[command.name] = command.keys.map { KeyChord($0) } }
        if base == .vim {
            for command in commands where command.context == .editor {
                assigned[command.name]?.removeAll { Self.isVims($0, of: command.name) }
            }
        }
        lay(Self.layer(base))
        rebuild()
    }

    /// The base keymap with what the writer rebinds.
    ///
    /// - Throws: the first `KeymapError`, with the place of the binding that is wrong.
    init(_ base: Base, rebinding bindings: [KeyBinding]) throws(KeymapError) {
        self.init(base)
        // A test holds that the keymaps themselves have no conflicts.
        guard !bindings.isEmpty else { return }
        for binding in bindings {
            guard assigned[binding.command] != nil else {
                throw .unknownCommand(binding.location, name: binding.command)
            }
            var chords: [KeyChord] = []
            for name in binding.chords {
                guard let chord = KeyChord(name: name) else {
                    throw .unreadableKey(binding.location, command: binding.command, key: name)
                }
                if !chords.contains(chord) { chords.append(chord) }
            }
            assigned[binding.command] = chords
            rebound.insert(binding.command)
        }
        for conflict in conflicts() { throw Self.error(conflict, bindings) }
        rebuild()
    }

    /// The keymap that a settings file names.
    ///
    /// - Throws: `KeymapError.unknownKeymap` and what `init(_:rebinding:)` throws.
    public init(named name: String, at location: KeymapError.Location, rebinding bindings: [KeyBinding])
        throws(KeymapError)
    {
        guard let base = Base(rawValue: name) else { throw .unknownKeymap(location, name: name) }
        try self.init(base, rebinding: bindings)
    }

    // MARK: Looking up

    /// The chords of a command; the first is the one shown.
    public func chords(for command: String) -> [KeyChord] { assigned[command] ?? [] }

    /// The command's chords as help and hints write them: `Ctrl-X Ctrl-S`. Hints show the first.
    public func keyNames(of command: Command) -> [String] { chords(for: command.name).map(\.name) }

    /// The key by which a sentence on the screen names a command: its first chord, or its title in the palette.
    func hint(_ id: Command.ID) -> String {
        if let chord = chords(for: id.name).first { return chord.name }
        return commands.first { $0.id == id }.map { "“\($0.title)”" } ?? id.name
    }

    /// What `chord` means where `contexts` have the keys; those first in the list come first.
    func meaning(of chord: KeyChord, in contexts: [Command.Context]) -> Meaning {
        for context in contexts {
            if let command = table[context]?[chord] { return .command(command) }
        }
        for context in contexts where prefixes[context]?.contains(chord) == true { return .prefix }
        return .nothing
    }

    /// Whether `chord` is one that the writer bound, or the beginning of one: those come before vim's.
    func isRebound(_ chord: KeyChord, in contexts: [Command.Context]) -> Bool {
        commands.contains { command in
            rebound.contains(command.name) && contexts.contains(command.context)
                && chords(for: command.name).contains { $0 == chord || chord.begins($0) }
        }
    }

    /// Chords that mean two commands in one place, and chords that hide longer ones.
    func conflicts() -> [Conflict] {
        var found: [Conflict] = []
        let all = commands.flatMap { command in chords(for: command.name).map { (chord: $0, command: command) } }
        for (index, one) in all.enumerated() {
            for other in all[(index + 1)...] where one.command.name != other.command.name {
                guard one.chord.keys[0] == other.chord.keys[0], Self.overlap(one.command.context, other.command.context)
                else { continue }
                if one.chord == other.chord || one.chord.begins(other.chord) {
                    found.append(
                        Conflict(
                            chord: one.chord, command: one.command.name, otherChord: other.chord,
                            other: other.command.name))
                } else if other.chord.begins(one.chord) {
                    found.append(
                        Conflict(
                            chord: other.chord, command: other.command.name, otherChord: one.chord,
                            other: one.command.name))
                }
            }
        }
        return found
    }

    /// Whether a key of one place could be meant for the other. A side pane's own keys come before the general
    /// ones and may be the same; the editor's may not, or a general command would be out of reach while writing.
    private static func overlap(_ one: Command.Context, _ other: Command.Context) -> Bool {
        if one == other { return true }
        return (one == .everywhere && other == .editor) || (one == .editor && other == .everywhere)
    }

    // MARK: Making

    /// Puts a base keymap's own chords over the table's, which lose what the new ones need.
    private mutating func lay(_ layer: [(command: String, chords: [String])]) {
        var taken: [(chord: KeyChord, context: Command.Context)] = []
        let contexts = Dictionary(commands.map { ($0.name, $0.context) }, uniquingKeysWith: { first, _ in first })
        for (name, chords) in layer {
            guard let context = contexts[name] else { continue }
            let read = chords.compactMap { KeyChord(name: $0) }
            assigned[name] = read
            taken += read.map { ($0, context) }
        }
        let laid = Set(layer.map(\.command))
        for command in commands where !laid.contains(command.name) {
            assigned[command.name]?.removeAll { chord in
                taken.contains { new in
                    Self.overlap(new.context, command.context)
                        && (new.chord == chord || new.chord.begins(chord) || chord.begins(new.chord))
                }
            }
        }
    }

    private mutating func rebuild() {
        table = [:]
        prefixes = [:]
        for command in commands {
            for chord in chords(for: command.name) {
                table[command.context, default: [:]][chord] = command
                for length in 1..<max(1, chord.keys.count) {
                    prefixes[command.context, default: []].insert(KeyChord(Array(chord.keys[..<length])))
                }
            }
        }
    }

    private static func error(_ conflict: Conflict, _ bindings: [KeyBinding]) -> KeymapError {
        let mine = bindings.last { $0.command == conflict.command }
        let others = bindings.last { $0.command == conflict.other }
        let location = (others ?? mine)?.location ?? KeymapError.Location(path: "the keymap", line: nil)
        if conflict.chord != conflict.otherChord {
            return .hiddenChord(
                location, short: conflict.chord.name, command: conflict.command, long: conflict.otherChord.name,
                other: conflict.other)
        }
        // Told from the side of the later line; the cure is for the other command.
        guard others != nil else {
            return .twoCommands(location, chord: conflict.chord.name, command: conflict.command, other: conflict.other)
        }
        return .twoCommands(location, chord: conflict.chord.name, command: conflict.other, other: conflict.command)
    }

    private static func layer(_ base: Base) -> [(command: String, chords: [String])] {
        switch base {
        case .standard: []
        case .emacs: emacsLayer
        case .vim: vimLayer
        }
    }
}
