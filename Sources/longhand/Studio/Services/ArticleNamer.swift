import ArticleFiles
import FileAccess
import Foundation
import TextCore
import Workbench

/// Begins articles, and gives them other names.
///
/// It takes the lock of the new name, writes or renames the file only where no file of that name is, and has the
/// versions and the undo history follow. `SavingUpdate+Naming` then moves the editor; the new journal has what isn't
/// saved before the old one goes.
struct ArticleNamer {
    let mailbox: Mailbox
    let files: FileStore
    let versions: VersionsService
    let articles: ArticlesService

    /// - Throws: `FileError.exists` where nothing was done since there is a file of that name.
    func name(_ naming: ArticleNaming) throws(FileError) {
        switch naming.kind {
        case .new:
            guard !AtomicFile.isThere(naming.to) else { throw .exists(path: naming.to) }
            mailbox.post(.saving(.opened(.success(try files.open(ArticlePath.canonical(naming.to))), line: nil)))
        case .untitled:
            let name = (naming.to as NSString).deletingPathExtension
            let free = (1...10_000).lazy.map { $0 == 1 ? naming.to : "\(name)-\($0).md" }.first { [files] in
                !AtomicFile.isThere($0) && files.locks?.isTaken($0) != true && !files.hasJournal(for: $0)
            }
            guard let free else { throw .exists(path: naming.to) }
            mailbox.post(.saving(.opened(.success(try files.open(ArticlePath.canonical(free))), line: nil)))
        case .duplicate:
            try checkIsFree(naming)
            if files.locks?.isHeldElsewhere(naming.to) == true { throw .heldElsewhere(path: naming.to) }
            if naming.isOverwriting { versions.willSave(naming.to) }
            mailbox.post(.saving(.named(naming, .done(try write(naming)))))
        case .saveAs, .rename, .nameOnly:
            try take(naming.to)
            do throws(FileError) {
                mailbox.post(.saving(.named(naming, .done(try given(naming)))))
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
}
