import Foundation
import TestModels
import TestServer
import Testing

/// `longhand model pull` against an endpoint that fails in the ways endpoints fail.
@Suite(.serialized) struct ModelPullTests {
    private typealias Response = TestServer.Response

    private static let weights = "/model.safetensors"

    private func sandbox(_ hub: ModelHub) throws -> Sandbox {
        let sandbox = try Sandbox(article: "# A\n", model: false)
        sandbox.set("HF_ENDPOINT", hub.url)
        return sandbox
    }

    private func pull(_ sandbox: Sandbox, _ more: [String] = []) throws -> Sandbox.Output {
        try sandbox.run(["model", "pull", "acme/tiny"] + more)
    }

    private func files(_ sandbox: Sandbox) -> [String] {
        ((try? FileManager.default.subpathsOfDirectory(atPath: sandbox.models.path)) ?? []).sorted()
    }

    /// The model is whole, and nothing else lies about.
    private func expectInstalled(
        _ sandbox: Sandbox, _ model: TinyModel = TinyModel(), at place: SourceLocation = #_sourceLocation
    ) throws {
        let found = try Data(contentsOf: sandbox.models.appending(path: "tiny/model.safetensors"))
        #expect(Array(found) == model.weights, sourceLocation: place)
        #expect(!files(sandbox).contains { $0.hasPrefix(".") }, "left over: \(files(sandbox))", sourceLocation: place)
        let verified = try sandbox.run(["model", "verify", "tiny"])
        #expect(verified.status == 0, "\(verified.errors)", sourceLocation: place)
    }

