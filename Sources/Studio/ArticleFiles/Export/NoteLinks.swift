import Foundation

/// Links to notes as a file in another folder has to write them.
package struct NoteLinks: Sendable {
    private let root: [Substring]
    private let folder: [Substring]

    package init(root: String, folder: String) {
        self.root = OutputDestination.real(root).split(separator: "/")
        self.folder = OutputDestination.real(folder).split(separator: "/")
    }

    /// The way to a note, by its path in the project.
    package func link(_ path: String) -> String {
        var to = root
        for part in path.split(separator: "/") where part != "." {
            if part == "..", !to.isEmpty { to.removeLast() } else { to.append(part) }
        }
        var shared = 0
        while shared < min(to.count - 1, folder.count), to[shared] == folder[shared] { shared += 1 }
        return (Array(repeating: "..", count: folder.count - shared) + to[shared...]).joined(separator: "/")
    }
}
