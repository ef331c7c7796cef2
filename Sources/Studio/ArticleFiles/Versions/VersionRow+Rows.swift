import Manuscript
import Workbench

extension VersionRow {
    /// The rows of a list, the newest first, each compared with the version before it.
    package static func rows(_ versions: [VersionStore.Version]) -> [VersionRow] {
        versions.indices.reversed().map { index in
            let version = versions[index]
            let older = index > 0 ? versions[index - 1].summary : nil
            return VersionRow(
                number: versions.count - index, id: version.hash, time: Self.time(version.time),
                words: version.summary.words,
                change: older.map { version.summary.words - $0.words },
                sections: older.map { version.summary.changes(since: $0) } ?? [])
        }
    }

    /// `2026-11-24 14:05:12`, where the writer is.
    private static func time(_ seconds: Int) -> String {
        let time = LocalTime(seconds)
        return "\(time.date) \(time.clockWithSeconds)"
    }
}
