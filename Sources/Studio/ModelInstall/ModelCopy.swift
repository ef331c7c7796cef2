import Embedding
import Foundation

/// Copies a model out of a local folder, file by file and by content: in the caches of other tools the
/// files are symbolic links, and a copied link would break when that cache is cleaned.
package struct ModelCopy {
    package let source: String
    package let name: String
    package let progress: InstallProgress

    package init(source: String, name: String, progress: InstallProgress) {
        self.source = source
        self.name = name
        self.progress = progress
    }

    /// - Throws: `ModelError`, `ModelInstallError`.
    package func run(into folder: String) throws {
        // What it declares is checked before gigabytes are copied.
        _ = try ModelDirectory(path: source)
        var files = ModelParts.declarations.map(\.path)
        files += try ModelParts.moduleFiles(in: source)
        for file in files { _ = try copy(file, into: folder) }
        if try !copy(ModelParts.weights, into: folder) {
            guard try copy(ModelParts.weightsIndex, into: folder) else {
                let hasPickle = FileManager.default.fileExists(atPath: source + "/" + ModelParts.pickle)
                throw ModelInstallError.noWeights(repository: source, hasPickle: hasPickle)
            }
            let shards = try ModelParts.shards(in: folder)
            for shard in shards where try !copy(shard, into: folder) {
                throw ModelError.missing(path: source + "/" + shard)
            }
            try ShardMerge.merge(shards, in: folder)
        }
        progress.show("checking \(name)")
        _ = try ModelCheck.open(folder, as: name)
        let hash = try ModelCheck.sha256(folder + "/" + ModelParts.weights, isCancelled: progress.isCancelled)
        try ModelOrigin(sha256: hash).write(in: folder)
    }

    /// Copies one file; false where there is none.
    private func copy(_ path: String, into folder: String) throws -> Bool {
        let from = source + "/" + path
        // Not blocking: opening a pipe would wait for its writer.
        let input = open(from, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard input >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return false }
            throw ModelError.unreadable(path: from, reason: String(cString: strerror(errno)))
        }
        defer { close(input) }
        var info = stat()
        guard fstat(input, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
            throw ModelInstallError.notAFile(path: from)
        }
        let to = folder + "/" + path
        try ModelStore.makeFolder((to as NSString).deletingLastPathComponent)
        let output = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard output >= 0 else { throw failure(to) }
        defer { close(output) }
        try copy(from: input, to: output, reading: from, writing: to, size: Int(info.st_size))
        return true
    }

    private func copy(from input: Int32, to output: Int32, reading: String, writing: String, size: Int) throws {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var done = 0
        while true {
            if progress.isCancelled() { throw ModelError.cancelled }
            let count = Foundation.read(input, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw ModelError.unreadable(path: reading, reason: String(cString: strerror(errno)))
            }
            if count == 0 { break }
            var written = 0
            while written < count {
                let got = buffer.withUnsafeBytes {
                    Foundation.write(output, $0.baseAddress! + written, count - written)
                }
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { throw failure(writing) }
                written += got
            }
            done += count
            progress.show("\((reading as NSString).lastPathComponent): \(done / 1_000_000) of \(size / 1_000_000) MB")
        }
        guard fsync(output) == 0 else { throw failure(writing) }
    }

    private func failure(_ path: String) -> ModelInstallError {
        .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
}
