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

    package func keep(_ proposal: KeptProposal<Passage>) throws(FileError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let place = place(of: proposal.article)
        let bytes: Data
        do { bytes = try encoder.encode(proposal) } catch { throw .cannotWrite(path: place, reason: "it can't be encoded") }
        StateName.makeFolder(folder)
        try AtomicFile.write(Array(bytes), to: place, isPrivate: true)
    }

    /// The proposal kept for the article at `path`; nil where there is none.
    ///
    /// - Throws: `FileError` where it can't be read, `ProposalError` where it can't be understood.
    package func recall(for path: String) throws -> KeptProposal<Passage>? {
        let place = place(of: path)
        guard let bytes = try AtomicFile.read(place) else { return nil }
        let decoder = JSONDecoder()
        do {
            let format = try decoder.decode(Format.self, from: Data(bytes)).format
            guard format <= KeptProposal<Passage>.currentFormat else { throw ProposalError.newer(article: path, place: try quarantine(place)) }
            let kept = try decoder.decode(KeptProposal<Passage>.self, from: Data(bytes))
            // Another article's, whose name comes to the same: it isn't this one's.
            return kept.article == path ? kept : nil
        } catch is DecodingError {
            throw ProposalError.damaged(article: path, place: try quarantine(place))
        }
    }

    /// - Throws: `FileError` where it is there still.
    package func remove(for path: String) throws(FileError) {
        let place = place(of: path)
        guard unlink(place) != 0, errno != ENOENT else { return }
        throw .cannotWrite(path: place, reason: String(cString: strerror(errno)))
    }

    private func quarantine(_ place: String) throws(FileError) -> String {
        var aside = place + ".aside"
        var number = 2
        while access(aside, F_OK) == 0 {
            aside = "\(place).aside-\(number)"
            number += 1
        }
        guard rename(place, aside) == 0 else { throw .cannotWrite(path: aside, reason: String(cString: strerror(errno))) }
        return aside
    }

    private func place(of path: String) -> String { "\(folder)/\(StateName.of(path)).json" }
}
