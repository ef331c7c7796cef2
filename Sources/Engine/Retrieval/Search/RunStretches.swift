import TextAnalysis

/// Which stretches of a run of characters without spaces stand in a text.
///
/// The text is read once: where each pair of neighbours stands. A run is then gone through once, each stretch of it being
/// compared only at the places that begin alike.
struct RunStretches {
    private let scalars: [Unicode.Scalar]
    private let lone: Set<Unicode.Scalar>
    /// The places of two neighbours of scripts without spaces.
    private let positions: [UInt64: [Int]]

    /// A longer stretch is several.
    static let longest = 24

    /// - Parameter text: folded.
    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        var positions: [UInt64: [Int]] = [:]
        var lone: Set<Unicode.Scalar> = []
        for (index, scalar) in scalars.enumerated() where scalar.isUnspaced {
            lone.insert(scalar)
            guard index + 1 < scalars.count, scalars[index + 1].isUnspaced else { continue }
            positions[Self.key(scalar, scalars[index + 1]), default: []].append(index)
        }
        self.positions = positions
        self.lone = lone
    }

    /// The stretches of `run` that the text has, from its start to its end, each as long as can be; a pair is the
    /// shortest that counts, unless the run itself is one character.
    func found(of run: [Unicode.Scalar]) -> [String] {
        guard run.count > 1 else { return run.filter(lone.contains).map { String($0) } }
        var found: [String] = []
        var start = 0
        while start + 1 < run.count {
            let length = longest(run, start)
            if length > 0 { found.append(Term.run(Array(run[start..<start + length])).text) }
            start += max(1, length)
        }
        return found
    }

    private func longest(_ run: [Unicode.Scalar], _ start: Int) -> Int {
        let most = min(Self.longest, run.count - start)
        var best = 0
        for position in positions[Self.key(run[start], run[start + 1])] ?? [] {
            var length = 2
            while length < most, position + length < scalars.count, scalars[position + length] == run[start + length] {
                length += 1
            }
            best = max(best, length)
            if best == most { break }
        }
        return best
    }

    private static func key(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> UInt64 {
        UInt64(a.value) << 32 | UInt64(b.value)
    }
}
