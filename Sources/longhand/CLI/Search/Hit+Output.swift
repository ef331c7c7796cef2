import Foundation
import JSON
import Notes
import Retrieval

extension Hit {
    /// The parts of the score, in words.
    func explanation(_ mode: SearchMode) -> String {
        func decimal(_ value: Double, _ digits: Int = 2) -> String { String(format: "%.\(digits)f", value) }
        var parts: [String] = []
        if let similarity {
            parts.append(
                "similarity \(decimal(similarity, 3))" + (vectorRank.map { ", rank \($0)" } ?? ", beyond the ranks"))
        }
        if let zScore { parts.append("\(decimal(zScore)) above most") }
        if let textScore { parts.append("BM25 \(decimal(textScore))" + (textRank.map { ", rank \($0)" } ?? "")) }
        if let fused { parts.append("fused \(decimal(fused))") }
        if penalty >= 0.005 { parts.append("like a better hit -\(decimal(penalty))") }
        if mode == .hybrid || parts.isEmpty { parts.append("score \(decimal(score))") }
        if let strength { parts.append("strength \(decimal(strength))") }
        if !matchedTerms.isEmpty { parts.append("terms \(matchedTerms.joined(separator: ", "))") }
        return parts.joined(separator: "; ")
    }

    var json: OrderedJSON {
        .object([
            ("rank", .integer(rank)), ("score", .number(score)), ("strength", .optional(strength)),
            ("similarity", .optional(similarity)), ("standing", .optional(zScore)),
            ("text_score", .optional(textScore)),
            ("fused", .optional(fused)), ("penalty", .number(penalty)), ("path", .string(passage.path)),
            ("line", .integer(passage.line)),
            ("end_line", .integer(passage.endLine)), ("heading", .string(passage.heading)),
            ("passage", .string(passage.text)), ("sentence", .string(sentence)), ("tags", .strings(passage.tags)),
            ("title", .string(passage.title)), ("date", .optional(passage.date)),
            ("scope", .string(passage.scope.rawValue)),
            ("language", .optional(passage.language)),
            ("vector_rank", .optional(vectorRank)), ("text_rank", .optional(textRank)),
            ("matched_terms", .strings(matchedTerms)), ("id", .string(passage.id)),
        ])
    }
}
