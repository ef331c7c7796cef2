/// Joins the answers of several searches into one order.
enum Fusion {
    /// Reciprocal rank fusion (Cormack, Clarke, Büttcher 2009): an item's score is the sum of
    /// 1 / (k + rank) over the lists that have it. Only ranks count, so the lists' scores needn't
    /// be comparable. Of equals, the one first seen comes first.
    static func reciprocalRank<Item: Hashable>(
        _ lists: [[Item]], k: Double = 60
    ) -> [(item: Item, score: Double)] {
        var scores: [Item: Double] = [:]
        var order: [Item] = []
        for list in lists {
            for (index, item) in list.enumerated() {
                if scores[item] == nil { order.append(item) }
                scores[item, default: 0] += 1 / (k + Double(index + 1))
            }
        }
        let fused: [(item: Item, score: Double)] = order.map { ($0, scores[$0] ?? 0) }
        let places = fused.indices.sorted { a, b in
            let (x, y) = (fused[a].score, fused[b].score)
            return x != y ? x > y : a < b
        }
        return places.map { fused[$0] }
    }
}

/// Decides whether a text says what another already said.
struct Novelty {
    private let excluded: [[UInt8]]
    private var seen: [Set<String>] = []

    /// From this share of common terms, two passages count as one.
    static let duplicateShare = 0.9
    /// A text shorter than this many bytes, marks left out, is too common to exclude anything.
    private static let shortest = 12

    init(excluding texts: [String]) {
        excluded = texts.map(Novelty.folded).filter { $0.count >= Novelty.shortest }
    }

    /// Whether `text` is new; if so, it is remembered.
    mutating func accepts(_ text: String) -> Bool {
        if !excluded.isEmpty {
            let folded = Novelty.folded(text)
            for other in excluded
            where Novelty.contains(folded, other)
                || (folded.count >= Novelty.shortest && Novelty.contains(other, folded))
            {
                return false
            }
        }
        let keys = Terms.keys(of: text)
        for other in seen {
            let common = keys.intersection(other).count
            let all = keys.count + other.count - common
            if all > 0, Double(common) >= Novelty.duplicateShare * Double(all) { return false }
        }
        seen.append(keys)
        return true
    }

    /// Letters and digits only, in lower case: quotation marks, line breaks and footnote markers
    /// make no difference.
    private static func folded(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        var rest = Substring(text)
        while let marker = rest.firstRange(of: "[^") {
            append(rest[..<marker.lowerBound], to: &result)
            let tail = rest[marker.upperBound...]
            rest = tail.firstIndex(of: "]").map { tail[tail.index(after: $0)...] } ?? tail
        }
        append(rest, to: &result)
        return result
    }

    private static func append(_ text: Substring, to result: inout [UInt8]) {
        for scalar in Folding.fold(String(text)).unicodeScalars where scalar.isTermPart {
            result.append(contentsOf: Array(UTF8.encode(scalar) ?? .init()))
        }
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard let first = part.first, part.count <= text.count else { return false }
        var i = 0
        let last = text.count - part.count
        while i <= last {
            if text[i] == first, text[i..<(i + part.count)].elementsEqual(part) { return true }
            i += 1
        }
        return false
    }
}
