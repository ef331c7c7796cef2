import Embedding
import Foundation
import Testing

@testable import ModelInstall

/// The folder of models: what may be a name, what comes to stand there, and which files make up a model.
@Suite struct ModelStoreTests {
    private let home = FileManager.default.temporaryDirectory.appending(
        path: "longhand-models-\(UInt64.random(in: 0 ... .max))"
    ).path

    private func store() throws -> ModelStore { try ModelStore(environment: ["HOME": home]) }

    @Test func namesAreThoseOfOneFolder() throws {
        let store = try store()
        #expect(try store.path(of: "词-1.5") == store.root + "/词-1.5")
        for name in ["", ".", "..", ".x", "-x", "a/b", "a\\b", "a b", "a\u{7F}", String(repeating: "x", count: 201)] {
            #expect(throws: ModelInstallError.badName(name)) { try store.path(of: name) }
        }
    }

    @Test func aWholeModelTakesTheOldOnesPlace() throws {
        defer { try? FileManager.default.removeItem(atPath: home) }
        let store = try store()
        for text in ["one", "two"] {
            let partial = store.partialPath(of: "m")
            try ModelStore.makeFolder(partial)
            try Data(text.utf8).write(to: URL(filePath: partial + "/config.json"))
            try store.install(partial, as: "m")
            #expect(store.installed == ["m"])
            #expect(try String(contentsOfFile: store.installedPath(of: "m") + "/config.json", encoding: .utf8) == text)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: store.root) == ["m"])
        #expect(throws: ModelInstallError.notInstalled("n", installed: ["m"])) { try store.installedPath(of: "n") }
    }

    @Test func oneProcessHasAModelAtATime() throws {
        defer { try? FileManager.default.removeItem(atPath: home) }
        let store = try store()
        var first: ModelLock? = try store.lock("m", onWait: {}, isCancelled: { false })
        var waited = 0
        #expect(throws: ModelInstallError.interrupted(name: "m")) {
            try store.lock("m", onWait: { waited += 1 }, isCancelled: { waited > 0 })
        }
        #expect(waited == 1 && first != nil)
        first = nil
        _ = try store.lock("m", onWait: { waited += 1 }, isCancelled: { true })
        #expect(waited == 1)
    }

    @Test func partsThatWouldLieElsewhereAreRefused() throws {
        defer { try? FileManager.default.removeItem(atPath: home) }
        try ModelStore.makeFolder(home)
        for path in ["../x", "/x", "a/../b", ".hidden", "a//b", "a\\b"] { #expect(!ModelParts.isSafe(path)) }
        #expect(ModelParts.isSafe("1_Pooling"))
        #expect(try ModelParts.moduleFiles(in: home) == ["1_Pooling/config.json"])
        let index = #"{"weight_map":{"a":"b.safetensors","c":"sub/d.safetensors"}}"#
        try Data(index.utf8).write(to: URL(filePath: home + "/" + ModelParts.weightsIndex))
        #expect(throws: ModelError.self) { try ModelParts.shards(in: home) }
    }
}
