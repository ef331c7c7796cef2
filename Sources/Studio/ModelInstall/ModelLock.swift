import ArticleFiles
import Foundation

/// Keeps two processes from installing one model at a time. Let go when the value goes, and by the
/// system when the process does.
package final class ModelLock {
    private let descriptor: Int32
    private let path: String

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        // While it is still held, so that nobody can be between opening and locking what is removed
        // without noticing: see `LockFile.isCurrent`.
        unlink(path)
        close(descriptor)
    }

    /// Takes the lock, waiting for another process to let it go.
    ///
    /// - Parameter onWait: called once, when there is somebody to wait for.
    /// - Throws: `ModelInstallError.cannotWrite`; `.interrupted` once `isCancelled` says yes.
    package static func take(
        _ path: String, name: String, onWait: () -> Void, isCancelled: () -> Bool
    ) throws(ModelInstallError) -> ModelLock {
        var hasSaid = false
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
                let lock = ModelLock(descriptor: descriptor, path: path)
                if LockFile.isCurrent(descriptor, path) { return lock }
                continue
            }
            close(descriptor)
            if isCancelled() { throw .interrupted(name: name) }
            if !hasSaid { onWait() }
            hasSaid = true
            usleep(100_000)
        }
    }
}