    @Test func aModelIsFetchedCheckedAndInstalledOnce() throws {
        let hub = try ModelHub()
        let sandbox = try sandbox(hub)
        let first = try pull(sandbox)
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.isEmpty)
        #expect(first.errors.contains("Installed tiny in"))
        try expectInstalled(sandbox)
        // What comes after the first file is of the commit that the first file came from.
        let paths = hub.server.requests.map(\.path)
        #expect(paths.first == "/acme/tiny/resolve/main/config.json")
        #expect(paths.dropFirst().allSatisfy { $0.hasPrefix("/acme/tiny/resolve/\(ModelHub.commit)/") })
        let asked = hub.server.requests.count
        let second = try pull(sandbox)
        #expect(second.status == 0)
        #expect(second.errors.contains("installed already"))
        #expect(hub.server.requests.count == asked)
        #expect(try pull(sandbox, ["--force"]).status == 0)
        #expect(hub.server.requests.count > asked)
        try expectInstalled(sandbox)
    }

    @Test func aCutConnectionIsContinued() throws {
        let model = TinyModel()
        let hub = try ModelHub(model) { request, number in
            guard request.path.hasSuffix(Self.weights), number <= 2 else { return nil }
            return ModelHub.file(model.weights, for: request, sending: 1000)
        }
        let sandbox = try sandbox(hub)
        let result = try pull(sandbox)
        #expect(result.status == 0, "\(result.errors)")
        #expect(hub.ranges(of: Self.weights) == [nil, "bytes=1000-", "bytes=2000-"])
        try expectInstalled(sandbox)
    }

    @Test func anotherVersionOfTheFileBeginsAnew() throws {
        let old = TinyModel(seed: 7)
        let hub = try ModelHub { request, number in
            guard request.path.hasSuffix(Self.weights), number == 1 else { return nil }
            return ModelHub.file(old.weights, for: request, sending: 1000)
        }
        let sandbox = try sandbox(hub)
        #expect(try pull(sandbox).status == 0)
        #expect(hub.ranges(of: Self.weights) == [nil, "bytes=1000-"])
        try expectInstalled(sandbox)
    }

    @Test func ctrlCKeepsThePartAndTheNextRunGoesOn() throws {
        let model = TinyModel()
        let hub = try ModelHub(model) { request, number in
            guard request.path.hasSuffix(Self.weights), number == 1 else { return nil }
            var response = ModelHub.file(model.weights, for: request, sending: 1500)
            response.steps.append(.hang)
            return response
        }
        let sandbox = try sandbox(hub)
        let program = try sandbox.launch(["model", "pull", "acme/tiny"])
        let part = sandbox.models.appending(path: ".tiny.partial/model.safetensors.part").path
        for _ in 0..<600 where (try? Data(contentsOf: URL(filePath: part)).count) != 1500 { usleep(20_000) }
        program.interrupt()
        let interrupted = try program.wait()
        #expect(interrupted.status == 130)
        #expect(interrupted.errors.contains("kept"))
        #expect(!files(sandbox).contains("tiny"))
        let second = try pull(sandbox)
        #expect(second.status == 0, "\(second.errors)")
        #expect(hub.ranges(of: Self.weights) == [nil, "bytes=1500-"])
        try expectInstalled(sandbox)
    }

    @Test func aWrongHashInstallsNothing() throws {
        let model = TinyModel()
        let hub = try ModelHub(model) { request, _ in
            guard request.path.hasSuffix(Self.weights) else { return nil }
            let announced = [("X-Linked-Etag", "\"" + String(repeating: "0", count: 64) + "\"")]
            return ModelHub.file(model.weights, for: request, headers: announced)
        }
        let sandbox = try sandbox(hub)
        let result = try pull(sandbox)
        #expect(result.status == 4)
        #expect(result.errors.contains("SHA-256"))
        #expect(!files(sandbox).contains { $0.hasSuffix("model.safetensors") || $0.hasSuffix(".part") })
    }

    @Test func aWrongLengthInstallsNothing() throws {
        let model = TinyModel()
        let hub = try ModelHub(model) { request, _ in
            guard request.path.hasSuffix(Self.weights) else { return nil }
            return ModelHub.file(model.weights, for: request, headers: [("X-Linked-Size", "999999")])
        }
        let sandbox = try sandbox(hub)
        let result = try pull(sandbox)
        #expect(result.status == 4)
        #expect(result.errors.contains("999999"))
    }

    @Test func tooManyRequestsAndServerTroubleAreWaitedFor() throws {
        let hub = try ModelHub { request, number in
            switch (request.path.hasSuffix("vocab.txt"), request.path.hasSuffix(Self.weights), number) {
            case (true, _, 1): .error(429, "slow down", headers: [("Retry-After", "1")])
            case (_, true, 1): .error(503, "later")
            default: nil
            }
        }
        let sandbox = try sandbox(hub)
        let start = Date()
        let result = try pull(sandbox)
        #expect(result.status == 0, "\(result.errors)")
        #expect(Date().timeIntervalSince(start) >= 1)
        try expectInstalled(sandbox)
    }

    @Test func aServerThatAsksForTooLongIsGivenUp() throws {
        let hub = try ModelHub { _, _ in .error(429, "quota", headers: [("Retry-After", "86400")]) }
        let result = try pull(sandbox(hub))
        #expect(result.status == 4)
        #expect(result.errors.contains("86400 seconds"))
        #expect(hub.server.requests.count == 1)
    }

    @Test func aRepositoryThatIsNotThereIsSaid() throws {
        let hub = try ModelHub(fault: { _, _ in Response("Not found", status: 404) })
        let sandbox = try sandbox(hub)
        let result = try pull(sandbox, ["--revision", "v9"])
        #expect(result.status == 4)
        #expect(result.errors.contains("acme/tiny at revision v9"))
        #expect(hub.server.requests.first?.path == "/acme/tiny/resolve/v9/config.json")
        #expect(try sandbox.run(["model", "pull", "nonsense"]).status == 2)
        #expect(try sandbox.run(["model", "pull", "../x"]).status == 2)
        #expect(try sandbox.run(["model", "pull", "acme/tiny", "--name", "../x"]).status == 2)
    }

    @Test func theTokenGoesToTheEndpointAloneAndIsNeverShown() throws {
        let model = TinyModel()
        let elsewhere = try TestServer { ModelHub.file(model.weights, for: $0) }
        defer { elsewhere.stop() }
        let place = elsewhere.url + "/blob"
        let hub = try ModelHub(model) { request, _ in
            guard request.path.hasSuffix(Self.weights) else { return nil }
            return Response(
                status: 302, headers: [("Location", place)] + ModelHub.announcements(of: model.weights), steps: [])
        }
        let sandbox = try sandbox(hub)
        sandbox.set("HF_TOKEN", "hf_verysecret")
        let result = try pull(sandbox)
        #expect(result.status == 0, "\(result.errors)")
        #expect(hub.server.requests.allSatisfy { $0.header("Authorization") == "Bearer hf_verysecret" })
        #expect(elsewhere.requests.count == 1)
        #expect(elsewhere.requests.allSatisfy { $0.header("Authorization") == nil })
        #expect(!(result.errors + result.output).contains("verysecret"))
        try expectInstalled(sandbox)
        for file in files(sandbox) {
            let data = try? Data(contentsOf: sandbox.models.appending(path: file))
            #expect(data.map { !String(decoding: $0, as: UTF8.self).contains("verysecret") } ?? true)
        }
    }

    @Test func theHashAnnouncedBeforeARedirectCounts() throws {
        let other = TinyModel(seed: 9)
        let elsewhere = try TestServer { ModelHub.file(other.weights, for: $0) }
        defer { elsewhere.stop() }
        let place = elsewhere.url + "/blob"
        let model = TinyModel()
        let hub = try ModelHub(model) { request, _ in
            guard request.path.hasSuffix(Self.weights) else { return nil }
            return Response(
                status: 302, headers: [("Location", place)] + ModelHub.announcements(of: model.weights), steps: [])
        }
        let result = try pull(sandbox(hub))
        #expect(result.status == 4)
        #expect(result.errors.contains("SHA-256"))
    }

    @Test func twoPullsAtOnceFetchItOnce() throws {
        let hub = try ModelHub { request, _ in
            guard request.path.hasSuffix(Self.weights) else { return nil }
            var response = ModelHub.answer(request, TinyModel())
            response.steps.insert(.pause(milliseconds: 700), at: 0)
            return response
        }
        let sandbox = try sandbox(hub)
        let programs = try (0..<2).map { _ in try sandbox.launch(["model", "pull", "acme/tiny"]) }
        let results = try programs.map { try $0.wait() }
        #expect(results.map(\.status) == [0, 0], "\(results.map(\.errors))")
        #expect(hub.ranges(of: Self.weights).count == 1)
        try expectInstalled(sandbox)
    }

    @Test func aFolderThatCannotBeMadeIsOneSentence() throws {
        let hub = try ModelHub()
        let sandbox = try sandbox(hub)
        try sandbox.write("in the way", to: "file")
        sandbox.set("LONGHAND_MODELS", sandbox.project.appending(path: "file/models").path)
        let result = try pull(sandbox)
        #expect(result.status == 3)
        #expect(result.errors.contains("file/models can't be written"))
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(hub.server.requests.isEmpty)
    }

    @Test func shardsBecomeOneFile() throws {
        let hub = try ModelHub(TinyModel().sharded())
        let sandbox = try sandbox(hub)
        let result = try pull(sandbox)
        #expect(result.status == 0, "\(result.errors)")
        #expect(!files(sandbox).contains { $0.contains("-of-") || $0.hasSuffix("index.json") })
        #expect(try sandbox.run(["model", "verify", "tiny"]).status == 0)
    }

    @Test func aShardThatCameWholeIsNotFetchedAgain() throws {
        let model = TinyModel().sharded()
        let hub = try ModelHub(model) { request, number in
            guard request.path.hasSuffix("00002-of-00002.safetensors"), number == 1 else { return nil }
            return .error(429, "quota", headers: [("Retry-After", "3600")])
        }
        let sandbox = try sandbox(hub)
        #expect(try pull(sandbox).status == 4)
        #expect(files(sandbox).contains { $0.hasSuffix("00001-of-00002.safetensors") })
        let second = try pull(sandbox)
        #expect(second.status == 0, "\(second.errors)")
        #expect(hub.ranges(of: "00001-of-00002.safetensors").count == 1)
        #expect(try sandbox.run(["model", "verify", "tiny"]).status == 0)
    }

    @Test func whatAnotherRevisionLeftIsNotMixedIn() throws {
        let model = TinyModel()
        let hub = try ModelHub(model) { request, _ in
            guard request.path.contains("/old/") else { return nil }
            if request.path.hasSuffix("vocab.txt") { return .error(429, "quota", headers: [("Retry-After", "3600")]) }
            return Response("{\"old\": true}")
        }
        let sandbox = try sandbox(hub)
        #expect(try pull(sandbox, ["--revision", "old"]).status == 4)
        #expect(files(sandbox).contains(".tiny.partial/tokenizer.json"))
        #expect(try pull(sandbox).status == 0)
        #expect(!files(sandbox).contains("tiny/tokenizer.json"))
        let taken = try sandbox.run(["model", "pull", "other/tiny"])
        #expect(taken.status == 2)
        #expect(taken.errors.contains("from acme/tiny") && taken.errors.contains("--name"))
    }

    @Test func inATerminalTheProgressIsShown() throws {
        let model = TinyModel()
        let hub = try ModelHub(model) { request, _ in
            guard request.path.hasSuffix(Self.weights) else { return nil }
            var response = ModelHub.file(model.weights, for: request)
            response.steps = [
                .bytes(Array(model.weights.prefix(2000))), .pause(milliseconds: 900),
                .bytes(Array(model.weights[2000..<4000])),
                .pause(milliseconds: 300), .bytes(Array(model.weights[4000...])),
            ]
            return response
        }
        let sandbox = try sandbox(hub)
        let terminal = try sandbox.studio(["model", "pull", "acme/tiny"])
        try terminal.wait(for: "MB/s, ")
        try terminal.wait(for: "Installed tiny")
        #expect(try terminal.waitForExit() == 0)
    }

    @Test func aPickleIsNotOpened() throws {
        var model = TinyModel()
        model.files["pytorch_model.bin"] = model.files.removeValue(forKey: "model.safetensors")
        let hub = try ModelHub(model)
        let result = try pull(sandbox(hub))
        #expect(result.status == 5)
        #expect(result.errors.contains("pytorch_model.bin only"))
        #expect(result.errors.contains("model import"))
        #expect(!hub.server.requests.contains { $0.path.hasSuffix("pytorch_model.bin") && $0.method == "GET" })
    }

    @Test func aModelOfAnotherKindIsRefusedBeforeItsWeights() throws {
        var model = TinyModel()
        model.files["config.json"] = Array(
            String(decoding: model.files["config.json"] ?? [], as: UTF8.self)
                .replacingOccurrences(of: "\"bert\"", with: "\"clip\"").utf8)
        let hub = try ModelHub(model)
        let result = try pull(sandbox(hub))
        #expect(result.status == 3)
        #expect(result.errors.contains("acme/tiny/config.json"))
        #expect(hub.ranges(of: Self.weights).isEmpty)
    }

    @Test func aBrokenInstallationIsMended() throws {
        let hub = try ModelHub(announcesHash: false)
        let sandbox = try sandbox(hub)
        #expect(try pull(sandbox).status == 0)
        let weights = sandbox.models.appending(path: "tiny/model.safetensors")
        try Data(TinyModel().weights.prefix(3000)).write(to: weights)
        let broken = try sandbox.run(["model", "verify", "tiny"])
        #expect(broken.status == 3)
        #expect(broken.errors.contains("3000 bytes"))
        let mended = try pull(sandbox)
        #expect(mended.status == 0)
        #expect(mended.errors.contains("can't be used"))
        try expectInstalled(sandbox)
    }

    @Test func otherWeightsAreFoundByTheirHash() throws {
        let hub = try ModelHub()
        let sandbox = try sandbox(hub)
        #expect(try pull(sandbox).status == 0)
        try Data(TinyModel(seed: 8).weights).write(to: sandbox.models.appending(path: "tiny/model.safetensors"))
        let verified = try sandbox.run(["model", "verify", "tiny"])
        #expect(verified.status == 3)
        #expect(verified.errors.contains("SHA-256"))
    }

    @Test func aFullDiskIsOneSentence() throws {
        let hub = try ModelHub()
        let sandbox = try sandbox(hub)
        // Writing beyond 2 blocks fails as on a full disk, only with another reason.
        let program = try RunningProgram(
            program: "/bin/sh",
            arguments: ["-c", "trap '' XFSZ; ulimit -f 2; exec \"$0\" model pull acme/tiny", Sandbox.program],
            environment: sandbox.variables, directory: sandbox.folder, input: "")
        let result = try program.wait()
        #expect(result.status == 3)
        #expect(result.errors.contains("can't be written: File too large."))
        #expect(result.errors.split(separator: "\n").count == 1)
    }
}
