import ArticleFiles
import Dispatch
import FileAccess
import Foundation
import TextCore
import Workbench

/// Looks at the files of open articles when they may have changed, and opens, frees and takes over files.
final class DiskService: Sendable {
    private let mailbox: Mailbox
    private let files: FileStore
    private let watch: ArticleWatch
    /// Where files are opened and saved: what is freed and opened again at once stays in order.
    private let fileQueue: DispatchQueue
    private let queue = DispatchQueue(label: "longhand.disk", qos: .userInitiated)

    private let versions: VersionService
    private let articles: ArticleService

    init(
        mailbox: Mailbox, files: FileStore, fileQueue: DispatchQueue, versions: VersionService, articles: ArticleService
    ) {
        self.versions = versions
        self.articles = articles
        self.mailbox = mailbox
        self.files = files
        self.fileQueue = fileQueue
        watch = ArticleWatch(stamp: { files.stamp(of: $0) }, report: { mailbox.post(.disk(.seen($0))) })
    }

    func run(_ request: DiskRequest) {
        switch request {
        case .watch(let paths): watch.set(paths)
        case .look: watch.look()
        case .examine(let check):
            queue.async { [self] in mailbox.post(.disk(.examined(check, examine(check)))) }
        case .compare(let path, let file, let text):
            queue.async { [self] in
                mailbox.post(.disk(.compared(path: path, TextDiff.between(file.string, text.string))))
            }
        case .open(let file, let choice):
            fileQueue.async { [self] in
                do throws(FileError) {
                    mailbox.post(.opened(.success(try files.open(file.path, as: choice)), line: file.target))
                } catch {
                    mailbox.post(.opened(.failure(Failure(error)), line: nil))
                }
            }
        case .name(let naming):
            fileQueue.async { [self] in
                do throws(FileError) { try name(naming) } catch {
                    if case .exists = error {
                        mailbox.post(.disk(.named(naming, .exists)))
                    } else {
                        mailbox.post(.disk(.named(naming, .failed(Failure(error)))))
                    }
                }
            }
        case .release(let path): fileQueue.async { [files] in files.locks?.release(path) }
        case .takeOver(let check): fileQueue.async { [self] in takeOver(check) }
        }
    }

    /// - Throws: `FileError.exists` where nothing was done since there is a file of that name.
    private func name(_ naming: ArticleNaming) throws(FileError) {
        switch naming.kind {
        case .new:
            guard !AtomicFile.isThere(naming.to) else { throw .exists(path: naming.to) }
            mailbox.post(.opened(.success(try files.open(ArticlePath.canonical(naming.to))), line: nil))
        case .untitled:
            let name = (naming.to as NSString).deletingPathExtension
            let free = (1...10_000).lazy.map { $0 == 1 ? naming.to : "\(name)-\($0).md" }.first { [files] in
                !AtomicFile.isThere($0) && files.locks?.isTaken($0) != true && !files.hasJournal(for: $0)
            }
            guard let free else { throw .exists(path: naming.to) }
            mailbox.post(.opened(.success(try files.open(ArticlePath.canonical(free))), line: nil))
        case .duplicate:
            try checkIsFree(naming)
            if files.locks?.isHeldElsewhere(naming.to) == true { throw .heldElsewhere(path: naming.to) }
            if naming.isOverwriting { versions.willSave(naming.to) }
            mailbox.post(.disk(.named(naming, .done(try write(naming)))))
        case .saveAs, .rename, .nameOnly:
            try take(naming.to)
            do throws(FileError) {
                mailbox.post(.disk(.named(naming, .done(try given(naming)))))
            } catch {
                files.locks?.release(naming.to)
                throw error
            }
        }
    }

    /// Gives the article its name, which is this Longhand's already.
    private func given(_ naming: ArticleNaming) throws(FileError) -> FileStamp? {
        switch naming.kind {
        case .rename:
            try AtomicFile.rename(naming.from, to: naming.to)
            versions.follow(naming.from, to: naming.to)
            articles.follow(naming.from, to: naming.to)
            return files.stamp(of: naming.to)
        case .saveAs:
            try checkIsFree(naming)
            if naming.isOverwriting { versions.willSave(naming.to) }
            return try write(naming)
        default: return nil
        }
    }

    private func checkIsFree(_ naming: ArticleNaming) throws(FileError) {
        // What can't be replaced isn't asked about.
        if let obstacle = RegularFile.obstacle(at: naming.to) { throw FileError(obstacle, reading: naming.to) }
        guard naming.isOverwriting || !AtomicFile.isThere(naming.to) else { throw .exists(path: naming.to) }
    }

    private func write(_ naming: ArticleNaming) throws(FileError) -> FileStamp {
        let stamp = try files.save(
            naming.text, to: naming.to, format: naming.format, expecting: naming.isOverwriting ? .anything : .nothing)
        versions.didSave(naming.to, isAsked: true)
        return stamp
    }

    /// Takes the right to write an article that is to be.
    private func take(_ path: String) throws(FileError) {
        switch files.locks?.take(path) {
        case .held: throw .heldElsewhere(path: path)
        case .openAs(let other): throw .openAs(path: path, other: other)
        case .taken, .unavailable, nil: break
        }
    }

    private func takeOver(_ check: FileCheck) {
        guard let locks = files.locks else { return }
        let path = check.path
        switch locks.take(path) {
        case .held(let lockOwner):
            mailbox.post(.disk(.takenOver(path: path, lockOwner: lockOwner, isReadOnly: true, journal: nil)))
        case .taken, .openAs, .unavailable:
            // What the other wrote last is there before the first key can change anything.
            let finding = examine(check)
            mailbox.post(.disk(.examined(check, finding)))
            let isReadOnly = files.stamp(of: path) != nil && access(path, W_OK) != 0
            let text: Text =
                switch finding {
                case .same(let file), .changed(let file, _): file.text
                case .gone, .failed: Text()
                }
            mailbox.post(
                .disk(
                    .takenOver(
                        path: path, lockOwner: nil, isReadOnly: isReadOnly,
                        journal: files.recovered(for: path, file: text))))
        }
    }

    private func examine(_ check: FileCheck) -> FileFinding {
        do throws(FileError) {
            guard let file = try settled(check) else { return .gone }
            if check.purpose != .rereading, file.text == check.known { return .same(file) }
            return .changed(file, ChangeSet.difference(from: check.text, to: file.text))
        } catch {
            return .failed(Failure(error))
        }
    }

    /// The file once nobody is in the middle of writing it, as far as can be seen: it is there, was not changed just now, and not while it was read.
    private func settled(_ check: FileCheck) throws(FileError) -> FileReading? {
        var last: FileReading?
        for attempt in 0..<20 {
            if attempt > 0 { usleep(50_000) }
            guard let stamp = files.stamp(of: check.path) else {
                // Some programs delete a file before they write it.
                if attempt < 3 { continue }
                return nil
            }
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            // A file may bear any date.
            let (age, isBeyond) = FileTime.nanoseconds(now).subtractingReportingOverflow(stamp.modifiedNanoseconds)
            if !isBeyond, (0..<80_000_000).contains(age) { continue }
            last = try files.reading(check.path, likely: check.encoding)
            if last?.stamp == stamp, files.stamp(of: check.path) == stamp { return last }
        }
        // Written without end: as it is.
        if let last { return last }
        return try files.reading(check.path, likely: check.encoding)
    }

    func finish() {
        watch.stop()
        queue.sync {}
        files.locks?.releaseAll()
    }
}
