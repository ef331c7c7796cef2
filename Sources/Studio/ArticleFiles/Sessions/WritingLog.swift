import Foundation
import Workbench

/// The words written on each day, in a file among the program's state that several Longhands add to.
///
/// A line for each time something was added, `2026-11-24 +120 /home/me/essay.md`: lines are only ever appended, by one
/// short write, so nothing is lost between processes. Once the file is long, its lines of one day and file are
/// added up, in another file that takes its place.
package struct WritingLog {
    package let path: String

    package init(path: String) { self.path = path }
    private static let longest = 256 << 10
    /// What one line may say: sums of them can't overflow.
    private static let possible = -100_000_000...100_000_000

    /// Notes that a file grew by `words`, or shrank.
    package func add(_ words: Int, to file: String, on date: Date = Date()) throws(FileError) {
        let folder = (path as NSString).deletingLastPathComponent
        StateName.makeFolder(folder)
        let descriptor = try locked()
        defer { close(descriptor) }
        let before = lseek(descriptor, 0, SEEK_END)
        let name = file.replacing("\n", with: " ")
        guard
            AtomicFile.put(
                Array("\(Self.day(of: date)) \(words > 0 ? "+" : "")\(words) \(name)\n".utf8), into: descriptor)
        else {
            let reason = String(cString: strerror(errno))
            // Half a line would make the next one unreadable, too.
            ftruncate(descriptor, before)
            throw .cannotWrite(path: path, reason: reason)
        }
        guard before > Self.longest else { return }
        // What can't be read as lines is kept as it is.
        let (entries, others) = try lines()
        let shorter =
            others.map { $0 + "\n" }
            + added(entries).map { "\($0.day) \($0.words > 0 ? "+" : "")\($0.words) \($0.file)\n" }
        try AtomicFile.write(Array(shorter.joined().utf8), to: path, isPrivate: true)
    }

    /// The file, locked. Who adds the lines up puts another in its place: who waited meanwhile opens that.
    private func locked() throws(FileError) -> Int32 {
        while true {
            let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
            while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
            if LockFile.isCurrent(descriptor, path) { return descriptor }
            close(descriptor)
        }
    }

    /// What was written on each day.
    ///
    /// - Parameter root: only files below this folder; nil for all.
    package func history(below root: String? = nil, today date: Date = Date()) throws(FileError) -> WritingHistory {
        let wanted = try lines().entries.filter { root == nil || $0.file.hasPrefix(root! + "/") }
        var sums: [String: Int] = [:]
        for entry in wanted { sums[entry.day, default: 0] += entry.words }
        let days = sums.filter { $0.value != 0 }.map { WritingHistory.Day(date: $0.key, words: $0.value) }.sorted {
            $0.date < $1.date
        }
        let written = Set(days.filter { $0.words > 0 }.map(\.date))
        var streak = 0
        var day = date
        if !written.contains(Self.day(of: day)) { day = Self.dayBefore(day) }
        while written.contains(Self.day(of: day)) {
            streak += 1
            day = Self.dayBefore(day)
        }
        return WritingHistory(days: days, today: Self.day(of: date), streak: streak)
    }

    private typealias Entry = (day: String, words: Int, file: String)

    /// The lines of the file, and those that can't be read as such.
    private func lines() throws(FileError) -> (entries: [Entry], others: [String]) {
        var (entries, others): ([Entry], [String]) = ([], [])
        for line in String(decoding: try AtomicFile.read(path) ?? [], as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 2)
            if parts.count == 3, parts[0].utf8.count == 10, let words = Int(parts[1]), Self.possible.contains(words) {
                entries.append((String(parts[0]), words, String(parts[2])))
            } else {
                others.append(String(line))
            }
        }
        return (entries, others)
    }

    private func added(_ entries: [Entry]) -> [Entry] {
        var sums: [String: Entry] = [:]
        for entry in entries {
            sums[entry.day + entry.file, default: (entry.day, 0, entry.file)].words += entry.words
        }
        return sums.values.sorted { ($0.day, $0.file) < ($1.day, $1.file) }
    }

    /// `yyyy-MM-dd` where the writer is.
    private static func day(of date: Date) -> String { LocalTime(time_t(date.timeIntervalSince1970)).date }

    private static func dayBefore(_ date: Date) -> Date {
        Calendar.current.date(byAdding: .day, value: -1, to: date) ?? date.addingTimeInterval(-86_400)
    }
}
