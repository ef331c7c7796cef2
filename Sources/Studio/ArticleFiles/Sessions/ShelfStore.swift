import Foundation
import Workbench

/// What is on a project's shelf, among the program's state: a folder a project, in which each piece is a JSON file of its own,
/// only for its owner. So several Longhands can put pieces there and take them at a time.
///
/// A piece that can't be read stays where it is, and the others are listed.
package struct ShelfStore {
    package let folder: String

    private struct Record: Codable {
        var format = 1
        /// Seconds since 1970.
        var date: Int
        var article: String
        var text: String
        var footnotes: String
    }

    /// - Parameters:
    ///   - folder: where shelves are kept.
    ///   - root: the project's folder.
    package init(folder: String, root: String) {
        self.folder = "\(folder)/\(StateName.of(root))"
    }

    /// - Parameter date: seconds since 1970.
    package func keep(_ piece: ShelfPiece, date: Int = Int(time(nil))) throws(FileError) {
        let record = Record(date: date, article: piece.article, text: piece.text, footnotes: piece.footnotes)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // The names are in the order of time.
        let path = "\(folder)/\(date)-\(UUID().uuidString).json"
        let bytes: Data
        do { bytes = try encoder.encode(record) } catch {
            throw .cannotWrite(path: path, reason: "it can't be encoded")
        }
        StateName.makeFolder(folder)
        try AtomicFile.write(Array(bytes), to: path, isPrivate: true)
    }

    /// All that can be read, the newest first, and what is wrong with the first that can't.
    package func items() -> (items: [ShelfItem], problem: FileError?) {
        var items: [(date: Int, item: ShelfItem)] = []
        var problem: FileError?
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
            guard FileManager.default.fileExists(atPath: folder) else { return ([], nil) }
            return ([], .cannotRead(path: folder, reason: String(cString: strerror(errno))))
        }
        for name in names.sorted(by: >) where name.hasSuffix(".json") {
            do throws(FileError) {
                guard let (date, piece) = try read(name) else { continue }
                let time = LocalTime(date)
                items.append((date, ShelfItem(id: name, date: "\(time.date) \(time.clock)", piece: piece)))
            } catch {
                problem = problem ?? error
            }
        }
        return (items.sorted { ($0.date, $0.item.id) > ($1.date, $1.item.id) }.map(\.item), problem)
    }

    /// nil where it was taken meanwhile.
    private func read(_ name: String) throws(FileError) -> (date: Int, piece: ShelfPiece)? {
        let path = "\(folder)/\(name)"
        guard let bytes = try AtomicFile.read(path) else { return nil }
        let record: Record
        do { record = try JSONDecoder().decode(Record.self, from: Data(bytes)) } catch {
            throw .cannotRead(path: path, reason: "it is damaged")
        }
        guard record.format == 1 else {
            throw .cannotRead(path: path, reason: "a newer version of Longhand wrote it")
        }
        return (record.date, ShelfPiece(text: record.text, footnotes: record.footnotes, article: record.article))
    }

    /// - Parameter id: of an item. One that is gone already is no failure.
    package func remove(_ id: String) throws(FileError) {
        let path = "\(folder)/\(id)"
        guard !id.contains("/"), unlink(path) != 0, errno != ENOENT else { return }
        throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
}
