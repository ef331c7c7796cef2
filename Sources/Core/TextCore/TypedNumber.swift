extension Int {
    /// What digits beyond every line and count come to: so far below the largest integer that sums of a few of them are safe.
    public static let largestTyped = 1_000_000_000

    /// The number that a person typed, at most `largestTyped`; nil where these are not digits.
    public init?(typed digits: some StringProtocol) {
        guard !digits.isEmpty else { return nil }
        var value = 0
        for byte in digits.utf8 {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = Swift.min(Self.largestTyped, value * 10 + Int(byte - 0x30))
        }
        self = value
    }
}
