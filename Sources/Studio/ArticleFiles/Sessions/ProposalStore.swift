import Diagnostics
import Foundation
import Retrieval
import Review

/// Proposals that wait, among the program's state: a JSON file an article, only for its owner, replaced whole or not at all.
///
/// What can't be read is put aside, so that the next one kept doesn't replace it. The path is the article's name.
package struct ProposalStore {
    package let folder: String

    package init(folder: String) { self.folder = folder }

    private struct Format: Decodable { var format: Int }

    package func keep(_ proposal: StoredProposal<Passage>) throws(FileError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let filePath = filePath(of: proposal.article)
        let bytes: Data
        do { bytes = try encoder.encode(proposal) } catch {
            throw .cannotWrite(path: filePath, reason: "it can't be encoded")
        }
        StateName.makeFolder(folder)
        try AtomicFile.write(Array(bytes), to: filePath, isPrivate: true)
    }

    /// The proposal kept for the article at `path`; nil where there is none.
    ///
    /// - Throws: `FileError` where it can't be read, `ProposalError` where it can't be understood.
    package func recall(for path: String) throws -> StoredProposal<Passage>? {
        let filePath = filePath(of: path)
        guard let bytes = try AtomicFile.read(filePath) else { return nil }
        let decoder = JSONDecoder()
        do {
            let format = try decoder.decode(Format.self, from: Data(bytes)).format
            guard format <= StoredProposal<Passage>.currentFormat else {
                throw ProposalError.newer(article: path, filePath: try quarantine(filePath))
            }
            let kept = try decoder.decode(StoredProposal<Passage>.self, from: Data(bytes))
            // Another article's, whose name comes to the same: it isn't this one's.
            return kept.article == path ? kept : nil
        } catch is DecodingError {
            throw ProposalError.damaged(article: path, filePath: try quarantine(filePath))
        }
    }

    /// - Throws: `FileError` where it is there still.
    package func remove(for path: String) throws(FileError) {
        let filePath = filePath(of: path)
        guard unlink(filePath) != 0, errno != ENOENT else { return }
        throw .cannotWrite(path: filePath, reason: String(cString: strerror(errno)))
    }

    private func quarantine(_ filePath: String) throws(FileError) -> String {
        var aside = filePath + ".aside"
        var number = 2
        while access(aside, F_OK) == 0 {
            aside = "\(filePath).aside-\(number)"
            number += 1
        }
        guard rename(filePath, aside) == 0 else {
            throw .cannotWrite(path: aside, reason: String(cString: strerror(errno)))
        }
        return aside
    }

    private func filePath(of path: String) -> String { "\(folder)/\(StateName.of(path)).json" }
}
