import Screen

/// What has been pressed and isn't done yet: the beginning of a chord, a count, and which command ran last.
struct PendingKeys: Sendable, Equatable {
    /// The keys of a chord that goes on.
    var chord: [Key] = []
    /// How often the next command runs; nil for once, and without being shown.
    var count: Int?
    /// The count was typed in digits, and more of them may follow.
    var hasDigits = false
    /// The command that ran last: kills in a row are one, and `yank-pop` needs a yank before it.
    var lastCommand: Command.ID?

    /// No count is larger: a slip of the finger must not fill the memory.
    static let largestCount = 9_999

    /// What the status line says of it; nil where nothing waits.
    var shown: String? {
        var words: [String] = []
        if let count { words.append("×\(count)") }
        if !chord.isEmpty { words.append(KeyChord(chord).name + " …") }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
