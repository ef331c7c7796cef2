import Retrieval

/// A passage with only what a test cares about.
func passage(
    _ path: String, line: Int = 1, title: String = "Title", heading: String = "", text: String = "Text.",
    scope: Scope = .share
) -> Passage {
    Passage(
        id: "\(path):\(line)", path: path, title: title, heading: heading, line: line, endLine: line,
        text: text, scope: scope)
}

/// Numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
