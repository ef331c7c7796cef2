import FileAccess
import Foundation

/// Words the writer says are right, one a line in a file of their own.
struct WordList: Sendable {
    let path: String
    private let followsLink: Bool
    private(set) var words: Set<String> = []

    /// What no list of words is: longer, or with longer lines. The project's list may come from a stranger.
    private static let longestFile = 4 << 20
    private static let longestWord = 120
    /// Blanks, and the byte order mark that some editors begin a file with.
    private static let around = CharacterSet.whitespaces.union(["\u{FEFF}"])

    /// Reads the file; one that isn't there, or is no list of words, has none.
    ///
    /// - Parameter followsLink: false for a project's list, by which a project that was cloned could have words
    ///   written to a file elsewhere.
    init(path: String, followsLink: Bool = true) {
        self.path = path
        self.followsLink = followsLink
        // One that can't be read is never written anew: words are added to its end.
        guard let data = try? RegularFile.read(path, atMost: Self.longestFile) else { return }
        for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let word = line.trimmingCharacters(in: Self.around)
            if !word.isEmpty, !word.hasPrefix("#"), word.utf8.count <= Self.longestWord { words.insert(word) }
        }
    }

    /// Adds a word to the end of the file, which other Longhands may be adding to.
    ///
    /// - Throws: `SpellingError.notWritten`; then the word isn't taken.
    mutating func add(_ word: String) throws(SpellingError) {
        let folder = (path as NSString).deletingLastPathComponent
        // Where this fails, opening the file fails too, and that error is thrown.
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if let obstacle = RegularFile.obstacle(at: path) { throw .notWritten(path: path, reason: obstacle.reason) }
        let link = followsLink ? 0 : O_NOFOLLOW
        let file = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | link, 0o644)
        guard file >= 0 else {
            let reason = errno == ELOOP ? "it is a link to another file" : String(cString: strerror(errno))
            throw .notWritten(path: path, reason: reason)
        }
        defer { close(file) }
        // A file someone wrote by hand may lack its last line's end.
        let size = lseek(file, 0, SEEK_END)
        var last: UInt8 = 0
        let hasEnd = size == 0 || (pread(file, &last, 1, size - 1) == 1 && last == 0x0A)
        let line = Array(((hasEnd ? "" : "\n") + word + "\n").utf8)
        let written = write(file, line, line.count)
        guard written == line.count else {
            let reason = String(cString: strerror(written < 0 ? errno : ENOSPC))
            // Half a word at the end of the list would be a word of its own.
            if written > 0 { ftruncate(file, size) }
            throw .notWritten(path: path, reason: reason)
        }
        words.insert(word)
    }
}
