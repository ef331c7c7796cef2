import Testing

@testable import ModelInstall

/// Endpoints, and how their files are addressed.
@Suite struct HubTests {
    @Test func mirrorsAreAddressedAndNamesQuoted() throws {
        let hub = try Hub(environment: ["HF_ENDPOINT": "https://mirror.example/hub//"])
        #expect(hub.endpoint == "https://mirror.example/hub" && hub.host == "mirror.example")
        #expect(
            hub.url("acme/tiny", revision: "pr/1", file: "1_Pooling/a b.json")
                == "https://mirror.example/hub/acme/tiny/resolve/pr%2F1/1_Pooling/a%20b.json")
        #expect(try Hub(environment: ["HF_ENDPOINT": ""]).host == "huggingface.co")
    }

    @Test func theTokenNeverTravelsInTheClearNorBreaksItsLine() throws {
        #expect(try Hub(environment: ["HF_TOKEN": " secret\n"]).headers.map(\.1) == ["Bearer secret"])
        for token in ["", "a b", "a\r\nX: y", "ä"] {
            #expect(try Hub(environment: ["HF_TOKEN": token]).headers.isEmpty)
        }
        #expect(try Hub(environment: ["HF_ENDPOINT": "http://mirror.example", "HF_TOKEN": "secret"]).headers.isEmpty)
    }

    @Test func repositoriesAreOwnerAndName() {
        for name in ["acme/tiny", "a.b/c_d-1"] { #expect(Hub.isRepository(name)) }
        for name in ["tiny", "acme/", "/tiny", "a/b/c", ".a/b", "a/-b", "a/b c", "ä/b"] {
            #expect(!Hub.isRepository(name))
        }
    }
}
