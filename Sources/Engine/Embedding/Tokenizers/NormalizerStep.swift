import Encodings
import Foundation

/// One step of a `tokenizer.json`'s normaliser, over the UTF-8 bytes of a text.
enum NormalizerStep: Sendable, Equatable {
    /// SentencePiece's table of characters.
    case charsMap(CharsMap)
    /// Each occurrence of the bytes becomes others.
    case replace([UInt8], with: [UInt8])
    /// Each run of at least so many of one character becomes other bytes; of the regular
    /// expressions a file might hold the one kind that published tokenizers use.
    case collapse([UInt8], atLeast: Int, with: [UInt8])
    case strip(left: Bool, right: Bool)
    case lowercase
    case prepend([UInt8])
    case form(Form)

    /// Unicode's normalisation forms.
    enum Form: String, Sendable { case NFC, NFD, NFKC, NFKD }

    func apply(to bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .charsMap(let map): return map.apply(to: bytes)
        case .replace(let old, let new): return Self.collapse(bytes, old, atLeast: nil, new)
        case .collapse(let one, let least, let new): return Self.collapse(bytes, one, atLeast: least, new)
        case .strip(let left, let right): return Self.strip(bytes, left: left, right: right)
        case .lowercase: return Self.lowercase(bytes)
        case .prepend(let prefix): return bytes.isEmpty ? bytes : prefix + bytes
        case .form(let form):
            if bytes.allSatisfy({ $0 < 0x80 }) { return bytes }
            let text = String(decoding: bytes, as: UTF8.self)
            switch form {
            case .NFC: return Array(text.precomposedStringWithCanonicalMapping.utf8)
            case .NFD: return Array(text.decomposedStringWithCanonicalMapping.utf8)
            case .NFKC: return Array(text.precomposedStringWithCompatibilityMapping.utf8)
            case .NFKD: return Array(text.decomposedStringWithCompatibilityMapping.utf8)
            }
        }
    }

    /// Replaces runs of `old`: each by itself without `atLeast`, whole runs with it.
    private static func collapse(
        _ bytes: [UInt8], _ old: [UInt8], atLeast: Int?, _ new: [UInt8]
    ) -> [UInt8] {
        guard let first = old.first, bytes.contains(first) else { return bytes }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            var repeats = 0
            var end = index
            while bytes[end...].starts(with: old), atLeast != nil || repeats == 0 {
                repeats += 1
                end += old.count
            }
            if repeats == 0 {
                output.append(bytes[index])
                index += 1
                continue
            }
            if repeats >= atLeast ?? 1 {
                output.append(contentsOf: new)
            } else {
                output.append(contentsOf: bytes[index..<end])
            }
            index = end
        }
        return output
    }

    private static func strip(_ bytes: [UInt8], left: Bool, right: Bool) -> [UInt8] {
        let start = left ? CharacterClass.endOfSpaces(bytes, from: 0) : 0
        let end = right ? CharacterClass.startOfSpaces(bytes, before: bytes.count) : bytes.count
        return start == 0 && end == bytes.count ? bytes : Array(bytes[start..<max(start, end)])
    }

    /// Character by character, so a final sigma is one like others, as in the reference.
    private static func lowercase(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let (scalar, length) = UTF8Scan.scalar(bytes, at: index)
            if length == 1, scalar.isASCII {
                let byte = bytes[index]
                output.append(byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte)
            } else if scalar.properties.changesWhenLowercased {
                output.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
            } else {
                output.append(contentsOf: bytes[index..<index + length])
            }
            index += length
        }
        return output
    }
}
