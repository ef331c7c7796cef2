/// Which kind of file system a folder is on, by the system's table of mounts (`/proc/self/mounts`).
struct MountTable {
    private var mounts: [(folder: String, kind: String)] = []

    /// - Parameter text: a mount a line: device, folder, kind, options; blanks in names are written `\040`.
    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count >= 3 else { continue }
            mounts.append((MountTable.unescaped(fields[1]), String(fields[2])))
        }
    }

    /// The kind of the file system that `path`, absolute and without links, is on.
    func kind(of path: String) -> String? {
        var best: (folder: String, kind: String)?
        for mount in mounts {
            let isInside = mount.folder == "/" || path == mount.folder || path.hasPrefix(mount.folder + "/")
            // A later mount at the same place covers the earlier one.
            if isInside, mount.folder.utf8.count >= best?.folder.utf8.count ?? 0 { best = mount }
        }
        return best?.kind
    }

    /// Whether other machines may change files there without this one hearing of it.
    static func isShared(_ kind: String) -> Bool {
        let kinds: Set<String> = [
            "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "vboxsf", "prl_fs", "afs", "ceph", "lustre",
            "glusterfs", "drvfs",
        ]
        return kinds.contains(kind) || kind == "fuse" || kind.hasPrefix("fuse.")
    }

    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        let source = Array(field.utf8)
        var index = 0
        while index < source.count {
            if source[index] == UInt8(ascii: "\\"), index + 3 < source.count,
                let value = UInt8(String(decoding: source[index + 1...index + 3], as: UTF8.self), radix: 8)
            {
                bytes.append(value)
                index += 4
            } else {
                bytes.append(source[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
