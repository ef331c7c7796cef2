import ArticleFiles
import Foundation
import Synchronization
import Watching
import Workbench

/// Tells when the files of open articles look different, by the system's events for their folders; every few seconds where there are none.
///
/// A thread of its own waits for events. Nothing is read here, and while nothing happens nothing is done.
///
/// Files are also looked at when the terminal gets the focus (`look`). A stamp that isn't the editor's makes
/// `SavingState` ask `FileExaminer` what is in the file now.
final class ArticleWatch: Sendable {
    /// How often files are looked at that nothing tells of.
    private static let interval = Duration.seconds(3)

    private struct State {
        var paths: [String] = []
        /// What was told last.
        var told: [String: FileStamp?] = [:]
        var mustLook = false
        var hasChanged = false
        var isStopping = false
        var hasBegun = false
    }

    private let state = Mutex(State())
    private let watch = FolderWatch(root: "/")
    private let stamp: @Sendable (String) -> FileStamp?
    private let report: @Sendable ([String: FileStamp?]) -> Void

    /// - Parameters:
    ///   - stamp: what a file looks like.
    ///   - report: told of those that look different from the last time, on the watch's thread.
    init(stamp: @escaping @Sendable (String) -> FileStamp?, report: @escaping @Sendable ([String: FileStamp?]) -> Void)
    {
        self.stamp = stamp
        self.report = report
    }

    /// Watches these files, by absolute paths, and no others.
    func set(_ paths: [String]) {
        let isFirst = state.withLock { state in
            state.paths = paths
            state.hasChanged = true
            state.told = state.told.filter { paths.contains($0.key) }
            defer { state.hasBegun = true }
            return !state.hasBegun
        }
        if isFirst { Thread.detachNewThread { [self] in run() } }
        watch.wake()
    }

    /// Tells of all files, changed or not, that look different from what was told.
    func look() {
        state.withLock { state in
            state.mustLook = true
            state.told = [:]
        }
        watch.wake()
    }

    func stop() {
        state.withLock { $0.isStopping = true }
        watch.wake()
    }

    private func run() {
        var longest = Duration.seconds(600)
        var count = 0
        while true {
            let (paths, hasChanged, mustLook, isStopping) = state.withLock { state in
                defer { (state.hasChanged, state.mustLook) = (false, false) }
                return (state.paths, state.hasChanged, state.mustLook, state.isStopping)
            }
            if isStopping { return }
            // A folder that was deleted is watched again once it is back.
            if hasChanged || mustLook || watch.count != count || longest == Self.interval { longest = follow(paths) }
            count = watch.count
            tell(of: paths)
            _ = watch.next(wait: true, atMost: longest)
        }
    }

    /// Watches the folders of the files, and those that links lead to. Returns how long events may be waited for.
    private func follow(_ paths: [String]) -> Duration {
        var folders: Set<String> = []
        var mustLook = watch.weakness != nil
        for path in paths {
            for realPath in [path, ArticleLocks.realPath(of: path)] {
                let realPath = realPath as NSString
                folders.insert(realPath.deletingLastPathComponent)
                // Of those that are hidden the watch doesn't tell.
                if realPath.lastPathComponent.hasPrefix(".") { mustLook = true }
            }
        }
        watch.beginWalk()
        for folder in folders {
            if FolderWatch.isShared(folder) { mustLook = true }
            watch.watch(String(folder.dropFirst()))
        }
        watch.endWalk(isWhole: true)
        return mustLook || watch.count < folders.count ? Self.interval : .seconds(600)
    }

    private func tell(of paths: [String]) {
        var seen: [String: FileStamp?] = [:]
        for path in paths { seen[path] = .some(stamp(path)) }
        let changed = state.withLock { state -> [String: FileStamp?] in
            let changed = seen.filter { state.told[$0.key] != .some($0.value) }
            for (path, stamp) in changed where state.paths.contains(path) { state.told[path] = .some(stamp) }
            return changed
        }
        if !changed.isEmpty { report(changed) }
    }
}
