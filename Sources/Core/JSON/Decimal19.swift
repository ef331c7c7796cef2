/// Decimal fractions of up to nineteen digits, rounded correctly.
///
/// The scores of a vocabulary have sixteen or seventeen digits, too many for the usual short cut
/// (a mantissa below 2^53), and the general conversion of 250,000 of them is half of the loading
/// time. Nineteen digits fit 64 bits, so one division of 128 by 64 bits gives 63 bits of the
/// quotient, and whether a remainder is left decides the rounding.
enum Decimal19 {
    /// mantissa / 10^power, for powers up to 19.
    static func quotient(_ mantissa: UInt64, tenTo power: Int) -> Double {
        guard mantissa != 0 else { return 0 }
        guard power > 0 else { return Double(mantissa) }
        let divisor = powers[power]
        let (up, across) = (mantissa.leadingZeroBitCount, divisor.leadingZeroBitCount)
        let dividend = mantissa << up
        let (quotient, remainder) = (divisor << across).dividingFullWidth(
            (dividend >> 1, dividend << 63))
        return Double(sign: .plus, exponent: across - up - 63, significand: Double(quotient | (remainder == 0 ? 0 : 1)))
    }

    private static let powers: [UInt64] = (0...19).map { power in
        (0..<power).reduce(1) { value, _ in value * 10 }
    }
}
