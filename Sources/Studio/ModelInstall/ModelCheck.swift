import Embedding
import Foundation
import Hashing
import Kernels

/// Whether a folder holds a model that works.
package enum ModelCheck {
    /// Opens the model in `folder`, reads all its weights and has it encode a sentence.
    ///
    /// - Throws: `ModelError`; `ModelInstallError.badVector` where numbers come that are no vector.
    package static func open(_ folder: String, as name: String) throws -> Embedder {
        let directory = try ModelDirectory(path: folder)
        try directory.verifyWeights()
        let embedder = try Embedder(directory)
        let vectors = try embedder.encode(["A sentence to see whether it works."], as: .passage)
        let length = vectors.first?.reduce(0) { $0 + $1 * $1 } ?? 0
        guard vectors.first?.count == embedder.dimension, abs(length - 1) < 0.01 else {
            throw ModelInstallError.badVector(name: name)
        }
        return embedder
    }

    /// The SHA-256 of a file, in lower-case hexadecimal digits.
    package static func sha256(_ path: String, isCancelled: () -> Bool) throws -> String {
        do {
            let file = try MappedFile(path: path)
            var hash = ContentHash()
            // In pieces: a whole file at once could not be interrupted.
            var position = 0
            while position < file.count {
                if isCancelled() { throw ModelError.cancelled }
                let end = min(file.count, position + (64 << 20))
                hash.add(file, in: position..<end)
                position = end
            }
            return hash.hexadecimal()
        } catch let error as ModelError {
            throw error
        } catch {
            throw ModelError.missing(path: path)
        }
    }
}
