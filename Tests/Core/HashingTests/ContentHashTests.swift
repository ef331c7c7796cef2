import Hashing
import Testing

@Suite struct ContentHashTests {
    @Test func hashesMatchThePublishedVectors() {
        func hash(_ text: String, pieces: Int) -> String {
            var hash = ContentHash()
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: pieces) {
                hash.add(Array(bytes[start..<min(start + pieces, bytes.count)]))
            }
            return hash.hexadecimal()
        }
        #expect(
            hash("", pieces: 1) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        let long = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
        for pieces in [1, 3, 64, 1000] {
            #expect(
                hash("abc", pieces: pieces)
                    == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
            #expect(
                hash(long, pieces: pieces)
                    == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
            #expect(
                hash(String(repeating: "a", count: 100_000), pieces: pieces * 37)
                    == hash(String(repeating: "a", count: 100_000), pieces: 100_000))
        }
    }
}
