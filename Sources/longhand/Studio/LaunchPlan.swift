import ArticleFiles
import Configuration
import Foundation
import TextCore
import Workbench

/// The articles a session begins with: the first is read at once, the others once the screen is there.
struct LaunchPlan {
    let first: OpenedFile
    private let position: ArticlePosition?
    private let line: Int?
    private let others: [ArticlePosition]
    private let before: Int

    /// - Throws: `FileError` where the article named, or the project's own, can't be read.
    init(_ words: LaunchArguments, project: Project, settings: Settings, session: SessionRecord?, files: FileStore)
        throws
    {
        guard project.article == nil else {
            line = words.named[0].line
            position = nil
            before = 0
            first = try files.open(try project.articlePath(settings: settings), session: session)
            var seen: Set<String> = [first.editor.path]
            others = try words.named.dropFirst().compactMap { named in
                let absolute =
                    named.path.hasPrefix("/") ? named.path : FileManager.default.currentDirectoryPath + "/" + named.path
                let path = ArticlePath.canonical((absolute as NSString).standardizingPath)
                guard FileManager.default.fileExists(atPath: (path as NSString).deletingLastPathComponent) else {
                    throw ConfigurationError.notFound(path: named.path)
                }
                guard seen.insert(path).inserted else { return nil }
                return ArticlePosition(
                    path: path, selection: Selection(0), line: named.line, encoding: session?.encoding(of: path))
            }
            return
        }
        line = words.line ?? words.named.first?.line
        // What was open last, but for what is gone since. Nothing of it may keep the studio from opening.
        for index in Self.order(session) {
            guard let session, let file = try? files.open(session.articles[index].path, session: session),
                file.editor.stamp != nil || file.journal != nil
            else { continue }
            let others = session.articles.enumerated().filter {
                $0.offset != index
                    && (files.stamp(of: $0.element.path) != nil || files.hasJournal(for: $0.element.path))
            }
            first = file
            position = session.articles[index]
            before = others.count { $0.offset < index }
            self.others = others.map(\.element)
            return
        }
        first = try files.open(try project.articlePath(settings: settings), session: session)
        position = nil
        others = []
        before = 0
    }

    /// The articles of a session, the active one first.
    private static func order(_ session: SessionRecord?) -> [Int] {
        guard let session else { return [] }
        let indices = Array(session.articles.indices)
        return indices.filter { $0 == session.active } + indices.filter { $0 != session.active }
    }

    /// What the studio begins with.
    func state(recent: [String], problems: [Failure]) -> LaunchState {
        var state = LaunchState(first: first)
        state.position = position
        state.line = line
        state.others = others
        state.before = before
        state.recent = recent
        state.problems = problems
        return state
    }
}

extension SessionRecord {
    /// What the writer said a file is, the last time.
    fileprivate func encoding(of path: String) -> FileEncoding? { articles.first { $0.path == path }?.encoding }
}

extension FileStore {
    fileprivate func open(_ path: String, session: SessionRecord?) throws(FileError) -> OpenedFile {
        try open(path, as: session?.encoding(of: path).map { .kept($0) })
    }
}
