import Testing

@testable import Manuscript

@Suite struct VersionSummaryTests {
    private func summary(_ text: String) -> VersionSummary { VersionSummary(bytes: Array(text.utf8)) }

    @Test func changedNewAndGoneSectionsAreNamed() {
        let old = summary("Before.\n\n# One\n\nA.\n\n## Two\n\nB.\n\n# 三\n\n丙。\n")
        #expect(old.changes(since: old) == [])
        let new = summary("Before it.\n\n# One\n\nA.\n\n## Two\n\nB and more.\n\n# Four\n\nD.\n")
        #expect(new.changes(since: old) == ["(the beginning)", "Two", "+Four", "−三"])
        // A paragraph that became a heading isn't said whole.
        let long = summary("# " + String(repeating: "词", count: 300) + "\n").changes(since: summary(""))
        #expect(long.first == "+" + String(repeating: "词", count: 59) + "…")
        // What isn't UTF-8 is summed up too.
        #expect(VersionSummary(bytes: [0x23, 0x20, 0xFF, 0x0A, 0x80]).parts.count >= 1)
        #expect(VersionSummary(bytes: []).words == 0)
    }

    @Test func versionsGetThinnerAsTheyGrowOld() {
        let (hour, day) = (3_600, 86_400)
        let now = 2_000 * day + 12 * hour
        // One every ten minutes for 100 days.
        let times = Array(stride(from: now - 100 * day, through: now, by: 600))
        let kept = zip(times, VersionThinning.kept(times, now: now)).filter(\.1).map(\.0)
        func count(_ from: Int, _ to: Int) -> Int { kept.count { now - $0 >= from && now - $0 < to } }
        #expect(count(0, day) == 144)
        #expect(abs(count(day, 7 * day) - 144) <= 1)
        #expect(abs(count(7 * day, 30 * day) - 23) <= 1)
        #expect(abs(count(30 * day, 101 * day) - 10) <= 1)
        #expect(kept.last == now)
        // Thinning twice is thinning once, and later it goes on from there to the same as at once.
        #expect(!VersionThinning.kept(kept, now: now).contains(false))
        let later = now + 20 * day
        func thinned(_ times: [Int], _ now: Int) -> [Int] {
            zip(times, VersionThinning.kept(times, now: now)).filter(\.1).map(\.0)
        }
        #expect(thinned(kept, later) == thinned(times, later))
        #expect(VersionThinning.kept([5], now: now) == [true])
        #expect(VersionThinning.kept([], now: now) == [])
        // A clock that went back loses nothing.
        #expect(VersionThinning.kept([now + day, now], now: now) == [true, true])
    }
}
