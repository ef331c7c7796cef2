import Foundation

/// Files that are locked and removed by their owners.
package enum LockFile {
    /// Whether the file that was locked still is the one at `path`: its last owner may have removed its own between our opening and locking it.
    package static func isCurrent(_ descriptor: Int32, _ path: String) -> Bool {
        var held = stat()
        var named = stat()
        return fstat(descriptor, &held) == 0 && stat(path, &named) == 0 && held.st_ino == named.st_ino
            && held.st_dev == named.st_dev
    }
}
