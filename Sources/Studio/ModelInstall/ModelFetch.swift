import Embedding
import Foundation
import Transfer

/// Fetches one model from an endpoint into a folder, and checks it there.
///
/// The small files that declare what the model is come first, so that one Longhand can't use is refused
/// before its weights are fetched. The folder stays when the connection or the program ends, and the next
/// run goes on: the weights by range, where the endpoint still has the same version of them.
///
/// All files are of the commit that the first answer named. `HTTPClient.download` continues a part by range and
/// entity tag, and holds the whole against the list's hash or what the endpoint itself announced (`Hub.promise`: on
/// its redirect a Hugging Face endpoint says the SHA-256 and the length of a large file). `Backoff` decides what is
/// tried again. `ShardMerge` joins shards, and `ModelCheck` opens the model and has it encode.
package struct ModelFetch {
    package let hub: Hub
    package let repository: String
    /// A branch, a tag or a commit.
    package let revision: String
    /// The model's name here.
    package let name: String
    /// The expected hash of model.safetensors; nil to believe what the endpoint announces.
    package let sha256: String?
    package let progress: InstallProgress

    private let client = HTTPClient()

    /// The most a declaration may have in bytes. A vocabulary of many languages has 17 MB.
    private static let declarationLimit = 128 << 20

    package init(
        hub: Hub, repository: String, revision: String, name: String, sha256: String?, progress: InstallProgress
    ) {
        self.hub = hub
        self.repository = repository
        self.revision = revision
        self.name = name
        self.sha256 = sha256
        self.progress = progress
    }

    /// Fills `folder` with a whole model that was opened once.
    ///
    /// - Throws: `ModelInstallError`, `TransferError`, `ModelError`.
    package func run(into folder: String) throws {
        var origin = ModelOrigin(repository: repository, revision: revision)
        var pinned = revision
        for part in ModelParts.declarations {
            let heads = try fetch(part.path, at: pinned, into: folder, isRequired: part.isRequired)
            // Later files are of the same commit, though somebody pushes meanwhile.
            if let commit = heads.flatMap({ Hub.commit($0) }), origin.commit == nil {
                origin.commit = commit
                pinned = commit
            }
        }
        for path in try ModelParts.moduleFiles(in: folder) {
            _ = try fetch(path, at: pinned, into: folder, isRequired: false)
        }
        _ = try ModelDirectory(path: folder)
        try fetchWeights(at: pinned, into: folder)
        progress.show("checking \(name)")
        _ = try ModelCheck.open(folder, as: name)
        origin.sha256 = try ModelCheck.sha256(folder + "/" + ModelParts.weights, isCancelled: progress.isCancelled)
        try origin.write(in: folder)
    }

    private func fetchWeights(at revision: String, into folder: String) throws {
        if try fetch(ModelParts.weights, at: revision, into: folder, isRequired: false, sha256: sha256) != nil {
            return
        }
        if try fetch(ModelParts.weightsIndex, at: revision, into: folder, isRequired: false) != nil {
            let shards = try ModelParts.shards(in: folder)
            for shard in shards { _ = try fetch(shard, at: revision, into: folder, isRequired: true) }
            progress.show("joining \(shards.count) shards")
            return try ShardMerge.merge(shards, in: folder)
        }
        // That there are no weights to use is the error; this only adds to what is said of it.
        let pickle = try? head(ModelParts.pickle, at: revision)
        throw ModelInstallError.noWeights(repository: repository, hasPickle: pickle?.isSuccess == true)
    }

    /// Fetches one file, and returns what the endpoint said of it; nil where it isn't there and needn't be.
    private func fetch(
        _ path: String, at revision: String, into folder: String, isRequired: Bool, sha256: String? = nil
    ) throws -> [HTTPHead]? {
        let target = folder + "/" + path
        try ModelStore.makeFolder((target as NSString).deletingLastPathComponent)
        let isLarge = path.hasSuffix(".safetensors")
        if isLarge, try isHere(path, at: revision, target, sha256) { return [] }
        let failure: TransferError
        do throws(TransferError) {
            let limit = isLarge ? 64 << 30 : Self.declarationLimit
            return try download(path, at: revision, to: target, sha256: sha256, limit: limit).ownHeads
        } catch {
            failure = error
        }
        switch failure {
        case .httpStatus(_, 404, _, _):
            guard !isRequired else {
                throw ModelInstallError.noSuchRepository(repository, revision: self.revision, host: hub.host)
            }
            // What an earlier run of another revision left must not be taken for this one's.
            for suffix in ["", ".part", ".part.version"] { unlink(target + suffix) }
            return nil
        case .httpStatus(_, 401, _, _), .httpStatus(_, 403, _, _):
            throw ModelInstallError.refused(repository: repository, host: hub.host)
        case .cancelled:
            throw ModelInstallError.interrupted(name: name)
        default:
            throw failure
        }
    }

    /// Downloads, and tries again where that may help.
    private func download(
        _ path: String, at revision: String, to target: String, sha256: String?, limit: Int
    ) throws(TransferError) -> DownloadedFile {
        var backoff = Backoff()
        var meter = TransferMeter(path)
        var most = 0
        while true {
            let failure: TransferError
            do throws(TransferError) {
                return try client.download(
                    hub.url(repository, revision: revision, file: path), to: target, sha256: sha256,
                    options: DownloadOptions(headers: hub.headers, maximumBytes: limit, promised: Hub.promise),
                    progress: { received in
                        if received.received > most, most > 0 { backoff.progressed() }
                        most = max(most, received.received)
                        progress.show(meter.line(received))
                    },
                    isCancelled: progress.isCancelled)
            } catch {
                failure = error
            }
            guard let seconds = backoff.delay(after: failure) else { throw failure }
            if seconds >= 2 {
                progress.show("\(path): \(hub.host) wants a pause; again in \(Int(seconds.rounded(.up))) s")
            }
            try Backoff.wait(seconds, isCancelled: progress.isCancelled)
        }
    }

    /// Whether an earlier run fetched this large file already, and the endpoint still has the same.
    private func isHere(_ path: String, at revision: String, _ target: String, _ sha256: String?) throws -> Bool {
        guard FileManager.default.fileExists(atPath: target) else { return false }
        let answer = try head(path, at: revision)
        // An endpoint in trouble is no reason to throw away what is here.
        guard answer.isSuccess || answer.status == 404 else {
            throw TransferError.httpStatus(
                host: hub.host, code: answer.status, excerpt: "", retryAfter: answer.head.retryAfter)
        }
        let expected = sha256 ?? Hub.promise(answer.ownHeads).sha256
        let isSame =
            try answer.isSuccess
            && expected.map { try $0.lowercased() == ModelCheck.sha256(target, isCancelled: progress.isCancelled) }
                ?? false
        if !isSame { unlink(target) }
        return isSame
    }

    private func head(_ path: String, at revision: String) throws(TransferError) -> HTTPResponse {
        let url = hub.url(repository, revision: revision, file: path)
        return try client.send(
            HTTPRequest(url: url, method: "HEAD", headers: hub.headers, staysAtOrigin: false),
            isCancelled: progress.isCancelled,
            onBytes: { _ throws(TransferError) in })
    }
}
