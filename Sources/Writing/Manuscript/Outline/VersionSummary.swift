import TextCore

/// What is said of a version of an article in a list: its words, and enough of its sections to tell which of them another has
/// otherwise.
public struct VersionSummary: Sendable, Equatable {
    /// One section of the version.
    public struct Part: Sendable, Equatable {
        /// The section's heading; empty for what stands before the first one.
        public var title: String
        /// FNV-1a of the section's own text, without the sections within it.
        public var digest: UInt64

        /// A section of this heading whose text has this hash.
        public init(title: String, digest: UInt64) {
            self.title = title
            self.digest = digest
        }
    }

    /// Words of the whole version: one a word, one a CJK ideograph.
    public var words: Int
    /// The sections in the text's order.
    public var parts: [Part]

    /// A summary of these parts, as it was stored.
    public init(words: Int, parts: [Part]) {
        self.words = words
        self.parts = parts
    }

    /// - Parameter bytes: an article; what isn't UTF-8 in it is read as U+FFFD.
    public init(bytes: [UInt8]) {
        let outline = Outline(bytes: bytes)
        words = outline.sections.reduce(0) { $0 + $1.words }
        var starts = outline.sections.map(\.range.lowerBound)
        starts.append(bytes.count)
        parts = outline.sections.enumerated().map { index, section in
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            let end = max(starts[index], min(bytes.count, starts[index + 1]))
            for byte in bytes[min(starts[index], bytes.count)..<end] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            return Part(title: section.title, digest: hash)
        }
    }

    /// The titles of the sections that differ from those of `older`: changed ones as they are, new ones with `+` and those that are
    /// gone with `−` before them. What stands before the first heading is `(the beginning)`.
    public func changes(since older: VersionSummary) -> [String] {
        func name(_ title: String) -> String {
            title.isEmpty ? "(the beginning)" : title.count > 60 ? title.prefix(59) + "…" : title
        }
        let titles = Set(parts.map(\.title))
        let olderTitles = Set(older.parts.map(\.title))
        let known = Set(older.parts.map { "\($0.digest) \($0.title)" })
        var result: [String] = []
        for part in parts where !known.contains("\(part.digest) \(part.title)") {
            result.append((olderTitles.contains(part.title) ? "" : "+") + name(part.title))
        }
        for part in older.parts where !titles.contains(part.title) { result.append("−" + name(part.title)) }
        return result
    }
}

/// Which versions of an article are kept as they grow old.
public enum VersionThinning {
    /// All of the last day, the last of each hour for a week, of each day for a month, of each week beyond; the newest always.
    ///
    /// Hours, days and weeks are those of the clock, so that thinning twice is thinning once.
    ///
    /// - Parameters:
    ///   - times: in seconds since 1970, the oldest first.
    ///   - now: likewise.
    /// - Returns: for each whether it is kept.
    public static func kept(_ times: [Int], now: Int) -> [Bool] {
        let day = 86_400
        func bucket(_ time: Int) -> (unit: Int, number: Int)? {
            let age = now - time
            if age < day { return nil }
            let unit = age < 7 * day ? 3_600 : age < 30 * day ? day : 7 * day
            return (unit, time / unit)
        }
        return times.indices.map { index in
            guard index + 1 < times.count, let own = bucket(times[index]) else { return true }
            // The next one of the same span is newer, and stands for this one.
            return times[index + 1] / own.unit != own.number
        }
    }
}
