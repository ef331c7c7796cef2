import ArticleFiles
import FileAccess
import Foundation
import TextCore
import Workbench

/// Looks at what is in the files of open articles.
///
/// It reads the file once it has come to rest, and answers with the change from the document's text to the file's
/// (`ChangeSet.difference`), or that the text is the known one.
struct FileExaminer {
    let files: FileStore

    func examine(_ check: FileCheck) -> FileFinding {
        do throws(FileError) {
            guard let file = try settled(check) else { return .gone }
            if check.purpose != .rereading, file.text == check.known { return .same(file) }
            return .changed(file, ChangeSet.difference(from: check.text, to: file.text))
        } catch {
            return .failed(Failure(error))
        }
    }

    /// The file once nobody is in the middle of writing it, as far as can be seen: it is there, was not changed just now, and not while it was read.
    private func settled(_ check: FileCheck) throws(FileError) -> FileReading? {
        var last: FileReading?
        for attempt in 0..<20 {
            if attempt > 0 { usleep(50_000) }
            guard let stamp = files.stamp(of: check.path) else {
                // Some programs delete a file before they write it.
                if attempt < 3 { continue }
                return nil
            }
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            // A file may bear any date.
            let (age, isBeyond) = FileTime.nanoseconds(now).subtractingReportingOverflow(stamp.modifiedNanoseconds)
            if !isBeyond, (0..<80_000_000).contains(age) { continue }
            last = try files.reading(check.path, likely: check.encoding)
            if last?.stamp == stamp, files.stamp(of: check.path) == stamp { return last }
        }
        // Written without end: as it is.
        if let last { return last }
        return try files.reading(check.path, likely: check.encoding)
    }
}
