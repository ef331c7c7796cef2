import Kernels

/// A hash of all that decides what vector a text gets, cheap enough for every start.
///
/// Hashing ninety megabytes of weights would cost more than loading them. So the small files and
/// the weight file's header are hashed whole, and of the weights their length and 64 blocks of
/// 4 KiB spread evenly over the file. A retrained, converted or truncated model differs in every
/// block; an edit of a few weights by hand could go unseen, which `longhand model verify` is for.
enum Fingerprint {
    /// Raise when this program's own arithmetic or tokenizing changes what vectors come out.
    static let encoderVersion = 1

    private static let blocks = 64
    private static let blockSize = 4096

    static func of(
        _ directory: ModelDirectory, weights: SafeTensors, precision: Precision
    ) throws(ModelError) -> String {
        var hash = ContentHash()
        hash.add("longhand encoder \(encoderVersion)\n")
        // What bytes lose is a difference too.
        if precision != .fp32 { hash.add("precision \(precision.rawValue)\n") }
        hash.add(describe(directory.config))
        // The vocabulary the tokenizer uses: the text file when there is one.
        var vocabulary = try ModelFiles.bytesIfPresent(directory.file("vocab.txt"))
        if vocabulary == nil {
            vocabulary = try ModelFiles.bytesIfPresent(directory.file("tokenizer.json"))
        }
        hash.add("vocabulary \(vocabulary?.count ?? 0)\n")
        hash.add(vocabulary ?? [])
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
        return hash.hexadecimal()
    }

    /// The declarations as they are understood, so that reformatting a JSON file changes nothing.
    private static func describe(_ config: ModelConfiguration) -> String {
        """
        layers \(config.layers) heads \(config.heads) hidden \(config.hidden)
        eps \(config.layerNormEps.bitPattern) pooling \(config.pooling.rawValue)
        length \(config.maxSequenceLength) lower \(config.lowerCase) strip \(config.stripAccents)
        ideographs \(config.isolateIdeographs)
        query \(config.queryPrefix.utf8.count):\(config.queryPrefix)
        passage \(config.passagePrefix.utf8.count):\(config.passagePrefix)

        """
    }
}
