import ArticleFiles
import Dispatch
import Foundation
import Synchronization
import Workbench

/// Does what the workspace asks for about articles: lists of files, opening several, what is remembered of a session.
final class ArticlesService: Sendable {
    private let mailbox: Mailbox
    private let files: FileStore
    /// Nil where the one there is can't be read: it is not to be replaced.
    private let memory: SessionStore?
    private let undo: UndoStore
    /// Lists may take long on a slow disk, and nothing waits for them.
    private let listing = DispatchQueue(label: "longhand.listing", qos: .userInitiated)
    private let queue = DispatchQueue(label: "longhand.articles", qos: .userInitiated)
    private let stopping = CancelFlag()
    /// The articles whose kept history can't be read: it stays as it is.
    private let unreadable = Mutex<Set<String>>([])

    init(mailbox: Mailbox, files: FileStore, memory: SessionStore?, undo: UndoStore) {
        self.mailbox = mailbox
        self.files = files
        self.memory = memory
        self.undo = undo
    }

    func run(_ effect: ArticlesEffect) {
        switch effect {
        case .listProject:
            listing.async { [self] in
                let found = ProjectFiles.all(below: files.root, isCancelled: { stopping.isRaised })
                mailbox.post(.articles(.project(found)))
            }
        case .listFolder(let ticket, let typed, let path):
            listing.async { [self] in
                do throws(FolderProblem) {
                    mailbox.post(.articles(.folder(ticket, typed: typed, entries: try ProjectFiles.entries(of: path))))
                } catch {
                    mailbox.post(.articles(.folder(ticket, typed: typed, entries: [], problem: error)))
                }
            }
        case .open(let positions, let before): queue.async { [self] in open(positions, before: before) }
        case .remember(let record): remember(record)
        case .keepUndo(let path, let document):
            queue.async { [self] in
                guard !unreadable.withLock({ $0.contains(path) }) else { return }
                do throws(FileError) { try undo.keep(document, for: path) } catch {
                    mailbox.post(.failed(Failure(error)))
                }
            }
        case .recallUndo(let path, let text):
            queue.async { [self] in
                guard !stopping.isRaised else { return }
                do throws(FileError) {
                    if let history = try undo.recall(for: path, text) {
                        mailbox.post(.articles(.undo(path: path, history)))
                    }
                } catch {
                    _ = unreadable.withLock { $0.insert(path) }
                    mailbox.post(
                        .failed(
                            Failure(
                                message: "What can be undone of earlier sessions stays as it is: "
                                    + Failure(error).message)))
                }
            }
        }
    }

    /// The article is called otherwise: what can be undone in it goes along.
    func follow(_ from: String, to: String) {
        queue.async { [self] in
            unreadable.withLock { if $0.remove(from) != nil { $0.insert(to) } }
            undo.move(from, to: to)
        }
    }

    private func open(_ positions: [ArticlePosition], before: Int) {
        var opened: [(file: OpenedFile, position: ArticlePosition, isBefore: Bool)] = []
        var problem: Failure?
        for (index, position) in positions.enumerated() where !stopping.isRaised {
            do throws(FileError) {
                let file = try files.open(position.path, as: position.encoding.map { .kept($0) })
                opened.append((file, position, index < before))
            } catch .openAs {
                // Named twice, by two of its names.
                continue
            } catch {
                problem = problem ?? Failure(error)
            }
        }
        mailbox.post(.articles(.opened(opened, problem: problem)))
    }

    func remember(_ record: SessionRecord) {
        queue.async { [self] in
            do throws(FileError) { try memory?.remember(record) } catch { mailbox.post(.failed(Failure(error))) }
        }
    }

    /// Waits for what must not be lost.
    func finish() {
        stopping.raise()
        queue.sync {}
    }
}
