import Retrieval
import Screen

/// One passage, whole, with the parts of its score.
enum PreviewView {
    static func draw(_ hit: Hit, pinned: Bool, scroll: Int, in rect: Rect, theme: Theme, on grid: inout Grid) {
        let passage = hit.passage
        var y = Chrome.paragraph(passage.title, in: rect, style: theme[.heading], on: &grid)
        let position = "\(passage.path):\(passage.line)" + (pinned ? "  * pinned" : "")
        y = Chrome.paragraph(position, from: y, in: rect, style: theme[.link], on: &grid)
        if !passage.heading.isEmpty {
            y = Chrome.paragraph(passage.heading, from: y, in: rect, style: theme[.dim], on: &grid)
        }
        y = Chrome.paragraph(explanation(of: hit), from: y, in: rect, style: theme[.similarity], on: &grid)
        let rows = Chrome.rows(of: passage.text, width: rect.width)
        y += 1
        for row in rows.dropFirst(scroll) {
            guard y < rect.maxY - 1 else { break }
            _ = grid.put(row, x: rect.x, y: y, style: theme[.text], maxWidth: rect.width)
            y += 1
        }
        _ = grid.put(
            "c cite  o open  p pin  Enter back", x: rect.x, y: rect.maxY - 1, style: theme[.dim], maxWidth: rect.width)
    }

    /// The parts of the score.
    static func explanation(of hit: Hit) -> String {
        var parts: [String] = []
        if let similarity = hit.similarity {
            parts.append(
                hit.strengthBar + " meaning \(decimal(similarity))" + (hit.vectorRank.map { " (#\($0))" } ?? ""))
        }
        if let score = hit.textScore {
            parts.append("words \(decimal(score))" + (hit.textRank.map { " (#\($0))" } ?? ""))
        }
        if let fused = hit.fused { parts.append("together \(decimal(fused))") }
        if hit.penalty >= 0.005 { parts.append("like one above -\(decimal(hit.penalty))") }
        if !hit.matchedTerms.isEmpty { parts.append(hit.matchedTerms.prefix(5).joined(separator: ", ")) }
        return parts.joined(separator: " · ")
    }

    /// Two decimals, without a number formatter.
    static func decimal(_ value: Double) -> String {
        // What a server's vectors come to may be anything.
        guard let hundredths = Int(exactly: (abs(value) * 100).rounded()) else { return "\(value)" }
        let fraction = hundredths % 100
        return (value < 0 && hundredths > 0 ? "-" : "") + "\(hundredths / 100)." + (fraction < 10 ? "0" : "")
            + "\(fraction)"
    }
}
