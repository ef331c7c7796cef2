import ArticleFiles
import Dispatch
import Foundation
import TextCore
import Workbench

/// Opens, saves and watches the files of articles, with their journals.
final class SavingService: Sendable {
    private let mailbox: Mailbox
    private let files: FileStore
    private let watch: ArticleWatch
    private let journals: JournalKeeper
    private let versions: VersionsService
    private let examiner: FileExaminer
    private let namer: ArticleNamer
    /// Where files are opened and saved: what is freed and opened again at once stays in order.
    private let fileQueue: DispatchQueue
    private let lookQueue = DispatchQueue(label: "longhand.disk", qos: .userInitiated)

    init(
        mailbox: Mailbox, files: FileStore, fileQueue: DispatchQueue, journals: JournalKeeper,
        versions: VersionsService, articles: ArticlesService
    ) {
        self.mailbox = mailbox
        self.files = files
        self.fileQueue = fileQueue
        self.journals = journals
        self.versions = versions
        examiner = FileExaminer(files: files)
        namer = ArticleNamer(mailbox: mailbox, files: files, versions: versions, articles: articles)
        watch = ArticleWatch(stamp: { files.stamp(of: $0) }, report: { mailbox.post(.saving(.seen($0))) })
    }

    func run(_ effect: SavingEffect) {
        switch effect {
        case .save(let path, let text, let version, let format, let expecting, let isAsked):
            fileQueue.async { [self] in
                versions.willSave(path)
                journals.willSave(path, text, version: version)
                let result = save(text, to: path, format, expecting)
                mailbox.post(.saving(.saved(path: path, version: version, result)))
                if case .success = result { versions.didSave(path, isAsked: isAsked) }
            }
        case .open(let path, let line): fileQueue.async { [self] in open(path, line: line) }
        case .openAs(let file, let choice):
            fileQueue.async { [self] in
                do throws(FileError) {
                    let opened = try files.open(file.path, as: choice)
                    mailbox.post(.saving(.opened(.success(opened), line: file.target)))
                } catch {
                    mailbox.post(.saving(.opened(.failure(Failure(error)), line: nil)))
                }
            }
        case .writeCopy(let path, let text, let format, let overwriting):
            fileQueue.async { [self] in
                do throws(FileError) {
                    guard overwriting || files.stamp(of: path) == nil else { throw .exists(path: path) }
                    if files.locks?.isHeldElsewhere(path) == true { throw .heldElsewhere(path: path) }
                    _ = try files.save(text, to: path, format: format, expecting: .anything)
                    mailbox.post(.saving(.copied(.success(path))))
                } catch {
                    mailbox.post(.saving(.copied(.failure(Failure(error)))))
                }
            }
        case .journal(let path, let part): journals.write(part, for: path)
        case .removeJournal(let path): journals.remove(path)
        case .compareRecovered(let recovered): journals.compare(recovered)
        case .discardRecovered(let id): journals.discard(id: id)
        case .takeRecovered(let id, let path): journals.take(id: id, path: path)
        case .watch(let paths): watch.set(paths)
        case .look: watch.look()
        case .examine(let check):
            lookQueue.async { [self] in mailbox.post(.saving(.examined(check, examiner.examine(check)))) }
        case .compare(let path, let file, let text):
            lookQueue.async { [mailbox] in
                mailbox.post(.saving(.compared(path: path, TextDiff.between(file.string, text.string))))
            }
        case .name(let naming): fileQueue.async { [self] in name(naming) }
        case .release(let path): fileQueue.async { [files] in files.locks?.release(path) }
        case .takeOver(let check): fileQueue.async { [self] in takeOver(check) }
        }
    }

    private func save(
        _ text: Text, to path: String, _ format: FileFormat, _ expecting: FileExpectation
    ) -> Result<FileStamp, SaveFailure> {
        do throws(FileError) {
            return .success(try files.save(text, to: path, format: format, expecting: expecting))
        } catch .changedOnDisk {
            return .failure(.changedOnDisk)
        } catch {
            return .failure(.failed(Failure(error)))
        }
    }

    private func open(_ path: String, line: Int?) {
        do throws(FileError) {
            var file = try files.open(ArticlePath.canonical(path))
            file.editor.undecided?.target = line
            mailbox.post(.saving(.opened(.success(file), line: line)))
        } catch .openAs(let path, let other) {
            mailbox.post(.saving(.isOpenAs(path: path, other: other)))
        } catch {
            mailbox.post(.saving(.opened(.failure(Failure(error)), line: line)))
        }
    }

    private func name(_ naming: ArticleNaming) {
        do throws(FileError) { try namer.name(naming) } catch {
            if case .exists = error { return mailbox.post(.saving(.named(naming, .exists))) }
            mailbox.post(.saving(.named(naming, .failed(Failure(error)))))
        }
    }

    private func takeOver(_ check: FileCheck) {
        guard let locks = files.locks else { return }
        let path = check.path
        switch locks.take(path) {
        case .held(let lockOwner):
            mailbox.post(.saving(.takenOver(path: path, lockOwner: lockOwner, isReadOnly: true, journal: nil)))
        case .taken, .openAs, .unavailable:
            // What the other wrote last is there before the first key can change anything.
            let finding = examiner.examine(check)
            mailbox.post(.saving(.examined(check, finding)))
            let isReadOnly = files.stamp(of: path) != nil && access(path, W_OK) != 0
            let text: Text =
                switch finding {
                case .same(let file), .changed(let file, _): file.text
                case .gone, .failed: Text()
                }
            mailbox.post(
                .saving(
                    .takenOver(
                        path: path, lockOwner: nil, isReadOnly: isReadOnly,
                        journal: files.recovered(for: path, file: text))))
        }
    }

    /// Returns once what was given so far to the journals is on the disk.
    func settleJournals() { journals.settle() }

    /// Waits for what must not be lost: saves, then the journals.
    func finishWriting() {
        fileQueue.sync {}
        journals.finish()
    }

    /// Watches nothing any more, and leaves the files to others.
    func finish() {
        watch.stop()
        lookQueue.sync {}
        files.locks?.releaseAll()
    }
}
