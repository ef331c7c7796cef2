import Foundation

/// Text that has no other place to be safe in, among the program's state, a file each: answers that are not whole, and what an
/// answer replaced where no versions are kept. Nothing is thrown away by itself.
package struct AnswerStore {
    package let folder: String

    package init(folder: String) { self.folder = folder }

    /// - Parameter name: what the file's name ends in.
    /// - Returns: the file's path.
    package func keep(_ text: String, as name: String, at now: Date = Date()) throws(FileError) -> String {
        StateName.makeFolder(folder)
        let time = LocalTime(Int(now.timeIntervalSince1970))
        var short = (name as NSString).lastPathComponent
        while short.utf8.count > 100 { short.removeFirst() }
        let stem = "\(folder)/\(time.date)-\(time.clockWithSeconds.replacing(":", with: ""))"
        var path = "\(stem)-\(short)"
        var number = 2
        while access(path, F_OK) == 0 {
            path = "\(stem)-\(number)-\(short)"
            number += 1
        }
        try AtomicFile.write(Array(text.utf8), to: path, isPrivate: true)
        return path
    }
}
