extension Int {
    /// The sum, or the nearest number there is: for numbers that come from files, servers or the keyboard.
    func saturatingAdd(_ other: Int) -> Int {
        let (sum, hasOverflown) = addingReportingOverflow(other)
        return hasOverflown ? (other < 0 ? .min : .max) : sum
    }
}
