/// What was written on each day.
public struct WritingHistory: Sendable, Equatable {
    public struct Day: Sendable, Equatable {
        /// `yyyy-MM-dd`, where the writer was.
        public var date: String
        /// Words more than the day before; below zero where more was cut than written.
        public var words: Int

        public init(date: String, words: Int) {
            self.date = date
            self.words = words
        }
    }

    /// The days on which something was written, the oldest first.
    public var days: [Day]
    public var today: String
    /// Days in a row up to today, or to yesterday while nothing is written today.
    public var streak: Int

    public init(days: [Day], today: String, streak: Int) {
        self.days = days
        self.today = today
        self.streak = streak
    }

    public var total: Int { days.reduce(0) { $0.saturatingAdd($1.words) } }
    public var best: Day? { days.max { $0.words < $1.words } }
    public var wordsToday: Int { days.last { $0.date == today }?.words ?? 0 }
    /// Words a day on which something was written.
    public var average: Int { days.isEmpty ? 0 : total / days.count }
}
