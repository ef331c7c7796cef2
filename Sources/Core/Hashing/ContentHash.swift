internal import CKernels

/// SHA-256 (FIPS 180-4) over pieces of content.
public struct ContentHash {
    private var state = lh_sha256()

    /// Begins with nothing added.
    public init() { lh_sha256_begin(&state) }

    /// Adds bytes behind those added before; how they are cut into pieces makes no difference.
    public mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { lh_sha256_add(&state, $0.baseAddress, $0.count) }
    }

    /// Adds the UTF-8 of a text.
    public mutating func add(_ text: String) { add(Array(text.utf8)) }

    /// Adds memory that isn't copied.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) { lh_sha256_add(&state, bytes.baseAddress, bytes.count) }

    /// The digest of `bytes` alone.
    public static func hexadecimal(of bytes: [UInt8]) -> String {
        var hash = ContentHash()
        hash.add(bytes)
        return hash.hexadecimal()
    }

    /// The digest of a text's UTF-8 alone.
    public static func hexadecimal(of text: String) -> String { hexadecimal(of: Array(text.utf8)) }

    /// The digest of all added so far, in lower-case hexadecimal (64 digits).
    public func hexadecimal() -> String {
        var final = state
        var digest = [UInt8](repeating: 0, count: 32)
        lh_sha256_end(&final, &digest)
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
