import Foundation
import TextCore
import Workbench

/// Keeps which articles of a project were open and where the writer was in them, a file a project among the program's state.
///
/// Lines of words, the path last: `open 120 120 4 0 /home/me/a.md` (anchor, head, line and row scrolled to), `active 0`,
/// `encoding GB18030 PATH`, `recent PATH`. A line that can't be read is passed over, so that a damaged file at worst remembers less.
package struct SessionStore {
    package let path: String
    /// No session is longer: a damaged or foreign file must not fill the memory.
    private static let limit = 1 << 20
    private static let word = "longhand session 1"
    /// No text is longer, nor has more lines or rows of them: whatever a damaged file says.
    private static let numbers = 0...FileStore.limit

    /// - Parameters:
    ///   - folder: where sessions are kept.
    ///   - root: the project's folder.
    package init(folder: String, root: String) {
        path = "\(folder)/\(StateName.of(root))"
    }

    /// - Throws: where there is one that can't be read, which must not be replaced.
    package func recall() throws(FileError) -> SessionRecord? {
        guard let data = try AtomicFile.read(path, atMost: Self.limit), !data.isEmpty else { return nil }
        var record = SessionRecord(articles: [], active: 0, recent: [])
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        guard lines.first == Substring(Self.word) else {
            // Damaged, or of a later version: it is put aside and not replaced.
            rename(path, path + ".unusable")
            return nil
        }
        for line in lines.dropFirst() {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2 else { continue }
            switch words[0] {
            case "open":
                let parts = words[1].split(separator: " ", maxSplits: 4)
                let numbers = parts.prefix(4).compactMap { Int($0) }.filter { Self.numbers.contains($0) }
                guard parts.count == 5, numbers.count == 4, parts[4].hasPrefix("/") else { continue }
                let selection = Selection(anchor: numbers[0], head: numbers[1])
                record.articles.append(
                    ArticlePosition(
                        path: String(parts[4]), selection: selection,
                        scroll: ScrollPosition(line: numbers[2], row: numbers[3])))
            case "encoding":
                let parts = words[1].split(separator: " ", maxSplits: 1)
                guard parts.count == 2, let encoding = FileEncoding(rawValue: String(parts[0])) else { continue }
                for index in record.articles.indices where record.articles[index].path == parts[1] {
                    record.articles[index].encoding = encoding
                }
            case "active": record.active = Int(words[1]).flatMap { Self.numbers.contains($0) ? $0 : nil } ?? 0
            case "recent": if words[1].hasPrefix("/") { record.recent.append(String(words[1])) }
            default: continue
            }
        }
        return record.articles.isEmpty ? nil : record
    }

    package func remember(_ record: SessionRecord) throws(FileError) {
        var lines = [Self.word, "active \(record.active)"]
        for position in record.articles where !position.path.contains("\n") {
            let selection = position.selection
            lines.append(
                "open \(selection.anchor) \(selection.head) \(position.scroll.line) \(position.scroll.row) \(position.path)"
            )
            if let encoding = position.encoding { lines.append("encoding \(encoding.rawValue) \(position.path)") }
        }
        lines += record.recent.filter { !$0.contains("\n") }.map { "recent \($0)" }
        StateName.makeFolder((path as NSString).deletingLastPathComponent)
        try AtomicFile.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: path, isPrivate: true)
    }
}
