/// A set in which every third passage stands three times, as drafts of a note do: as it is, with some words changed, and
/// with its end missing and a word before it.
struct Versions {
    private(set) var passages: [SetPassage] = []
    private static let mark = "-version-"

    init(_ set: TestSet) {
        // Every passage that a query asks for, every other of those, so that copies matter.
        let asked = Set(set.queries.flatMap(\.grades.keys)).sorted()
        let doubled = Set(asked.enumerated().filter { $0.offset % 2 == 0 }.map(\.element))
        for passage in set.passages {
            passages.append(passage)
            guard doubled.contains(passage.id) else { continue }
            for (number, text) in [Self.reworded(passage.text), Self.shortened(passage.text)].enumerated() {
                passages.append(
                    SetPassage(id: "\(passage.id)\(Self.mark)\(number + 1)", source: passage.source, text: text))
            }
        }
    }

    /// Ids with those of versions replaced by their passage's; what repeats an earlier one is empty, and gains nothing.
    func originals(_ ids: [String]) -> (ids: [String], repeated: Int) {
        var seen: Set<String> = []
        var repeated = 0
        let result = ids.map { id in
            let original = id.firstRange(of: Self.mark).map { String(id[..<$0.lowerBound]) } ?? id
            if seen.insert(original).inserted { return original }
            repeated += 1
            return ""
        }
        return (result, repeated)
    }

    /// Every ninth word left out and two neighbours exchanged; of Chinese, every ninth character.
    private static func reworded(_ text: String) -> String {
        let isSpaced = text.contains(" ")
        var parts = isSpaced ? text.split(separator: " ").map(String.init) : text.map(String.init)
        if parts.count > 4 { parts.swapAt(2, 3) }
        return parts.enumerated().filter { $0.offset % 9 != 7 }.map(\.element).joined(separator: isSpaced ? " " : "")
    }

    /// Without the last sixth, behind a word of the writer's.
    private static func shortened(_ text: String) -> String {
        let isSpaced = text.contains(" ")
        let parts = isSpaced ? text.split(separator: " ").map(String.init) : text.map(String.init)
        let kept = parts.prefix(parts.count - parts.count / 6).joined(separator: isSpaced ? " " : "")
        return (isSpaced ? "Noted again: " : "又记：") + kept
    }
}
