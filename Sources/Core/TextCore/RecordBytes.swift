/// What the records of this room are made of: numbers, little-endian base 128 as in DWARF, strings behind their lengths, and a
/// checksum.
enum RecordBytes {
    static func put(_ number: Int, _ bytes: inout [UInt8]) {
        var rest = UInt64(max(0, number))
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    static func put(_ string: String, _ bytes: inout [UInt8]) {
        put(string.utf8.count, &bytes)
        bytes += Array(string.utf8)
    }
}

/// FNV-1a, 64 bits, over bytes that come a piece at a time: finds damage, and is no protection from anyone's intent.
struct Checksum: Sendable {
    static let length = 8
    private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ bytes: ArraySlice<UInt8>) {
        var hash = hash
        bytes.withUnsafeBufferPointer { for byte in $0 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 } }
        self.hash = hash
    }

    var bytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: hash >> ($0 * 8)) } }

    static func of(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var checksum = Checksum()
        checksum.add(bytes)
        return checksum.bytes
    }
}

/// Reads what `RecordBytes` wrote; nil where the bytes end or are none of it.
struct RecordReader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// At most 49 bits, so that sums of lengths can't overflow.
    mutating func number() -> Int? {
        var value = 0
        for shift in stride(from: 0, to: 48, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            value |= Int(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }

    mutating func string() -> String? {
        number().flatMap { take($0) }.flatMap { String(validating: $0, as: UTF8.self) }
    }
}
