/// A file that is to be read as a note.
package struct NoteFile: Sendable, Equatable {
    /// Relative to the project's root.
    package var path: String
    /// The path by which the file is opened.
    package var absolutePath: String
    /// When it was last changed, in nanoseconds since 1970.
    package var mtime: Int64
    /// The length in bytes when it was scanned.
    package var size: Int64
    /// When its permissions or its content were last changed, in nanoseconds since 1970.
    package var ctime: Int64 = 0
}

/// What a scan of a project found.
package struct ScanResult: Sendable {
    /// The notes, by path.
    package internal(set) var files: [NoteFile] = []
    /// What couldn't be looked at, and why.
    package internal(set) var problems: [NoteProblem] = []
    /// What was passed over for its name alone.
    package internal(set) var hidden = HiddenCount()
    /// Files that would be notes if their program were there.
    var missingPrograms: [String: DocumentProgram] = [:]
    /// Whether folders were reached by a link: then where a note counts depends on the whole tree.
    package internal(set) var hasFolderLinks = false

    /// The programs that aren't installed and whose files were found, with how many.
    package var missing: [MissingProgram] {
        DocumentProgram.allCases.compactMap { program in
            let count = missingPrograms.values.count { $0 == program }
            return count > 0 ? MissingProgram(program: program, notes: count) : nil
        }
    }

    /// What was found wrong, without the files themselves: what is worth keeping of a scan.
    package var withoutFiles: ScanResult {
        var copy = self
        copy.files = []
        return copy
    }

    /// Takes over what a later scan of `paths` found wrong.
    package mutating func update(with part: ScanResult, of paths: [String]) {
        let covered = PathSet(paths)
        problems.removeAll { covered.contains($0.path) }
        problems += part.problems
        missingPrograms = missingPrograms.filter { !covered.contains($0.key) }
        missingPrograms.merge(part.missingPrograms) { _, new in new }
    }
}

/// What has a name that begins with a full stop and would be looked into otherwise.
public struct HiddenCount: Sendable, Equatable, Codable {
    /// Hidden folders, which weren't looked into.
    public var folders = 0
    /// Files that would be notes.
    public var files = 0

    /// A count of both; none unless given.
    public init(folders: Int = 0, files: Int = 0) {
        self.folders = folders
        self.files = files
    }
}
