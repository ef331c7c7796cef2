/// Variants of a file: each of its numbers as an extreme one, bytes flipped, ends cut off.
public func damagedVariants(of text: String, seed: UInt64) -> [[UInt8]] {
    let numbers = [
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "-1", "0", "1e300", "NaN", "inf",
        "4294967296", "2147483648", "",
    ]
    var generator = SeededGenerator(seed: seed)
    var found: [[UInt8]] = []
    for match in text.matches(of: /\d+/) {
        for number in numbers {
            found.append(Array((text[..<match.range.lowerBound] + number + text[match.range.upperBound...]).utf8))
        }
    }
    let bytes = Array(text.utf8)
    for _ in 0..<300 where !bytes.isEmpty {
        var damaged = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            damaged[Int.random(in: damaged.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        found.append(damaged)
        found.append(Array(bytes[..<Int.random(in: bytes.indices, using: &generator)]))
    }
    return found
}
