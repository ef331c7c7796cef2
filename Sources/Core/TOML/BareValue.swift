/// A value without quotation marks: a truth value, a number, a date or a time. Whether a day or an hour is one that there
/// is, is the parser's matter.
///
/// Cut by hand: each value of the settings passes here at every start, where patterns would have to be built first.
struct BareValue {
    private var rest: ArraySlice<UInt8>

    /// Whether `word` has the form of one.
    static func isValid(_ word: ArraySlice<UInt8>) -> Bool {
        let forms: [(inout BareValue) -> Bool] = [
            { $0.takeNumber() }, { $0.takeRadixNumber() }, { $0.takeDateTime() }, { $0.takeName() },
        ]
        return forms.contains { form in
            var value = BareValue(rest: word)
            return form(&value) && value.rest.isEmpty
        }
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let matches = text.withUTF8Buffer { rest.starts(with: $0) }
        if matches { rest.removeFirst(text.utf8CodeUnitCount) }
        return matches
    }

    private mutating func takeSign() -> Bool { take("+") || take("-") }

    // MARK: Truth and numbers

    private mutating func takeName() -> Bool {
        if take("true") || take("false") { return true }
        _ = takeSign()
        return take("inf") || take("nan")
    }

    /// `-1_000`, `6.26e-34`.
    private mutating func takeNumber() -> Bool {
        _ = takeSign()
        guard take("0") || takeDigits(TOMLSyntax.isDigit) else { return false }
        if take("."), !takeDigits(TOMLSyntax.isDigit) { return false }
        if take("e") || take("E") {
            _ = takeSign()
            return takeDigits(TOMLSyntax.isDigit)
        }
        return true
    }

    /// `0xDEAD_beef`, `0o17`, `0b1010`.
    private mutating func takeRadixNumber() -> Bool {
        if take("0x") { return takeDigits { Character(UnicodeScalar($0)).isHexDigit } }
        if take("0o") { return takeDigits { $0 >= 0x30 && $0 < 0x38 } }
        return take("0b") && takeDigits { $0 == 0x30 || $0 == 0x31 }
    }

    /// One digit or more; a line may stand between two.
    private mutating func takeDigits(_ isDigit: (UInt8) -> Bool) -> Bool {
        repeat {
            guard let first = rest.first, isDigit(first) else { return false }
            rest.removeFirst()
            rest = rest.drop(while: isDigit)
        } while take("_")
        return true
    }

    // MARK: Dates and times

    /// `1979-05-27`, `07:32:00`, or both with an offset from universal time or without.
    private mutating func takeDateTime() -> Bool {
        guard rest.dropFirst(4).first == UInt8(ascii: "-") else { return takeTime() }
        guard takeDigits(4), take("-"), takeDigits(2), take("-"), takeDigits(2) else { return false }
        if rest.isEmpty { return true }
        guard take("T") || take("t") || take(" "), takeTime() else { return false }
        if rest.isEmpty || take("Z") || take("z") { return true }
        return takeSign() && takeDigits(2) && take(":") && takeDigits(2)
    }

    private mutating func takeTime() -> Bool {
        guard takeDigits(2), take(":"), takeDigits(2), take(":"), takeDigits(2) else { return false }
        guard take(".") else { return true }
        let digits = rest.prefix { TOMLSyntax.isDigit($0) }.count
        return (1...9).contains(digits) && takeDigits(digits)
    }

    private mutating func takeDigits(_ count: Int) -> Bool {
        guard rest.count >= count, rest.prefix(count).allSatisfy({ TOMLSyntax.isDigit($0) }) else { return false }
        rest.removeFirst(count)
        return true
    }
}
