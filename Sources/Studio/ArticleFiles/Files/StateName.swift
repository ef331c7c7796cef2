import Foundation

/// How things kept about a file or folder are named among the program's state.
package enum StateName {
    /// FNV-1a of the path and its last component: a name for a file, nothing secret, the same in every run.
    package static func of(_ path: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        var name = (path as NSString).lastPathComponent
        while name.utf8.count > 100 { name.removeLast() }
        return "\(String(hash, radix: 16))-\(name)"
    }

    /// A folder that only its owner can look into.
    package static func makeFolder(_ path: String) {
        // Where it can't be made, writing the first file in it fails and says why.
        try? FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
}
