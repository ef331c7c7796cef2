import Configuration
import Foundation

/// The folder of installed models: a folder each, and beside them, hidden, those that aren't whole yet.
///
/// `ModelInstall` fetches and copies embedding models, checks them, and keeps them there.
package struct ModelStore {
    package let root: String

    /// - Throws: `ConfigurationError.noHome`.
    package init(environment: [String: String] = ProcessInfo.processInfo.environment) throws(ConfigurationError) {
        root = try Paths.ofUser(environment: environment).models
    }

    /// Where the model called `name` is or would be.
    ///
    /// - Throws: `ModelInstallError.badName` for a name that isn't one folder's.
    package func path(of name: String) throws(ModelInstallError) -> String {
        let isPlain = name.utf8.allSatisfy {
            $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\")
        }
        guard !name.isEmpty, isPlain, !name.hasPrefix("."), !name.hasPrefix("-"), name.utf8.count <= 200 else {
            throw .badName(name)
        }
        return root + "/" + name
    }

    /// The folder of a model that is there.
    ///
    /// - Throws: `ModelInstallError.notInstalled`, `.badName`.
    package func installedPath(of name: String) throws(ModelInstallError) -> String {
        let path = try path(of: name)
        guard FileManager.default.fileExists(atPath: path) else { throw .notInstalled(name, installed: installed) }
        return path
    }

    /// The names of the models that are there, in order.
    package var installed: [String] {
        // The folder isn't there before the first model is installed.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return names.filter {
            !$0.hasPrefix(".") && FileManager.default.fileExists(atPath: root + "/\($0)/config.json")
        }.sorted()
    }

    /// Where the model grows until it is whole. It stays between runs, so that a pull can go on.
    package func partialPath(of name: String) -> String { root + "/." + name + ".partial" }

    /// Takes the model for this process; see `ModelLock.take`.
    package func lock(_ name: String, onWait: () -> Void, isCancelled: () -> Bool) throws(ModelInstallError)
        -> ModelLock
    {
        try Self.makeFolder(root)
        return try ModelLock.take(root + "/." + name + ".lock", name: name, onWait: onWait, isCancelled: isCancelled)
    }

    /// Makes a folder and those above it.
    package static func makeFolder(_ path: String) throws(ModelInstallError) {
        var made = path.hasPrefix("/") ? "" : "."
        for step in path.split(separator: "/") {
            made += "/" + step
            guard mkdir(made, 0o755) != 0, errno != EEXIST else { continue }
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        var info = stat()
        guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else {
            throw .cannotWrite(path: path, reason: "a part of it is a file, not a folder")
        }
    }

    /// Deletes a folder and all in it; one that isn't there is no matter.
    package func discard(_ path: String) throws(ModelInstallError) {
        // What can't even be looked at can't be deleted: what needs its place fails then, and says why.
        guard (try? FileManager.default.attributesOfItem(atPath: path)) != nil else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw .cannotWrite(path: path, reason: "it can't be removed")
        }
    }

    /// Gives a whole, checked model its name. One that was there before is put aside first and deleted
    /// last, so that at no time half a model has the name.
    package func install(_ partial: String, as name: String) throws(ModelInstallError) {
        let target = try path(of: name)
        let old = root + "/." + name + ".old"
        try discard(old)
        let hadOld = rename(target, old) == 0
        guard rename(partial, target) == 0 else {
            let reason = String(cString: strerror(errno))
            if hadOld { rename(old, target) }
            throw .cannotWrite(path: target, reason: reason)
        }
        let folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
        try discard(old)
    }
}
