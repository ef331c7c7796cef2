import TextCore

/// What was killed, newest first: `yank` inserts the newest, `yank-pop` the ones before it.
///
/// Kills in a row are one entry. Known limits: 60 entries, as in Emacs, and gone with the process.
struct KillRing: Sendable {
    private(set) var entries: [String] = []
    /// The entry that the last yank inserted.
    private var position = 0
    static let limit = 60

    var current: String? { entries.indices.contains(position) ? entries[position] : nil }

    mutating func add(_ text: String) {
        entries.insert(text, at: 0)
        if entries.count > Self.limit { entries.removeLast() }
        position = 0
    }

    /// Joins `text` to the newest entry: behind it, or before it for a kill backwards.
    mutating func extend(_ text: String, backwards: Bool) {
        guard let newest = entries.first else { return add(text) }
        entries[0] = backwards ? text + newest : newest + text
        position = 0
    }

    /// Takes up what was copied otherwise since, so that a yank inserts it.
    mutating func receive(clipboard: String) {
        position = 0
        if !clipboard.isEmpty, clipboard != entries.first { add(clipboard) }
    }

    /// Moves to the entry before, around the end.
    mutating func rotate() {
        guard !entries.isEmpty else { return }
        position = (position + 1) % entries.count
    }
}
