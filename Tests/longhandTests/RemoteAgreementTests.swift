import Foundation
import TestSupport
import Testing

@testable import longhand

/// The writer's word about a remote embedding model, as its file has it.
@Suite struct RemoteAgreementTests {
    @Test func whateverBecameOfTheFileItIsReadOrNone() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "longhand-agreement-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "agreement.json")
        let whole =
            #"{"version":1,"endpoint":"http://127.0.0.1:1/v1","model":"m","scopes":["notes = share"],"dimensions":384}"#
        for bytes in damagedVariants(of: whole, seed: 6) {
            try Data(bytes).write(to: file)
            if let dimensions = RemoteAgreement.Record.read(file.path)?.dimensions {
                #expect((1...16_384).contains(dimensions))
            }
        }
    }
}
