import Foundation

/// What a path to write to leads to, by whatever links.
package enum OutputDestination: Equatable {
    /// A regular file, or nothing yet: what is replaced whole, by the path behind all links.
    case file(String)
    /// A pipe, a terminal, another device: what is written into.
    case stream(String)
    /// A descriptor that this process has open, as `/dev/stdout` is.
    case descriptor(Int32)
    case folder

    package init(_ path: String) {
        guard !path.hasSuffix("/") else {
            self = .folder
            return
        }
        var target = path
        // As many links as the kernel itself follows.
        for _ in 0..<40 {
            let folder = (target as NSString).deletingLastPathComponent
            let name = (target as NSString).lastPathComponent
            let real = Self.real(folder.isEmpty ? "." : folder)
            // Not by its name: what the link says (`pipe:[123]`) is no path.
            if real == "/proc/\(getpid())/fd", let number = Int32(name) {
                self = .descriptor(number)
                return
            }
            target = (real as NSString).appendingPathComponent(name)
            guard let next = Self.link(target) else { break }
            target = next.hasPrefix("/") ? next : (real as NSString).appendingPathComponent(next)
        }
        var info = stat()
        guard stat(target, &info) == 0 else {
            self = .file(target)
            return
        }
        switch info.st_mode & S_IFMT {
        case S_IFREG: self = .file(target)
        case S_IFDIR: self = .folder
        default: self = .stream(target)
        }
    }

    package var isFile: Bool {
        if case .file = self { true } else { false }
    }

    /// Which regular file it is; nil where it is none.
    package var identity: FileIdentity? {
        switch self {
        case .file(let path): FileIdentity(path: path)
        case .descriptor(let number): FileIdentity(descriptor: number)
        case .stream, .folder: nil
        }
    }

    /// A file that is read for what is written, by the name to say it by.
    package struct Input {
        package var name: String
        package var identity: FileIdentity?

        package init(_ path: String) {
            name = path
            identity = path == "-" ? FileIdentity(descriptor: STDIN_FILENO) : FileIdentity(path: path)
        }
    }

    /// Refuses a place that is one of the files that are read for what is written there.
    ///
    /// - Parameter path: as it was given; `-` is standard output.
    /// - Throws: `FileError.isInput`.
    package static func check(_ path: String, against inputs: [Input]) throws(FileError) {
        let target = path == "-" ? .descriptor(STDOUT_FILENO) : OutputDestination(path)
        guard let identity = target.identity else { return }
        for input in inputs where input.identity == identity { throw .isInput(path: path, input: input.name) }
    }

    /// Whether a path is a symbolic link itself.
    package static func isLink(_ path: String) -> Bool { link(path) != nil }

    /// The path behind all links; as it is where that leads nowhere.
    package static func real(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// What a symbolic link says; nil for anything else.
    private static func link(_ path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }
}
