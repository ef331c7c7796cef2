import Hashing
import TextCore

/// SHA-256 of a text, without a copy of the whole.
package enum TextHash {
    package static func of(_ text: Text) -> String {
        var hash = ContentHash()
        text.forEachChunk(in: 0..<text.utf8Count) { hash.add(Array($0)) }
        return hash.hexadecimal()
    }
}
