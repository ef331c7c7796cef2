import Foundation

/// Which file it is, whatever its names.
package struct FileIdentity: Hashable {
    private let device: UInt64
    private let inode: UInt64

    /// Of what a path leads to; nil where nothing is.
    package init?(path: String) {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        self.init(info)
    }

    /// Of what a descriptor is open for, where that is a regular file: a terminal may well be read and written.
    package init?(descriptor: Int32) {
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
        self.init(info)
    }

    private init(_ info: stat) {
        device = UInt64(info.st_dev)
        inode = UInt64(info.st_ino)
    }
}
