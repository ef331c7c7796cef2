import Hashing
import Kernels

/// A hash of all that decides what vector a text gets, cheap enough for every start.
///
/// Hashing ninety megabytes of weights would cost more than loading them. So the small files and
/// the weight file's header are hashed whole, and of the weights their length and 64 blocks of
/// 4 KiB spread evenly over the file. A retrained, converted or truncated model differs in every
/// block; an edit of a few weights by hand could go unseen, which `longhand model verify` is for.
enum Fingerprint {
    /// Raise when this program's own arithmetic or tokenizing changes what vectors come out.
    static let encoderVersion = 2

    private static let blocks = 64
    private static let blockSize = 4096

    /// - Parameter vocabulary: the file that the tokenizer was read from.
    static func of(
        _ directory: ModelDirectory, weights: Weights, vocabulary: [UInt8], precision: Precision
    ) throws(ModelError) -> String {
        var hash = ContentHash()
        hash.add("longhand encoder \(encoderVersion)\n")
        // What bytes lose is a difference too.
        if precision != .fp32 { hash.add("precision \(precision.rawValue)\n") }
        hash.add(describe(directory.config))
        hash.add("vocabulary \(vocabulary.count) \(checksum(vocabulary))\n")
        for file in weights.files { add(file, to: &hash) }
        for module in directory.config.dense {
            for file in try Weights(in: directory.file(module.folder)).files { add(file, to: &hash) }
        }
        return hash.hexadecimal()
    }

    private static func add(_ weights: SafeTensors, to hash: inout ContentHash) {
        let file = weights.file
        hash.add("weights \(file.count)\n")
        hash.add(file, in: 0..<weights.dataStart)
        let data = file.count - weights.dataStart
        if data <= blocks * blockSize {
            hash.add(file, in: weights.dataStart..<file.count)
        } else {
            for block in 0..<blocks {
                let start = weights.dataStart + (data - blockSize) / (blocks - 1) * block
                hash.add(file, in: start..<start + blockSize)
            }
        }
    }

    /// All bytes of a vocabulary in 64 bits (FNV-1a over words): an XLM-RoBERTa's has seventeen
    /// megabytes, which SHA-256 would take longer for than everything else in loading.
    private static func checksum(_ bytes: [UInt8]) -> UInt64 {
        bytes.withUnsafeBytes { raw in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            var index = 0
            while index + 8 <= raw.count {
                hash = (hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0x100_0000_01B3
                hash ^= hash >> 29
                index += 8
            }
            while index < raw.count {
                hash = (hash ^ UInt64(raw[index])) &* 0x100_0000_01B3
                index += 1
            }
            return hash
        }
    }

    /// The declarations as they are understood, so that reformatting a JSON file changes nothing.
    private static func describe(_ config: ModelConfiguration) -> String {
        func said(_ flag: Bool?) -> String { flag.map { "\($0)" } ?? "-" }
        let dense = config.dense.map { "\($0.outputs) \($0.hasTanh)" }.joined(separator: ", ")
        return """
            layers \(config.layers) heads \(config.heads) hidden \(config.hidden)
            eps \(config.layerNormEps.bitPattern) pooling \(config.pooling.rawValue)
            length \(config.maxSequenceLength) positions from \(config.positionOffset)
            activation \(config.activation.rawValue) dense \(dense)
            lower \(said(config.lowerCase)) first \(config.lowersFirst) strip \(said(config.stripAccents))
            ideographs \(said(config.isolateIdeographs))
            query \(config.queryPrefix.utf8.count):\(config.queryPrefix)
            passage \(config.passagePrefix.utf8.count):\(config.passagePrefix)

            """
    }
}
