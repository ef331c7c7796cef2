import FileAccess

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What the system says of a file, links followed.
package struct FileFacts: Sendable {
    /// The same for two paths only if they lead to the same file.
    package struct Identity: Hashable, Sendable {
        /// The number of the device the file is on.
        package var device: UInt64
        /// The file's number on that device.
        package var inode: UInt64
    }

    /// By what two paths to one file are told.
    package var identity: Identity
    /// Whether it is a folder.
    package var isFolder: Bool
    /// Whether it is a regular file, which can be read without waiting.
    package var isRegular: Bool
    /// When it was last changed, in nanoseconds since 1970.
    package var mtime: Int64
    /// The length in bytes.
    package var size: Int64
    /// When its content, its permissions or its owner were last changed, in nanoseconds since 1970.
    package var ctime: Int64

    private init(_ info: stat) {
        #if os(Linux)
            let time = info.st_mtim
            let changed = info.st_ctim
        #else
            let time = info.st_mtimespec
            let changed = info.st_ctimespec
        #endif
        let kind = info.st_mode & S_IFMT
        identity = Identity(device: UInt64(info.st_dev), inode: UInt64(info.st_ino))
        isFolder = kind == S_IFDIR
        isRegular = kind == S_IFREG
        mtime = FileTime.nanoseconds(time)
        ctime = FileTime.nanoseconds(changed)
        size = Int64(info.st_size)
    }

    /// nil when there's nothing there, or only a link to nothing.
    package init?(_ path: String) {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        self.init(info)
    }

    fileprivate init?(in folder: Int32, _ name: UnsafePointer<CChar>) {
        var info = stat()
        guard fstatat(folder, name, &info, 0) == 0 else { return nil }
        self.init(info)
    }

    /// What the system says of an open file; nil where it refuses.
    package init?(of descriptor: Int32) {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { return nil }
        self.init(info)
    }

    /// Whether there is a symbolic link at `path`, wherever it leads.
    package static func isLink(_ path: String) -> Bool {
        var info = stat()
        return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFLNK
    }

    /// Whether a link leads back to itself, so that nothing is behind it.
    package static func isCircle(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) != 0 && errno == ELOOP
    }

    /// Whether there's something at `path`, if only a link to nothing.
    package static func isThere(_ path: String) -> Bool {
        var info = stat()
        return lstat(path, &info) == 0
    }
}

/// The names in a folder, and what is behind them as far as one asks: the system mostly tells with the name
/// whether it's a folder, so that files that aren't wanted cost no further call.
package struct DirectoryReader: ~Copyable {
    /// What the system tells of an entry along with its name; `unknown` where it tells nothing.
    package enum Kind { case folder, file, link, other, unknown }

    /// A name in the folder.
    package struct Entry {
        /// nil when it isn't UTF-8.
        package var name: String?
        /// The name with what isn't UTF-8 replaced.
        package var shownName: String
        /// Whether the name begins with a full stop.
        package var isHidden: Bool { shownName.hasPrefix(".") }
        /// What is at the name itself: a link is a link, whatever it leads to.
        package var kind: Kind
    }

    #if canImport(Darwin)
        private typealias Stream = UnsafeMutablePointer<DIR>
    #else
        private typealias Stream = OpaquePointer
    #endif

    private let stream: Stream
    /// What the system says of the folder.
    package let facts: FileFacts

    /// nil when it isn't a folder that can be read.
    package init?(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        guard let facts = FileFacts(of: descriptor), let stream = fdopendir(descriptor) else {
            close(descriptor)
            return nil
        }
        self.facts = facts
        self.stream = stream
    }

    deinit { closedir(stream) }

    /// All entries, hidden ones too, by name.
    package func entries() -> [Entry] {
        var entries: [Entry] = []
        guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return [] }
        while let entry = readdir(stream) {
            let name = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
            if strcmp(name, ".") == 0 || strcmp(name, "..") == 0 { continue }
            let kind: Kind =
                switch Int(entry.pointee.d_type) {
                case Int(DT_DIR): .folder
                case Int(DT_REG): .file
                case Int(DT_LNK): .link
                case Int(DT_UNKNOWN): .unknown
                default: .other
                }
            entries.append(Entry(name: String(validatingCString: name), shownName: String(cString: name), kind: kind))
        }
        entries.sort { $0.shownName < $1.shownName }
        return entries
    }

    /// What is behind a name of this folder; nil for a link to nothing.
    package func facts(of name: String) -> FileFacts? { FileFacts(in: dirfd(stream), name) }

    /// Whether the permissions of this folder keep its files from being looked at.
    package func refuses(_ name: String) -> Bool {
        var info = stat()
        return fstatat(dirfd(stream), name, &info, AT_SYMLINK_NOFOLLOW) != 0 && errno == EACCES
    }
}
