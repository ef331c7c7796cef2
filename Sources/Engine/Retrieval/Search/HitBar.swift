extension Hit {
    /// The strength in four cells: ▰▰▰▱. `text` where only words matched, blank where it can't be told.
    public var strengthBar: String {
        guard similarity != nil else { return "text" }
        guard let strength, !strength.isNaN else { return "    " }
        let full = Int((min(max(0, strength), 1) * 4).rounded())
        return String(repeating: "▰", count: full) + String(repeating: "▱", count: 4 - full)
    }

    /// Whether the hit is hardly nearer than what is near by chance.
    public var isWeak: Bool { strength.map { $0 < 0.375 } ?? false }
}
