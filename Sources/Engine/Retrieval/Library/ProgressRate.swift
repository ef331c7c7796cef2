/// How fast work goes, from what was done in the last while, and so how long it will take.
///
/// A value without a clock. The estimate is of the present pace, not the average: reading a large note, or a machine
/// that has other things to do, changes it. At first, and when nothing was done for long, there is none.
struct ProgressRate {
    typealias Instant = ContinuousClock.Instant

    /// How far back it looks.
    static let window = Duration.seconds(20)
    /// For how long it must have looked before it says something.
    static let least = Duration.seconds(2)

    private var marks: [(time: Instant, done: Int)] = []

    init(start: Instant) { marks = [(start, 0)] }

    /// Takes note that `done` of all is done.
    mutating func mark(_ done: Int, at now: Instant) {
        marks.append((now, done))
        // One older than the window stays, so that there's always a whole window to look at.
        while marks.count > 2, marks[1].time < now - Self.window { marks.removeFirst() }
    }

    /// Seconds that `left` more will take; nil when that can't be told yet.
    func seconds(for left: Int) -> Double? {
        guard let first = marks.first, let last = marks.last, last.done > first.done else { return nil }
        let time = last.time - first.time
        guard time >= Self.least else { return nil }
        return time / .seconds(1) / Double(last.done - first.done) * Double(left)
    }
}
