/// The table of targets in `ARCHITECTURE.md`: a row a target, from the lowest floor up, and on a floor from left to right.
///
///     | floor | target | what lives there | imports |
struct ArchitectureTable {
    struct Row: Equatable {
        var floor: String
        var target: String
        var purpose: String
        /// In the order they are written in; empty for `-`.
        var imports: [String]
    }

    var rows: [Row] = []

    init(_ document: String) {
        for line in document.split(separator: "\n") where line.hasPrefix("| ") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
                Self.trimmed($0)
            }
            guard cells.count == 4, cells[1].hasPrefix("`"), cells[1].hasSuffix("`") else { continue }
            let imports = cells[3] == "-" ? [] : cells[3].split(separator: ",").map { Self.trimmed($0) }
            rows.append(
                Row(
                    floor: cells[0], target: String(cells[1].dropFirst().dropLast()), purpose: cells[2],
                    imports: imports))
        }
    }

    func position(of target: String) -> Int? { rows.firstIndex { $0.target == target } }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
