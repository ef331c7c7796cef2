import CZlib

/// Bytes made small by zlib, and back.
package enum Deflate {
    package static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        var length = compressBound(uLong(bytes.count))
        var result = [UInt8](repeating: 0, count: Int(length))
        guard compress2(&result, &length, bytes, uLong(bytes.count), 6) == Z_OK else { return nil }
        return Array(result.prefix(Int(length)))
    }

    /// Nil where the bytes don't become exactly `count` ones.
    package static func expand(_ bytes: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
        // zlib makes at most about a thousand bytes of one: what promises more is damaged.
        guard count >= 0, count <= bytes.count * 1_100 + 64 else { return nil }
        var result = [UInt8](repeating: 0, count: max(1, count))
        var length = uLong(count)
        guard uncompress(&result, &length, Array(bytes), uLong(bytes.count)) == Z_OK, Int(length) == count else {
            return nil
        }
        return Array(result.prefix(count))
    }

    /// What they become where nobody wrote down how much that is; nil where they are damaged.
    package static func expand(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        let most = bytes.count * 1_100 + 64
        var room = min(most, bytes.count * 4 + 64)
        while true {
            var result = [UInt8](repeating: 0, count: room)
            var length = uLong(room)
            switch uncompress(&result, &length, Array(bytes), uLong(bytes.count)) {
            case Z_OK: return Array(result.prefix(Int(length)))
            case Z_BUF_ERROR where room < most: room = min(most, room * 4)
            default: return nil
            }
        }
    }
}
