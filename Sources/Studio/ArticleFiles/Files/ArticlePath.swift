import Foundation

/// How an article is named by its path.
package enum ArticlePath {
    /// The place of a file whatever way leads to its folder; a link that is the file itself stays one.
    package static func canonical(_ path: String) -> String {
        if path == "/" { return path }
        let folder = (path as NSString).deletingLastPathComponent
        guard let real = realpath(folder, nil) else { return path }
        defer { free(real) }
        let resolved = String(cString: real)
        return (resolved == "/" ? "" : resolved) + "/" + (path as NSString).lastPathComponent
    }
}
