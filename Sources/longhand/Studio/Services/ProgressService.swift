import ArticleFiles
import Dispatch
import Workbench

/// Writes down how many words are written on which day.
final class ProgressService: Sendable {
    private let mailbox: Mailbox
    private let log: WritingLog
    private let root: String
    private let queue = DispatchQueue(label: "longhand.progress", qos: .utility)

    init(mailbox: Mailbox, log: WritingLog, root: String) {
        self.mailbox = mailbox
        self.log = log
        self.root = root
    }

    func run(_ effect: ProgressEffect) {
        queue.async { [self] in
            switch effect {
            case .record(let path, let change):
                do throws(FileError) { try log.add(change, to: path) } catch { mailbox.post(.failed(Failure(error))) }
            case .loadHistory:
                do throws(FileError) {
                    mailbox.post(.progress(.history(.success(try log.history(below: root)))))
                } catch {
                    mailbox.post(.progress(.history(.failure(Failure(error)))))
                }
            }
        }
    }

    /// Waits for what must not be lost.
    func finish() { queue.sync {} }
}
