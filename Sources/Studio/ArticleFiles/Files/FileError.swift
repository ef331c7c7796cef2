import Diagnostics
import FileAccess
import Workbench

/// Why a file could not be read or written.
package enum FileError: UserFacingError {
    case cannotRead(path: String, reason: String)
    case isDirectory(path: String)
    /// A pipe, a socket, a device.
    case special(path: String, kind: String)
    case notUTF8(path: String, offset: Int)
    case tooLarge(path: String)
    /// The encoding to save in has no such character.
    case cannotEncode(path: String, character: Character, line: Int, encoding: FileEncoding)
    /// It is the file that is open by another path.
    case openAs(path: String, other: String)
    /// Another Longhand has it open.
    case heldElsewhere(path: String)
    case cannotWrite(path: String, reason: String)
    /// A pipe or a device takes nothing, or no more.
    case cannotSend(path: String, reason: String)
    /// What is to be written there was made of that very file.
    case isInput(path: String, input: String)
    /// A name that nobody chose leads out of the project.
    case leadsOutside(path: String)
    /// Writing it in place failed in the middle, and what was there could not be put back.
    case torn(path: String, reason: String, copy: String)
    /// There is a file of that name already.
    case exists(path: String)
    /// The folder it would be in isn't there.
    case noFolder(path: String, folder: String)
    /// The file is not what it was when it was read.
    case changedOnDisk(path: String)

    /// Why the file at `path` isn't read.
    package init(_ failure: RegularFile.Failure, reading path: String) {
        self =
            switch failure {
            case .folder: .isDirectory(path: path)
            case .special(let kind): .special(path: path, kind: kind)
            case .tooLarge: .tooLarge(path: path)
            case .absent, .notAllowed, .unreadable: .cannotRead(path: path, reason: failure.reason)
            }
    }

    package var message: String {
        switch self {
        case .cannotRead(let path, let reason): "\(path) could not be read: \(reason)."
        case .isDirectory(let path): "\(path) is a folder, not a file."
        case .special(let path, let kind): "\(path) is \(kind), not a file."
        case .notUTF8(let path, let offset): "\(path) is not UTF-8 text (byte \(offset))."
        case .tooLarge(let path):
            "\(path) has more than \(FileStore.limit >> 20) MB, which is what Longhand opens at most."
        case .cannotEncode(let path, let character, let line, let encoding):
            "\(path) was not saved: \(encoding.rawValue) has no “\(character)” (line \(line))."
        case .openAs(let path, let other): "\(path) is the same file as \(other), which is open."
        case .heldElsewhere(let path): "\(path) is open in another Longhand and was left alone."
        case .cannotWrite(let path, let reason): "\(path) could not be written: \(reason); what was there is untouched."
        case .torn(let path, let reason, _):
            "\(path) could not be written whole: \(reason); part of it is the old text."
        case .cannotSend(let path, let reason): "\(path) could not be written: \(reason)."
        case .isInput(let path, let input):
            path == input
                ? "\(path) is read for this, and would be lost; nothing was written."
                : "\(path) is \(input == "-" ? "what is read" : input), which would be lost; nothing was written."
        case .leadsOutside(let path): "\(path) is a link that leads out of the project; nothing was written."
        case .exists(let path): "\(path) exists already and was left alone."
        case .noFolder(let path, let folder): "\(path) could not be written: there is no folder \(folder)."
        case .changedOnDisk(let path): "\(path) was changed by another program since it was read."
        }
    }

    package var hint: String? {
        switch self {
        case .notUTF8: "Convert it first, for instance with: iconv -f GB18030 -t UTF-8."
        case .tooLarge: "Split it first, for instance with: split -b 500M."
        case .special: "Name a file; what a program writes is read from standard input where - is said."
        case .cannotEncode: "Change that character, or choose UTF-8 with the command save-as-utf-8."
        case .cannotWrite: "Free some space or mend the permissions, then save again."
        case .noFolder: "Make the folder, then save again, or name another file."
        case .torn(_, _, let copy): "Both texts are kept in \(copy): free some space, then save again."
        case .isInput: "Name another file with -o, or - for standard output."
        case .leadsOutside: "If that is meant, name the file itself: longhand export ARTICLE -o FILE."
        default: nil
        }
    }

    package var status: ExitStatus { .badInput }
}
