import ArticleFiles
import Dispatch
import TextCore
import Workbench

/// Writes finished articles.
final class ExportingService: Sendable {
    private let mailbox: Mailbox
    private let files: FileStore
    /// Where files are opened and saved.
    private let fileQueue: DispatchQueue

    init(mailbox: Mailbox, files: FileStore, fileQueue: DispatchQueue) {
        self.mailbox = mailbox
        self.files = files
        self.fileQueue = fileQueue
    }

    func run(_ effect: ExportingEffect) {
        guard case .export(let path, let text) = effect else { return }
        fileQueue.async { [self] in
            do throws(FileError) {
                mailbox.post(.exporting(.exported(.success(try export(path, text)))))
            } catch {
                mailbox.post(.exporting(.exported(.failure(Failure(error)))))
            }
        }
    }

    private func export(_ path: String, _ text: Text) throws(FileError) -> String {
        let target = ArticleExport.defaultTarget(for: path)
        let result = ArticleExport(text.string, article: path, root: files.root, target: target)
        // A pipe that nobody reads would hold up what else is to be done here.
        try result.write(to: target, isChosen: false, keeping: files.saves, waits: false)
        let remark = result.problems.first.map { " (\($0))" } ?? ""
        return (files.relativePath(of: target) ?? target) + remark
    }
}
