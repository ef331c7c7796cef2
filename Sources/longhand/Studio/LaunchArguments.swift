import Configuration
import Diagnostics
import Foundation
import TextCore

/// What is named on the command line of the studio, read: a folder, or articles with the lines to go to.
struct LaunchArguments: Equatable {
    struct Named: Equatable {
        var path: String
        var line: Int?
    }

    /// As typed; empty means the folder one is in.
    private(set) var named: [Named] = []
    /// `+LINE` before any path.
    private(set) var line: Int?

    /// - Throws: `CommandError.usage` where a folder is one of several; `ConfigurationError.notFound` for a folder that isn't there.
    init(_ words: [String]) throws {
        for word in words {
            // A variable of a script that isn't set must not open the folder one is in.
            guard !word.isEmpty else { throw CommandError.usage("A path to open is empty.") }
            // What ends so is a folder, and no article can be begun there.
            if word.hasSuffix("/"), !FileManager.default.fileExists(atPath: word) {
                throw ConfigurationError.notFound(path: word)
            }
            if word.hasPrefix("+"), let number = Int(typed: word.dropFirst()), number > 0 {
                if named.isEmpty { line = number } else { named[named.count - 1].line = number }
            } else {
                named.append(Named(path: word, line: named.isEmpty ? line : nil))
            }
        }
        guard named.count > 1 else { return }
        for word in named {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: word.path, isDirectory: &isFolder), isFolder.boolValue else {
                continue
            }
            throw CommandError.usage(
                "longhand opens one folder, or several articles; “\(terminalSafe(word.path))” is a folder among others."
            )
        }
    }

    /// The path that says which project this is.
    var path: String { named.first?.path ?? "." }
}
