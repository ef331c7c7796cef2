import Foundation
import Workbench

/// The text files of a project, and the names in a folder: what there is to open.
package enum ProjectFiles {
    /// No more are listed, nor deeper than so many folders.
    package static let limit = 20_000
    private static let deepest = 24
    private static let endings: Set<String> = [
        "md", "markdown", "mdown", "mkd", "txt", "text", "org", "rst", "adoc", "typ", "tex",
    ]
    private static let passedOver: Set<String> = ["node_modules", "__pycache__", "target", "build"]

    /// Relative to `root`, sorted; files in hidden folders and such of programs aren't listed. Links to folders aren't followed.
    package static func all(below root: String, isCancelled: () -> Bool = { false }) -> [String] {
        var found: [String] = []
        var folders = [(path: "", depth: 0)]
        while let (folder, depth) = folders.popLast(), found.count < limit, !isCancelled() {
            guard let directory = opendir(folder.isEmpty ? root : root + "/" + folder) else { continue }
            defer { closedir(directory) }
            while let entry = readdir(directory) {
                let name = self.name(of: entry)
                guard !name.hasPrefix("."),
                    let isFolder = isFolder(entry, at: root + "/" + folder + "/" + name, followingLinks: false)
                else { continue }
                let path = folder.isEmpty ? name : folder + "/" + name
                if isFolder {
                    if depth < deepest, !passedOver.contains(name) { folders.append((path, depth + 1)) }
                } else if let dot = name.lastIndex(of: "."),
                    endings.contains(name[name.index(after: dot)...].lowercased()), found.count < limit
                {
                    found.append(path)
                }
            }
        }
        // Those of the project's own folder come before those of its folders.
        return found.map { ($0.utf8.count { $0 == 0x2F }, $0) }.sorted { $0 < $1 }.map(\.1)
    }

    /// The names in a folder, sorted; those of folders end with a slash. Empty where it can't be read.
    package static func names(in folder: String) -> [String] {
        // For who only looks whether something is there; `entries` says why nothing is.
        (try? entries(of: folder)) ?? []
    }

    /// The names in a folder, sorted; those of folders end with a slash.
    package static func entries(of folder: String) throws(FolderProblem) -> [String] {
        guard let directory = opendir(folder) else {
            let number = errno
            throw FolderProblem(
                reason: String(cString: strerror(number)), isMissing: number == ENOENT || number == ENOTDIR)
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory), names.count < limit {
            let name = self.name(of: entry)
            guard name != ".", name != "..",
                let isFolder = isFolder(entry, at: folder + "/" + name, followingLinks: true)
            else { continue }
            names.append(isFolder ? name + "/" : name)
        }
        return names.sorted()
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
    }

    /// Nil for what is neither a folder nor a file.
    private static func isFolder(_ entry: UnsafeMutablePointer<dirent>, at path: String, followingLinks: Bool) -> Bool?
    {
        switch Int32(entry.pointee.d_type) {
        case Int32(DT_DIR): return true
        case Int32(DT_REG): return false
        default:
            var info = stat()
            guard stat(path, &info) == 0 else { return nil }
            let kind = info.st_mode & S_IFMT
            if kind == S_IFDIR { return followingLinks ? true : nil }
            return kind == S_IFREG ? false : nil
        }
    }
}
