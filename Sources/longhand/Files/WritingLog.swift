import Foundation
import Workbench

/// The words written on each day, in a file among the program's state that several Longhands add to.
///
/// A line for each time something was added, `2026-11-24 +120 /home/me/essay.md`: lines are only ever appended, by one
/// short write, so nothing is lost between processes. Once the file is long, its lines of one day and file are
/// added up.
struct WritingLog {
    let path: String
    private static let longest = 256 << 10

    /// Notes that a file grew by `words`, or shrank.
    func add(_ words: Int, to file: String, on date: Date = Date()) throws(FileError) {
        let folder = (path as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        // Who adds the lines up holds the lock alone, and puts another file in this one's place.
        flock(descriptor, LOCK_EX)
        let name = file.replacing("\n", with: " ")
        let line = Array("\(Self.day(of: date)) \(words > 0 ? "+" : "")\(words) \(name)\n".utf8)
        guard write(descriptor, line, line.count) == line.count else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        guard lseek(descriptor, 0, SEEK_END) > Self.longest else { return }
        // In place, so that who waits for the lock adds to this very file.
        let shorter = Array(added(entries()).map { "\($0.day) \($0.words > 0 ? "+" : "")\($0.words) \($0.file)\n" }.joined().utf8)
        guard ftruncate(descriptor, 0) == 0 else { return }
        _ = write(descriptor, shorter, shorter.count)
    }

    /// What was written on each day.
    ///
    /// - Parameter root: only files below this folder; nil for all.
    func history(below root: String? = nil, today date: Date = Date()) -> WritingHistory {
        let wanted = entries().filter { root == nil || $0.file.hasPrefix(root! + "/") }
        var sums: [String: Int] = [:]
        for entry in wanted { sums[entry.day, default: 0] += entry.words }
        let days = sums.filter { $0.value != 0 }.map { WritingHistory.Day(date: $0.key, words: $0.value) }.sorted { $0.date < $1.date }
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

    /// The lines that can be read; others are passed over.
    private func entries() -> [Entry] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 2)
            guard parts.count == 3, parts[0].utf8.count == 10, let words = Int(parts[1]), abs(words) < 100_000_000 else { return nil }
            return (String(parts[0]), words, String(parts[2]))
        }
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
