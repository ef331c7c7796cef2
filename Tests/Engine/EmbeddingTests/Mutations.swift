import TestSupport

/// Seeded damage to files, the same in every run.
struct Mutations {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func next(_ bound: Int) -> Int { random.below(max(bound, 1)) }

    /// Fragments that matter to a reader of JSON.
    private static let fragments = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\ud800", "\\udc00\\ud800", "null", "true", "-1",
        "1e999", "0.5", "99999999999999999999", "9223372036854775807", "\"\"", "\u{0}", "\u{FFFD}", "[[[[",
    ].map { Array($0.utf8) }

    /// `bytes` with one to four wounds: flips, losses, repeats, swaps, fragments, a lost end.
    mutating func damage(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...next(4) {
            guard !bytes.isEmpty else { return bytes }
            let at = next(bytes.count)
            let end = min(at + 1 + next(12), bytes.count)
            switch next(8) {
            case 0: bytes[at] ^= UInt8(1 << next(8))
            case 1: bytes[at] = UInt8(next(256))
            case 2: bytes.removeSubrange(at..<end)
            case 3: bytes.insert(contentsOf: bytes[at..<end], at: next(bytes.count))
            case 4: bytes.removeLast(bytes.count - at)
            case 5:
                if let digit = bytes[at...].firstIndex(where: { (0x30...0x39).contains($0) }) {
                    bytes[digit] = UInt8(0x30 + next(10))
                }
            default: bytes.insert(contentsOf: Self.fragments[next(Self.fragments.count)], at: at)
            }
        }
        return bytes
    }
}
