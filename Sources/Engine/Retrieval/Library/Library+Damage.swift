import Foundation
import GRDB
import Kernels
import Notes

extension Library {
    /// How long a library is trusted that was found whole.
    static let trusted = 24.0 * 3600

    /// Whether the library is whole: the pages and indexes of the file, the words it can be searched for, and each
    /// passage's text against its hash.
    ///
    /// SQLite says of itself what it notices while it reads; this reads everything.
    /// - Throws: `LibraryError.corrupt`, `.cancelled`.
    public func check(isCancelled: () -> Bool = { false }) throws(LibraryError) {
        let path = store.path
        try store.read { db in
            guard try String.fetchAll(db, sql: "PRAGMA quick_check(1)") == ["ok"] else {
                throw LibraryError.corrupt(path: path)
            }
            let rows = try Row.fetchCursor(db, sql: "SELECT hash, text FROM passages")
            var count = 0
            while let row = try rows.next() {
                count += 1
                if count % 1024 == 0, isCancelled() { throw LibraryError.cancelled }
                guard let hash: String = row[0], let text: String = row[1], NoteWriter.passageID(text) == hash else {
                    throw LibraryError.corrupt(path: path)
                }
            }
        }
        try store.note { db in
            try db.execute(sql: "INSERT INTO fullText (fullText) VALUES ('integrity-check')")
            try db.execute(
                sql: "INSERT OR REPLACE INTO meta VALUES ('checked', ?)", arguments: [Date().timeIntervalSince1970])
        }
    }

    /// Whether the file's pages and indexes hold together: a smaller check, which writes nothing.
    func isWhole() throws(LibraryError) -> Bool {
        do throws(LibraryError) {
            return try store.read { try String.fetchAll($0, sql: "PRAGMA quick_check(1)") == ["ok"] }
        } catch {
            if case .corrupt = error { return false }
            throw error
        }
    }

    /// Checks the library if that was long ago. Returns whether it wasn't necessary.
    func checkNowAndThen(_ isCancelled: () -> Bool) throws(LibraryError) -> Bool {
        let now = Date().timeIntervalSince1970
        let last = try store.read { try Double.fetchOne($0, sql: "SELECT value FROM meta WHERE key = 'checked'") }
        guard let last else {
            // It has only just been made.
            try store.note {
                try $0.execute(sql: "INSERT OR REPLACE INTO meta VALUES ('checked', ?)", arguments: [now])
            }
            return true
        }
        if (0...Self.trusted).contains(now - last) { return true }
        try check(isCancelled: isCancelled)
        return false
    }

    private static let damagedMark = ".damaged-"

    /// Where the damaged file of an earlier library is kept; nil when there's none.
    public static func damagedCopy(of project: ProjectLayout) -> String? {
        damagedFiles(project).last.map { project.dataDirectory + "/" + $0 }
    }

    private static func damagedFiles(_ project: ProjectLayout) -> [String] {
        let prefix = (project.databasePath as NSString).lastPathComponent + damagedMark
        // A folder that can't be listed has no damaged file to speak of.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: project.dataDirectory)) ?? []
        return names.filter { $0.hasPrefix(prefix) }.sorted()
    }

    /// Puts a damaged library aside, so that a new one can be made: everything in it comes from the notes.
    ///
    /// At most one damaged file is kept. Another process that has put it aside meanwhile is noticed.
    /// - Parameters:
    ///   - project: where the library is kept.
    ///   - opened: the library in which damage was found; nil when it couldn't even be opened.
    ///   - isCancelled: asked while another process holds the library.
    /// - Returns: a sentence that says where the damaged file is.
    public static func quarantine(
        project: ProjectLayout, opened: Library? = nil, isCancelled: () -> Bool = { false }
    ) throws(LibraryError) -> String {
        let lock = try WriterLock.take(folder: project.dataDirectory, waiting: { _ in }, isCancelled: isCancelled)
        let said = try WriterLock.whileOpening(project.dataDirectory) { () throws(LibraryError) in
            try moveAside(project, opened)
        }
        _ = consume lock
        return said
    }

    private static func moveAside(_ project: ProjectLayout, _ opened: Library?) throws(LibraryError) -> String {
        let files = FileManager.default
        let path = project.databasePath
        let isAnother = opened.map { $0.store.identity != FileFacts(path)?.identity } ?? isWhole(path)
        if isAnother {
            let kept = damagedCopy(of: project).map { " and is kept as \($0)" } ?? ""
            return "The library was damaged\(kept); another Longhand has begun a new one."
        }
        // An old copy that can't be deleted only takes room.
        for old in damagedFiles(project) { try? files.removeItem(atPath: project.dataDirectory + "/" + old) }
        let stamp = Int(Date().timeIntervalSince1970)
        let copy = path + damagedMark + String(stamp)
        guard rename(path, copy) == 0 else { throw LibraryError(errno: errno, path: path) }
        // The rest is of no use without it, and would harm the next one.
        try discard(project: project)
        return "The library was damaged; the file is kept as \(copy), and a new one is made of your notes."
    }

    private static func isWhole(_ path: String) -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return true }
        var configuration = Configuration()
        configuration.readonly = true
        // A file that can't be opened or checked isn't whole.
        let answer = try? DatabaseQueue(path: path, configuration: configuration).read {
            try String.fetchAll($0, sql: "PRAGMA quick_check(1)")
        }
        return answer == ["ok"]
    }
}
