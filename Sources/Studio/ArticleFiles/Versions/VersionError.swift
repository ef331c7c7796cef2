import Diagnostics

/// Why a version can't be had.
package enum VersionError: UserFacingError {
    case damaged(path: String, number: Int)
    /// The disk or the system refuses what is kept.
    case unreadable(path: String, reason: String)
    case none(path: String)
    /// It was thinned out meanwhile.
    case gone(path: String)
    case noSuchVersion(String, path: String, count: Int)

    package var message: String {
        switch self {
        case .damaged(let path, let number): "Version \(number) of \(terminalSafe(path)) is damaged and can't be read."
        case .unreadable(let path, let reason):
            "The versions of \(terminalSafe(path)) can't be read: \(terminalSafe(reason))"
        case .gone(let path): "That version of \(terminalSafe(path)) is no longer kept."
        case .none(let path): "No version of \(terminalSafe(path)) is kept."
        case .noSuchVersion(let name, let path, let count):
            "\(terminalSafe(path)) has no version \(terminalSafe(name)): there are \(count), 1 is the newest."
        }
    }

    package var hint: String? {
        switch self {
        case .gone: nil
        case .damaged: "The others are not touched by that."
        case .unreadable: "They are left as they are; none is added before they can be read."
        case .none: "Longhand keeps one at each save, unless versions = \"off\" is set."
        case .noSuchVersion: "longhand versions FILE lists them."
        }
    }

    package var status: ExitStatus {
        switch self {
        case .none: .nothingFound
        case .damaged, .unreadable, .gone, .noSuchVersion: .badInput
        }
    }
}
