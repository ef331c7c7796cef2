import Encodings
import FoundationEssentials
import JSON

/// SentencePiece's `precompiled_charsmap`: what each character, or short run of them, is
/// normalised to.
///
/// The format is a length in bytes, a trie of that length as a Darts double array (Aoe 1989) of
/// 32-bit units, then the replacements, each ended by a zero byte. All numbers are little-endian.
///
/// It follows Hugging Face's reading of it and not SentencePiece's own, since the models here were
/// trained with the former's: a grapheme cluster shorter than six bytes is replaced as a whole by
/// what its *shortest* known beginning maps to, and a longer one scalar by scalar.
struct CharsMap: Sendable, Equatable {
    private let units: [UInt32]
    private let replacements: [UInt8]
    /// Whether an ASCII byte by itself stays as it is, which nearly all text consists of.
    private let isKept: [Bool]

    /// - Throws: `JSONReader.Failure` as a carrier of the reason, without an offset.
    init(base64: String) throws(JSONReader.Failure) {
        func wrong(_ reason: String) -> JSONReader.Failure { JSONReader.Failure(offset: 0, reason: reason) }
        guard let data = Data(base64Encoded: base64) else { throw wrong("it isn't base64") }
        let bytes = [UInt8](data)
        guard bytes.count >= 4 else { throw wrong("it is too short") }
        func unit(_ at: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
        }
        let length = Int(unit(0))
        guard length >= 4, length % 4 == 0, length <= bytes.count - 4 else {
            throw wrong("its trie has an impossible length")
        }
        let units = stride(from: 4, to: 4 + length, by: 4).map(unit)
        let replacements = Array(bytes[(4 + length)...])
        guard UTF8Scan.isValid(replacements, from: 0) else { throw wrong("it isn't valid UTF-8") }
        self.units = units
        self.replacements = replacements
        isKept = (0..<128).map { byte in
            Self.find([UInt8(byte)], 0..<1, units, replacements) == nil
        }
    }

    /// The normalised form of UTF-8 bytes.
    func apply(to bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                let next = index + 1
                if next == bytes.count || bytes[next] < 0x80 && byte != 0x0D {
                    if isKept[Int(byte)] { output.append(byte) } else { replace(bytes, index..<next, &output) }
                    index = next
                    continue
                }
            }
            let (scalar, length) = UTF8Scan.scalar(bytes, at: index)
            var end = index + length
            if end < bytes.count, !Self.isPlain(scalar) || !Self.isPlain(UTF8Scan.scalar(bytes, at: end).scalar) {
                end = Self.endOfCluster(bytes, from: index)
            }
            if end - index < 6, let found = Self.find(bytes, index..<end, units, replacements) {
                output.append(contentsOf: replacements[found])
                index = end
            } else {
                while index < end {
                    let next = min(index + UTF8Scan.width(bytes[index]), end)
                    replace(bytes, index..<next, &output)
                    index = next
                }
            }
        }
        return output
    }

    private func replace(_ bytes: [UInt8], _ range: Range<Int>, _ output: inout [UInt8]) {
        if let found = Self.find(bytes, range, units, replacements) {
            output.append(contentsOf: replacements[found])
        } else {
            output.append(contentsOf: bytes[range])
        }
    }

    /// Where the grapheme cluster that begins at `index` ends, by Swift's own segmentation.
    ///
    /// It is shown a window of the text: fifteen bytes fit a String without allocation, and only
    /// a cluster that comes near the window's end wants a larger one.
    private static func endOfCluster(_ bytes: [UInt8], from index: Int) -> Int {
        var size = 15
        while true {
            let end = min(index + size, bytes.count)
            let window = String(decoding: bytes[index..<end], as: UTF8.self)
            let length = window.utf8.distance(
                from: window.startIndex, to: window.index(after: window.startIndex))
            // The window may cut a scalar, and what comes next may belong to the cluster.
            if end == bytes.count { return min(index + length, end) }
            if length <= size - 8 { return index + length }
            size *= 4
        }
    }

    /// Whether two scalars of this kind beside each other are two clusters: letters and ideographs
    /// of the common scripts, no marks, no jamo, no controls.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA1...0xAC, 0xAE...0x2FF, 0x370...0x482, 0x48A...0x58F: true
        case 0x2010...0x2027, 0x2E80...0x3029, 0x3041...0x3096, 0x309B...0xA48C, 0xAC00...0xD7A3: true
        case 0xF900...0xFAFF, 0xFF01...0xFF9D: true
        default: false
        }
    }

    /// The replacement of the shortest beginning of `bytes[range]` that has one. Total for any
    /// trie: a step out of the array is a step to nowhere.
    private static func find(
        _ bytes: [UInt8], _ range: Range<Int>, _ units: [UInt32], _ replacements: [UInt8]
    ) -> Range<Int>? {
        func offset(_ unit: UInt32) -> Int { Int(unit >> 10) << Int((unit & 0x200) >> 6) }
        var node = offset(units[0])
        for index in range {
            let byte = bytes[index]
            guard byte != 0 else { return nil }
            node ^= Int(byte)
            guard node < units.count else { return nil }
            let unit = units[node]
            guard unit & 0x8000_00FF == UInt32(byte) else { return nil }
            node ^= offset(unit)
            if unit >> 8 & 1 == 1 {
                guard node < units.count else { return nil }
                let start = Int(units[node] & 0x7FFF_FFFF)
                guard start < replacements.count else { return nil }
                return start..<(replacements[start...].firstIndex(of: 0) ?? replacements.count)
            }
        }
        return nil
    }
}
