/// Days as notes and filters write them, in the Gregorian calendar. As texts they are ordered as the days are.
public enum CalendarDay {
    /// Whether `text` is `yyyy`, `yyyy-MM` or `yyyy-MM-dd`, and such a month or day exists.
    public static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts[0].utf8.count == 4,
            parts.dropFirst().allSatisfy({ $0.utf8.count == 2 }),
            parts.allSatisfy({ $0.utf8.allSatisfy(\.isASCIIDigit) })
        else { return false }
        let numbers = parts.compactMap { Int($0) }
        if numbers.count > 1, !(1...12).contains(numbers[1]) { return false }
        return numbers.count < 3 || (1...length(ofMonth: numbers[1], in: numbers[0])).contains(numbers[2])
    }

    /// Whether `text` is a whole day, `yyyy-MM-dd`, that exists.
    public static func isDay(_ text: String) -> Bool { text.utf8.count == 10 && isDate(text) }

    /// The whole day in the first ten characters of `text`; nil where they are none. What follows is passed over.
    public static func leading(_ text: some StringProtocol) -> String? {
        let day = String(text.prefix(10))
        return isDay(day) ? day : nil
    }

    /// `yyyy-MM-dd` of a text that begins with a day, in that form or with `/` or `.` for `-`; a time
    /// behind it is passed over. Nil when no such day is in the (Gregorian) calendar.
    public static func beginning(_ text: String) -> String? {
        let day = text.prefix { $0 != "T" && $0 != "t" && $0 != " " }
        let parts = day.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "/" || $0 == "." }
        guard parts.count == 3, parts[0].utf8.count == 4,
            parts.allSatisfy({ $0.utf8.count <= 4 && $0.utf8.allSatisfy(\.isASCIIDigit) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let number = Int(parts[2]),
            (1...12).contains(month)
        else { return nil }
        guard number >= 1, number <= length(ofMonth: month, in: year) else { return nil }
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return "\(parts[0])-\(two(month))-\(two(number))"
    }

    private static func length(ofMonth month: Int, in year: Int) -> Int {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}
