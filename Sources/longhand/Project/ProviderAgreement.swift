import ArticleFiles
import Configuration
import FileAccess
import Foundation
import Notes

/// The writer's word that requests about one project may go to the address, with the key, that the project's own file
/// names. It is kept with the state of the program, where a project can't bring it along.
struct ProviderAgreement: Sendable {
    /// All that the writer was shown. Another address, key or model is another thing, and asked about anew.
    struct AgreedTerms: Codable, Equatable, Sendable {
        var address: String
        var key: String
        var model: String
    }

    private struct Record: Codable {
        var version = 1
        var agreed: [AgreedTerms]
    }

    let terms: AgreedTerms
    /// Where it is kept.
    let path: String
    /// Whether the profile is the writer's own, which needs no agreement.
    let isNeeded: Bool

    /// More than anyone agrees to in one project; the oldest go.
    private static let most = 64

    init(_ profile: ProviderProfile, project: Project, paths: Paths) {
        terms = AgreedTerms(address: profile.baseURL, key: profile.key.said, model: profile.model)
        path = paths.state + "/providers/" + ProjectLayout.libraryID(root: project.root) + ".json"
        isNeeded = profile.isOfProject
    }

    /// - Throws: `FileError` where there is a record that can't be read. A damaged one is none: the writer is asked again.
    private func agreed() throws(FileError) -> [AgreedTerms] {
        do throws(RegularFile.Failure) {
            let bytes = try RegularFile.read(path, atMost: 1 << 16)
            // A damaged record is none: the writer is asked again, which is the safe side.
            return (try? JSONDecoder().decode(Record.self, from: Data(bytes)))?.agreed ?? []
        } catch .absent {
            return []
        } catch {
            throw FileError(error, reading: path)
        }
    }

    /// What can't be read is no agreement.
    var isGiven: Bool { !isNeeded || (try? agreed().contains(terms)) == true }

    /// - Throws: `FileError`.
    func give() throws {
        let folder = (path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw FileError.cannotWrite(path: folder, reason: "the folder cannot be made")
        }
        let all = (try agreed().filter { $0 != terms } + [terms]).suffix(Self.most)
        try AtomicFile.write(Array(try JSONEncoder().encode(Record(agreed: Array(all)))), to: path)
    }
}

extension Settings.KeySetting {
    /// Where the key comes from, in words. Of a command only that it is one: it may hold a secret.
    var said: String {
        switch self {
        case .none: "no key"
        case .environment(let name): "the key in your environment variable \(name)"
        case .command: "the key that a command prints"
        }
    }
}
