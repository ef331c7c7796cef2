/// What was written on each day.
public struct WritingHistory: Sendable, Equatable {
    /// One day's words.
    public struct Day: Sendable, Equatable {
        /// `yyyy-MM-dd`, where the writer was.
        public var date: String
        /// Words more than the day before; below zero where more was cut than written.
        public var words: Int

        /// - Parameter date: `yyyy-MM-dd`.
        public init(date: String, words: Int) {
            self.date = date
            self.words = words
        }
    }

    /// The days on which something was written, the oldest first.
    public var days: [Day]
    var today: String
    /// Days in a row up to today, or to yesterday while nothing is written today.
    public var streak: Int

    /// - Parameter streak: in days; it isn't counted again from `days`.
    public init(days: [Day], today: String, streak: Int) {
        self.days = days
        self.today = today
        self.streak = streak
    }

    /// The words of all days together.
    public var total: Int { days.reduce(0) { $0.saturatingAdd($1.words) } }
    /// The day with the most words; nil where there are no days.
    public var best: Day? { days.max { $0.words < $1.words } }
    /// The words of today so far; 0 where nothing is written yet.
    public var wordsToday: Int { days.last { $0.date == today }?.words ?? 0 }
    /// Words a day on which something was written.
    public var average: Int { days.isEmpty ? 0 : total / days.count }
}
