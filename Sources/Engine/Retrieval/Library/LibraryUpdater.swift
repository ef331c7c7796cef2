import Dispatch
import Synchronization
import Watching

/// Keeps a project's library up to date for as long as it runs: everything at first, then what changes.
///
/// Several keepers of one library, in whatever processes, hinder nobody: each writes only while it has something to
/// write and the lock for it, and finds done what another did. So when one leaves, there's nothing to take over.
///
/// It runs in the studio's index queue and in `longhand index --watch`: `Library.index` once, then `FolderWatch.next`
/// and `Library.index(_:)` of the changes in turns. The walk tells the watch of each folder before it lists it, so
/// that nothing falls between the list and the events, and what isn't walked isn't watched. Where the kernel's events
/// were lost, a link leads to a folder, or notes are cut otherwise now, everything is looked at again; that also
/// happens every ten minutes. `IncrementalTests` hold that indexing place by place comes to the same as indexing
/// anew.
public final class LibraryUpdater: Sendable {
    /// What an updater reports.
    public enum Event: Sendable {
        case progress(IndexProgress)
        /// The library is up to date with the files, and not what it was at the last report.
        ///
        /// `isAsked` says that somebody wanted to hear it whether or not there's anything new.
        case updated(IndexReport, isAsked: Bool)
        /// Why changes are only looked for now and then.
        case weakness(FolderWatch.Weakness)
        /// The library was damaged; what was done about it.
        case renewed(String)
        /// It goes on trying.
        case failed(LibraryError)
        case paused
    }

    /// Where the updater gets its library from.
    public struct Source: Sendable {
        /// The library; each call may open it anew after it couldn't be opened.
        var open: @Sendable () throws(LibraryError) -> Library
        /// Puts a damaged library aside, so that `open` gives a new one. nil is one that couldn't be opened.
        var renew: @Sendable (Library?) throws(LibraryError) -> String

        /// A source of these two ways.
        public init(
            open: @escaping @Sendable () throws(LibraryError) -> Library,
            renew: @escaping @Sendable (Library?) throws(LibraryError) -> String
        ) {
            self.open = open
            self.renew = renew
        }
    }

    private struct State {
        var isStopped = false
        var isPaused = false
        var isBusy = false
        /// Everything is to be looked at, and somebody wants to hear of it.
        var isAsked = true
        var damaged: Library?
    }

    private let source: Source
    private let watch: FolderWatch
    private let isInterrupted: @Sendable () -> Bool
    private let report: @Sendable (Event) -> Void
    private let state = Mutex(State())
    private let bell = DispatchSemaphore(value: 0)

    /// How long to wait after a failure before trying again.
    private static let patience = DispatchTimeInterval.seconds(5)

    /// - Parameters:
    ///   - source: opens the library, and renews a damaged one.
    ///   - watch: tells of changed files.
    ///   - isInterrupted: looked at between two steps, and when the watch was woken.
    ///   - report: called on the thread of `run`, and progress on others too.
    public init(
        source: Source, watch: FolderWatch, isInterrupted: @escaping @Sendable () -> Bool = { false },
        report: @escaping @Sendable (Event) -> Void
    ) {
        self.source = source
        self.watch = watch
        self.isInterrupted = isInterrupted
        self.report = report
    }

    /// Looks at everything soon, and reports it.
    public func lookAtEverything() { tell { $0.isAsked = true } }

    /// Looks at one file or folder soon. For places that are watched there's no need.
    public func look(at path: String) {
        watch.putBack(FolderChanges(paths: [path]))
        tell { _ in }
    }

    /// Stops writing as soon as what is in hand is stored, until `resume`.
    public func pause() { tell { $0.isPaused = true } }

    /// Ends a pause: everything is looked at again and reported.
    public func resume() {
        tell { state in
            state.isPaused = false
            state.isAsked = true
        }
    }

    /// Ends `run` as soon as what is in hand is stored.
    public func stop() { tell { $0.isStopped = true } }

    /// A reader found `library` damaged.
    public func hearOfDamage(to library: Library) { tell { $0.damaged = library } }

    /// Whether something is being written, or about to be.
    public var isBusy: Bool { state.withLock { $0.isBusy } }

    private func tell(_ change: (inout sending State) -> Void) {
        state.withLock { change(&$0) }
        bell.signal()
        watch.wake()
    }

    private var isToBreakOff: Bool { isInterrupted() || state.withLock { $0.isStopped || $0.isPaused } }

    /// Runs until `stop`, or until `isInterrupted` says so.
    public func run() {
        var needsEverything = true
        var lastGeneration: Int64?
        var hasSaidWeakness = false
        var lastFailure: LibraryError?
        while true {
            let now = state.withLock { $0 }
            if now.isStopped || isInterrupted() { return }
            if now.isPaused {
                report(.paused)
                while state.withLock({ $0.isPaused && !$0.isStopped }), !isInterrupted() { bell.wait() }
                needsEverything = true
                continue
            }
            var changes: FolderChanges?
            if !needsEverything, !now.isAsked, now.damaged == nil {
                changes = watch.next(wait: true)
                if changes == nil { continue }
            }
            state.withLock {
                $0.isBusy = true
                $0.damaged = nil
            }
            var library: Library?
            do throws(LibraryError) {
                if let damaged = now.damaged { throw .corrupt(path: damaged.store.path) }
                let opened = try source.open()
                library = opened
                if !hasSaidWeakness, let weakness = watch.weakness {
                    report(.weakness(weakness))
                    hasSaidWeakness = true
                }
                let result = try bringUp(opened, needsEverything || now.isAsked ? nil : changes)
                needsEverything = false
                lastFailure = nil
                if now.isAsked { state.withLock { $0.isAsked = false } }
                let generation = try opened.store.read(LibraryDatabase.generation)
                if now.isAsked || generation != lastGeneration { report(.updated(result, isAsked: now.isAsked)) }
                lastGeneration = generation
            } catch {
                needsEverything = true
                switch error {
                case .cancelled: break
                case .corrupt: renew(now.damaged ?? library)
                default:
                    if error != lastFailure { report(.failed(error)) }
                    lastFailure = error
                    state.withLock { $0.isBusy = false }
                    _ = bell.wait(timeout: .now() + Self.patience)
                }
            }
            state.withLock { $0.isBusy = false }
        }
    }

    private func bringUp(_ library: Library, _ changes: FolderChanges?) throws(LibraryError) -> IndexReport {
        let progress: @Sendable (IndexProgress) -> Void = { [report] in report(.progress($0)) }
        let isCancelled: @Sendable () -> Bool = { [weak self] in self?.isToBreakOff ?? true }
        if let changes {
            return try library.index(changes, watch: watch, progress: progress, isCancelled: isCancelled)
        }
        return try library.index(watch: watch, progress: progress, isCancelled: isCancelled)
    }

    private func renew(_ damaged: Library?) {
        do throws(LibraryError) {
            report(.renewed(try source.renew(damaged)))
        } catch {
            report(.failed(error))
            _ = bell.wait(timeout: .now() + Self.patience)
        }
    }
}
