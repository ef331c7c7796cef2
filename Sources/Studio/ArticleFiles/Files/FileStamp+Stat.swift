import FileAccess
import Foundation
import Workbench

extension FileStamp {
    /// How the file at `path` looks now; nil where there is none.
    package init?(of path: String) {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        self.init(
            size: Int(info.st_size), modifiedNanoseconds: FileTime.nanoseconds(info.st_mtim), inode: UInt64(info.st_ino)
        )
    }
}
