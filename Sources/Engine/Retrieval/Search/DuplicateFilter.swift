import TextAnalysis

/// How near copies are kept from filling a list.
///
/// Copies are told by their pairs of neighbouring words and left out in every mode; `-k all` leaves in everything.
/// The list is then filled by maximal marginal relevance. Measured by `make bench-quality` (nDCG@10 as in
/// `FusionRule`; in brackets the copies among ten, where half of what is asked for is there in three versions):
///
///                                     English, MiniLM   English, E5   Chinese, E5   Chinese on English, E5
///     no copies, with MMR             0.767             0.689         0.679         0.545
///     no copies, without MMR          0.770             0.682         0.682         0.536
///     copies, as they come            0.743 (3.1)       0.670 (2.6)   0.672 (2.7)   0.534 (2.1)
///     copies, pairs and MMR           0.767 (0.0)       0.697 (0.0)   0.685 (0.4)   0.559 (0.0)
///     copies, pairs of words alone    0.767 (0.0)       0.694 (0.0)   0.691 (1.2)   0.555 (0.0)
///     copies, MMR alone               0.752 (1.4)       0.691 (0.9)   0.680 (1.1)   0.555 (0.4)
///
/// Rejected: MMR alone, which drops copies too late, or good neighbours too.
package struct Diversity: Sendable, Equatable {
    /// From this share of common pairs of neighbouring terms, two passages count as one.
    package var duplicateShare: Double
    /// Maximal marginal relevance (Carbonell, Goldstein 1998): what is taken off a hybrid hit's score that is as near to a
    /// better one as can be; one as near as any two passages loses nothing.
    package var penalty: Double

    /// A rule of these two numbers; a share above 1 lets every copy through, a penalty of 0 leaves the order as it is.
    package init(duplicateShare: Double, penalty: Double) {
        self.duplicateShare = duplicateShare
        self.penalty = penalty
    }

    /// What `make bench-quality` found best.
    package static let standard = Diversity(duplicateShare: 0.4, penalty: 2)
}

/// Decides whether a text says what another already said.
struct DuplicateFilter {
    private let excluded: [[UInt8]]
    private let duplicateShare: Double
    private var seen: [Set<String>] = []

    /// A text shorter than this many bytes, marks left out, is too common to exclude anything.
    private static let shortest = 12

    /// - Parameter duplicateShare: from this share of common pairs of terms, two passages count as one; above 1 none do.
    init(excluding texts: [String], duplicateShare: Double = Diversity.standard.duplicateShare) {
        self.duplicateShare = duplicateShare
        excluded = texts.map(DuplicateFilter.folded).filter { $0.count >= DuplicateFilter.shortest }
    }

    /// Whether `text` is new; if so, it is remembered.
    mutating func accepts(_ text: String) -> Bool {
        if !excluded.isEmpty {
            let folded = DuplicateFilter.folded(text)
            for other in excluded
            where DuplicateFilter.contains(folded, other)
                || (folded.count >= DuplicateFilter.shortest && DuplicateFilter.contains(other, folded))
            {
                return false
            }
        }
        guard duplicateShare <= 1 else { return true }
        let keys = DuplicateFilter.pairs(text)
        for other in seen {
            let common = keys.intersection(other).count
            let all = keys.count + other.count - common
            if all > 0, Double(common) >= duplicateShare * Double(all) { return false }
        }
        seen.append(keys)
        return true
    }

    /// The text's terms, each with its neighbour (shingles: Broder 1997): other texts may well have the same words, but not
    /// in the same order.
    private static func pairs(_ text: String) -> Set<String> {
        let tokens = TextAnalyzer.scan(folded: Folding.fold(text)).flatMap(TextAnalyzer.tokens)
        guard tokens.count > 1 else { return Set(tokens) }
        return Set(zip(tokens, tokens.dropFirst()).map { $0 + " " + $1 })
    }

    /// Letters and digits only, in lower case: quotation marks, line breaks and footnote markers
    /// make no difference.
    private static func folded(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        var rest = Substring(text)
        while let marker = rest.firstRange(of: "[^") {
            append(rest[..<marker.lowerBound], to: &result)
            rest = rest[marker.upperBound...]
            // Where none closes, none further on does.
            guard let close = rest.firstIndex(of: "]") else { break }
            rest = rest[rest.index(after: close)...]
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
        guard !part.isEmpty, part.count <= text.count else { return false }
        // Knuth, Morris and Pratt: no byte of the text is looked at again, however much of the part repeats itself.
        var borders = [0]
        var length = 0
        for byte in part.dropFirst() {
            while length > 0, part[length] != byte { length = borders[length - 1] }
            if part[length] == byte { length += 1 }
            borders.append(length)
        }
        length = 0
        for byte in text {
            while length > 0, part[length] != byte { length = borders[length - 1] }
            if part[length] == byte { length += 1 }
            if length == part.count { return true }
        }
        return false
    }
}
