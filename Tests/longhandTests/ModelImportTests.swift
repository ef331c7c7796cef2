import Foundation
import TestModels
import Testing

/// `longhand model import`, `list`, `verify`, `path` and `remove` on folders made here.
@Suite(.serialized) struct ModelImportTests {
    private let sandbox: Sandbox
    private var source: URL { sandbox.folder.appending(path: "source") }

    init() throws {
        sandbox = try Sandbox(article: "# A\n", model: false)
        try Sandbox.write(TinyModel().files, to: sandbox.folder.appending(path: "source"))
    }

    private func importing(_ more: [String] = []) throws -> Sandbox.Output {
        try sandbox.run(["model", "import", source.path] + more)
    }

    private var leftovers: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: sandbox.models.path)) ?? []).filter { $0.hasPrefix(".") }
    }

    @Test func aFolderIsCopiedUsedAndRemoved() throws {
        try Data("x".utf8).write(to: source.appending(path: "README.md"))
        let imported = try importing(["--name", "mine"])
        #expect(imported.status == 0, "\(imported.errors)")
        let path = try sandbox.run(["model", "path", "mine"])
        #expect(path.output == sandbox.models.appending(path: "mine").path + "\n")
        #expect(!FileManager.default.fileExists(atPath: sandbox.models.path + "/mine/README.md"))
        let verified = try sandbox.run(["model", "verify", "mine", "--json"])
        let json = try #require(try JSONSerialization.jsonObject(with: verified.bytes) as? [String: Any])
        #expect(json["version"] as? Int == 1 && json["dimensions"] as? Int == 8 && json["window"] as? Int == 64)
        #expect(try sandbox.run(["model", "remove", "mine"]).status == 0)
        let again = try sandbox.run(["model", "remove", "mine"])
        #expect(again.status == 5)
        #expect(again.errors.contains("not installed"))
        #expect(try sandbox.run(["model", "path", "mine"]).status == 5)
        #expect(try sandbox.run(["model", "verify", "mine"]).status == 5)
        #expect(leftovers.isEmpty)
    }

    @Test func linksAreCopiedByTheirContent() throws {
        let blobs = sandbox.folder.appending(path: "blobs")
        try FileManager.default.createDirectory(at: blobs, withIntermediateDirectories: true)
        for name in ["model.safetensors", "config.json"] {
            try FileManager.default.moveItem(at: source.appending(path: name), to: blobs.appending(path: name))
            try FileManager.default.createSymbolicLink(
                atPath: source.appending(path: name).path, withDestinationPath: "../blobs/" + name)
        }
        #expect(try importing().status == 0)
        try FileManager.default.removeItem(at: blobs)
        #expect(try sandbox.run(["model", "verify", "source"]).status == 0)
    }

    @Test func shardsAndModulesComeAlong() throws {
        try FileManager.default.removeItem(at: source)
        try Sandbox.write(TinyModel().sharded().files, to: source)
        let result = try importing()
        #expect(result.status == 0, "\(result.errors)")
        let files = try FileManager.default.subpathsOfDirectory(atPath: sandbox.models.appending(path: "source").path)
        #expect(files.contains("1_Pooling/config.json") && files.contains("model.safetensors"))
        #expect(!files.contains { $0.contains("-of-") })
        #expect(try sandbox.run(["model", "verify", "source"]).status == 0)
    }

    @Test func pathsThatLeadOutAreRefused() throws {
        try Data(#"[{"path": "../../etc", "type": "x.Pooling"}]"#.utf8).write(
            to: source.appending(path: "modules.json"))
        let modules = try importing()
        #expect(modules.status == 3)
        #expect(modules.errors.contains("out of the model's folder"))
        try Data(TinyModel().files["modules.json"] ?? []).write(to: source.appending(path: "modules.json"))
        try FileManager.default.removeItem(at: source.appending(path: "model.safetensors"))
        try Data(#"{"weight_map": {"a": "../secret.safetensors"}}"#.utf8)
            .write(to: source.appending(path: "model.safetensors.index.json"))
        #expect(try importing().status == 3)
        #expect(leftovers.isEmpty)
    }

    @Test func whatIsNoPlainFileIsRefusedWithoutWaiting() throws {
        try FileManager.default.removeItem(at: source.appending(path: "vocab.txt"))
        mkfifo(source.appending(path: "vocab.txt").path, 0o600)
        let result = try importing()
        #expect(result.status == 3)
        #expect(result.errors.contains("source/vocab.txt is not a plain file"))
    }

    @Test func whatDoesNotWorkIsNotInstalled() throws {
        try Data(TinyModel().weights.prefix(4000)).write(to: source.appending(path: "model.safetensors"))
        let truncated = try importing()
        #expect(truncated.status == 3)
        #expect(truncated.errors.contains(source.path + "/model.safetensors has 4000 bytes"))
        try FileManager.default.removeItem(at: source.appending(path: "model.safetensors"))
        try Data("x".utf8).write(to: source.appending(path: "pytorch_model.bin"))
        let pickle = try importing()
        #expect(pickle.status == 5)
        #expect(pickle.errors.contains("pytorch_model.bin only"))
        #expect(try sandbox.run(["model", "import", sandbox.folder.path + "/nowhere"]).status == 3)
        #expect(try sandbox.run(["model", "import", source.path, "--name", "a/b"]).status == 2)
        #expect(((try? FileManager.default.contentsOfDirectory(atPath: sandbox.models.path)) ?? []).isEmpty)
    }

    @Test func theListFitsEightyColumnsAndIsJSON() throws {
        #expect(try importing(["--name", "a-model-with-a-name-that-goes-on-and-on"]).status == 0)
        try sandbox.install(["config.json": Array("{}".utf8)], as: "broken")
        let list = try sandbox.run(["model", "list"])
        #expect(list.status == 0)
        let lines = list.output.split(separator: "\n")
        #expect(lines.count == 13)
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines.contains { $0.hasPrefix("* a-model-with") } && lines.contains { $0.hasPrefix("! broken") })
        #expect(
            lines.contains {
                $0.contains("bge-base-zh-v1.5") && $0.contains("409") && $0.contains("Chinese") && $0.contains("MIT")
            })
        #expect(list.errors.contains("broken:"))
        let output = try sandbox.run(["model", "list", "--json"])
        let json = try #require(try JSONSerialization.jsonObject(with: output.bytes) as? [String: Any])
        #expect(json["version"] as? Int == 1)
        let models = try #require(json["models"] as? [[String: Any]])
        #expect(models.count == 12)
        #expect(models.filter { $0["installed"] as? Bool == true }.count == 2)
        let keys: Set<String> = [
            "name", "installed", "path", "repository", "megabytes", "dimensions", "window", "languages", "licence",
            "sha256",
            "problem",
        ]
        #expect(models.allSatisfy { Set($0.keys) == keys })
    }
}
