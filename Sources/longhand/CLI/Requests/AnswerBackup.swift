import ArticleFiles
import Configuration

/// Where a text of one request is kept that has no other place.
struct AnswerBackup {
    private let store: AnswerStore
    private let name: String

    init(_ paths: Paths, _ name: String) {
        store = AnswerStore(folder: paths.state + "/answers")
        self.name = name
    }

    /// - Returns: the file's path.
    func keep(_ text: String) throws(FileError) -> String { try store.keep(text, as: name) }
}
