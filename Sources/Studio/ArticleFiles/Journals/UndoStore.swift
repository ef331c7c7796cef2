import Foundation
import TextCore

/// Undo and redo from one run to the next: a file an article among the program's state, which counts only as long as the
/// article is what it was when it was saved.
///
/// A history is kept after a save, when its article closes, and on leaving. After a start it is read while the writer
/// already types: `Document.adopt` puts it before what was done meanwhile. `HistoryRecord` refuses a damaged or wrong
/// one.
///
/// Known limits: the path is the article's name, so one that another program moved begins anew.
package struct UndoStore {
    package let folder: String
    /// Bytes an article's history may take, and all of them together; what is oldest goes first.
    package var limit = 16 << 20
    package var totalLimit = 64 << 20

    package init(folder: String) { self.folder = folder }

    /// Keeps the history of `document` up to what is saved of it, and what can be redone from there.
    package func keep(_ document: Document, for path: String) throws(FileError) {
        guard let saved = document.atSavedState() else { return }
        let target = filePath(of: path)
        guard !saved.history.isEmpty else {
            // A history that another text left behind says nothing of this one.
            return
        }
        let bytes = HistoryRecord.encode(saved, hash: Self.hash(of: saved.text), limit: limit)
        StateName.makeFolder(folder)
        try AtomicFile.write(bytes, to: target, isPrivate: true)
        thin(sparing: target)
    }

    /// The history of `text`, if the last one kept is its; damaged ones and those of other texts are none.
    ///
    /// - Throws: where there is one that can't be read, which must not be taken for none and replaced.
    package func recall(for path: String, _ text: Text) throws(FileError) -> History? {
        guard let bytes = try AtomicFile.read(filePath(of: path)), let kept = HistoryRecord.hash(of: bytes),
            kept == Self.hash(of: text)
        else { return nil }
        return HistoryRecord.decode(bytes, hash: kept, for: text)
    }

    /// The article is called otherwise. What can't be moved is kept anew when the article is left.
    package func move(_ from: String, to: String) { rename(filePath(of: from), filePath(of: to)) }

    private func filePath(of path: String) -> String { "\(folder)/\(StateName.of(path))" }

    private static func hash(of text: Text) -> [UInt8] { Array(TextHash.of(text).utf8) }

    /// Throws away the histories that were written longest ago, until the others fit.
    private func thin(sparing newest: String) {
        // Without the list nothing is known to be too much; it is tried again behind the next history.
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
        var total = 0
        var files: [(age: Int, size: Int, path: String)] = []
        for name in names {
            var info = stat()
            let path = "\(folder)/\(name)"
            guard stat(path, &info) == 0 else { continue }
            total += Int(info.st_size)
            if path != newest { files.append((Int(info.st_mtim.tv_sec), Int(info.st_size), path)) }
        }
        for file in files.sorted(by: { $0.age < $1.age }) where total > totalLimit {
            unlink(file.path)
            total -= file.size
        }
    }
}
