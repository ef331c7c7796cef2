/// How well what was typed fits a name, and where. Pure.
///
/// Each word typed must be in the name as a subsequence, in any case. Characters that begin a word of the name, that follow
/// each other, and that are in its last component count more; a best alignment is found by dynamic programming, as in Smith
/// and Waterman's local alignment without mismatches.
///
/// Known limits: scalars are compared, lower-cased, without decomposing them: `e` doesn't find `é`.
struct FuzzyMatch: Sendable, Equatable {
    /// Larger is better; comparable between names for one query only.
    var score: Int
    /// The indices of the matched Unicode scalars of the name, in order.
    var positions: [Int]

    /// A name made ready to be matched many times.
    struct Name: Sendable {
        let scalars: [UInt32]
        let bonus: [Int8]

        init(_ name: String) {
            let original = Array(name.unicodeScalars)
            let last = original.lastIndex(of: "/") ?? -1
            var scalars: [UInt32] = []
            var bonus: [Int8] = []
            scalars.reserveCapacity(original.count)
            bonus.reserveCapacity(original.count)
            for (index, scalar) in original.enumerated() {
                let previous = index == 0 ? nil : original[index - 1]
                var value: Int8 = index > last ? 4 : 0
                if Self.begins(scalar, after: previous) { value += 8 }
                scalars.append(FuzzyMatch.folded(scalar))
                bonus.append(value)
            }
            self.scalars = scalars
            self.bonus = bonus
        }

        private static func begins(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Bool {
            guard let previous else { return true }
            if "/-_ .,()".unicodeScalars.contains(previous) { return true }
            if scalar.properties.isUppercase, previous.properties.isLowercase { return true }
            return scalar.properties.numericType != nil && previous.properties.numericType == nil
        }
    }

    private static func folded(_ scalar: Unicode.Scalar) -> UInt32 {
        if scalar.isASCII { return (65...90).contains(scalar.value) ? scalar.value + 32 : scalar.value }
        return scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar.value
    }

    /// The match of `query` in `name`; nil where a word of it isn't there. An empty query is in everything.
    init?(_ query: String, in name: Name) {
        score = 0
        var positions: Set<Int> = []
        for word in query.split(whereSeparator: \.isWhitespace) {
            let wanted = word.unicodeScalars.map(Self.folded)
            guard let (gain, found) = Self.align(wanted, name) else { return nil }
            score += gain
            positions.formUnion(found)
        }
        if score > 0 { score -= name.scalars.count / 8 }
        self.positions = positions.sorted()
    }

    private static func align(_ wanted: [UInt32], _ name: Name) -> (score: Int, positions: [Int])? {
        let (rows, columns) = (wanted.count, name.scalars.count)
        // Most names drop out here, without a table.
        var next = 0
        for scalar in name.scalars where next < rows && scalar == wanted[next] { next += 1 }
        guard next == rows, rows > 0 else { return nil }
        let none = Int.min / 2
        /// The best score with wanted[row] at this very place, and where wanted[row - 1] was then.
        var best = [Int](repeating: none, count: rows * columns)
        var from = [Int](repeating: -1, count: rows * columns)
        for row in 0..<rows {
            var reachable = none
            var reachedAt = -1
            for column in row..<columns {
                if row > 0, column > 0 {
                    // A gap costs a little, so that what is near together wins.
                    reachable -= 1
                    let candidate = best[(row - 1) * columns + column - 1] - 2
                    if candidate > reachable { (reachable, reachedAt) = (candidate, column - 1) }
                }
                guard name.scalars[column] == wanted[row] else { continue }
                let own = 16 + Int(name.bonus[column])
                if row == 0 {
                    best[column] = own
                    continue
                }
                let neighbour = column > 0 ? best[(row - 1) * columns + column - 1] : none
                if neighbour > none, neighbour + 10 >= reachable {
                    best[row * columns + column] = neighbour + 10 + own
                    from[row * columns + column] = column - 1
                } else if reachable > none / 2 {
                    best[row * columns + column] = reachable + own
                    from[row * columns + column] = reachedAt
                }
            }
        }
        let last = (rows - 1) * columns
        guard let end = (0..<columns).max(by: { best[last + $0] < best[last + $1] }), best[last + end] > none / 2 else {
            return nil
        }
        var positions = [end]
        for row in stride(from: rows - 1, to: 0, by: -1) {
            positions.append(from[row * columns + positions[positions.count - 1]])
        }
        return (best[last + end], positions.reversed())
    }
}
