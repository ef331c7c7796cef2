import ArticleFiles
import Dispatch
import Foundation
import Synchronization
import TextCore
import Workbench

/// Keeps the journals of what isn't saved, off the main thread. What a flush costs depends on what was changed, not on the text.
///
/// Each change is noted in the article's `PendingJournal`. 400 ms after the first of them, however long typing goes
/// on, `SavingState` gives them away as a `JournalPart`, which is appended here and flushed to the disk. A journal of
/// changes needs the text that they begin with: the file, as long as its hash is the one in the journal, or a copy
/// (`JournalStore`). Before a save the hash of the text to be saved is noted. So it doesn't matter on which side of
/// the rename a crash was, and what is typed during a save needs no new journal. `KillTests` kill the real program at
/// random moments while it is written in.
///
/// Known limits: a journal that has grown longer than its text is begun anew with a copy of it, for which changes of a very long
/// text wait a moment.
final class JournalKeeper: Sendable {
    private let mailbox: Mailbox
    private let store: JournalStore
    private let queue = DispatchQueue(label: "longhand.journal", qos: .userInitiated)
    /// What takes as long as a text is: its hash, and the copy of it.
    private let copying = DispatchQueue(label: "longhand.journal.copies", qos: .utility)
    private let comparing = DispatchQueue(label: "longhand.journal.comparisons", qos: .userInitiated)
    private let state = Mutex(State())

    /// A journal may always grow so long.
    private static let growth = 1 << 20
    /// How long a long text is edited before it is copied, in seconds: what is saved meanwhile needs no copy.
    private static let copyDelay = 3.0

    private struct State {
        var articles: [String: Kept] = [:]
        var hasComplained = false
    }

    private struct Kept {
        /// Nil until there was room for it.
        var file: JournalFile?
        var base: Text
        /// Those that are in no file yet.
        var backlog: [ChangeSet] = []
        /// Where the journal is begun anew, in bytes.
        var limit = JournalKeeper.growth
    }

    init(mailbox: Mailbox, store: JournalStore) {
        self.mailbox = mailbox
        self.store = store
    }

    // MARK: While one writes

    func write(_ part: JournalPart, for path: String) {
        queue.async { [self] in
            state.withLock { state in
                do throws(FileError) {
                    try write(part, for: path, &state)
                    state.hasComplained = false
                } catch {
                    if !state.hasComplained {
                        mailbox.post(
                            .failed(
                                Failure(message: "No journal is kept of what isn't saved: " + Failure(error).message)))
                    }
                    state.hasComplained = true
                }
            }
        }
    }

    private func write(_ part: JournalPart, for path: String, _ state: inout State) throws(FileError) {
        var kept = state.articles[path] ?? Kept(base: part.base)
        defer { state.articles[path] = kept }
        kept.backlog += part.changes
        let isNew = kept.file == nil
        let file: JournalFile
        if let known = kept.file {
            file = known
        } else {
            file = try store.begin(path, base: kept.base, format: part.format, stamp: part.stamp)
        }
        if isNew {
            kept.file = file
            kept.limit = file.length + max(Self.growth, kept.base.utf8Count)
        }
        var version = part.version - kept.backlog.count
        let records = ChangeSet.joined(kept.backlog).map { changes, count in
            version += count
            return JournalRecord.change(changes, version: version)
        }
        try file.append(records)
        kept.backlog = []
        if isNew, kept.base.utf8Count > JournalStore.copiedAtOnce { copySoon(kept.base, of: path, file.journalPath) }
        if file.length > kept.limit {
            kept.limit *= 2
            let next = try store.begin(path, base: part.text, format: part.format, stamp: part.stamp, wholly: true)
            store.remove(file)
            kept.file = next
            kept.limit = next.length + max(Self.growth, part.text.utf8Count)
        }
    }

    /// Notes the hash of a long text as soon as it is known, and copies the text if it is still needed later.
    private func copySoon(_ base: Text, of path: String, _ journalPath: String) {
        copying.async { [self] in
            let hash = TextHash.of(base)
            queue.async { [self] in
                state.withLock { state in
                    guard let file = state.articles[path]?.file, file.journalPath == journalPath else { return }
                    // Where there is no room, the next change will say so.
                    try? file.append([.base(hash: hash)])
                }
            }
        }
        copying.asyncAfter(deadline: .now() + Self.copyDelay) { [self] in
            guard isKept(journalPath, of: path) else { return }
            // It is only needed where another program changes the file; without it the journal still fits the file.
            try? store.writeCopy(of: base, beside: journalPath)
            queue.async { [self] in if !isKept(journalPath, of: path) { store.remove(journalPath) } }
        }
    }

    private func isKept(_ journalPath: String, of path: String) -> Bool {
        state.withLock { $0.articles[path]?.file?.journalPath == journalPath }
    }

    /// Notes that the file may become this text from now on; returns once that is on the disk.
    func willSave(_ path: String, _ text: Text, version: Int) {
        // What comes before it is in the journal's queue.
        settle()
        guard state.withLock({ $0.articles[path]?.file != nil }) else { return }
        let hash = TextHash.of(text)
        queue.sync {
            state.withLock { state in
                // The save matters more than the note of it: without it there is the copy to go by.
                try? state.articles[path]?.file?.append([.saving(version: version, hash: hash)])
            }
        }
    }

    func remove(_ path: String) {
        queue.async { [self] in
            state.withLock { $0.articles.removeValue(forKey: path)?.file.map { store.remove($0) } }
        }
    }

    // MARK: After a crash

    func compare(_ recovered: RecoveredText) {
        comparing.async { [mailbox] in
            let (file, text) = recovered.surroundings()
            mailbox.post(.saving(.recoveryDifference(id: recovered.id, TextDiff.between(file, text))))
        }
    }

    func discard(id: String) { queue.async { [store] in store.discard(id: id) } }

    /// What a crash left is in the article now: its journal goes once the article's own has it.
    func take(id: String, path: String) {
        queue.async { [self] in
            let isSafe = state.withLock { $0.articles[path].map { $0.file != nil && $0.backlog.isEmpty } ?? false }
            if isSafe { store.discard(id: id) }
        }
    }

    /// Waits until everything given so far is written.
    func settle() { queue.sync {} }

    /// Waits for what runs, copies too.
    func finish() {
        copying.sync {}
        settle()
    }
}
