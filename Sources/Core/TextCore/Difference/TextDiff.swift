/// A piece of a comparison of two texts.
public struct DiffPiece: Sendable, Equatable {
    /// Whether a piece is in both texts, only in the new one or only in the old one.
    public enum Kind: Sendable, Equatable { case same, added, removed }

    /// Which of the two texts has the piece.
    public var kind: Kind
    /// The words of the piece, as the text has them.
    public var text: String

    /// A piece of this kind and these words.
    public init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}

/// A comparison of prose: first of sentences, then of the words in those that changed.
///
/// The pieces that are `same` or `removed` make the old text, those that are `same` or `added` the
/// new one, to the byte. Each comparison is a longest common subsequence; where it would take more
/// than `maximumCells` steps the whole stretch counts as changed.
public enum TextDiff {
    static let maximumCells = 1 << 20

    /// The pieces of both texts in order; neighbours differ in kind, and what is removed stands before what is added.
    public static func between(_ old: String, _ new: String) -> [DiffPiece] {
        var result = PieceList()
        var removed: [Substring] = []
        var added: [Substring] = []
        func flush() {
            words(removed.joined(), added.joined(), into: &result)
            removed = []
            added = []
        }
        for step in steps(ProseSplit.sentences(old), ProseSplit.sentences(new)) {
            switch step {
            case .same(let text):
                flush()
                result.add(.same, text)
            case .removed(let text): removed.append(text)
            case .added(let text): added.append(text)
            }
        }
        flush()
        return result.pieces
    }

    /// The replacements that make `new` of `old`, which begins at `offset`: as small as the comparison allows, so that
    /// what points into unchanged words keeps pointing there.
    ///
    /// - Returns: ranges in UTF-8 bytes, sorted and apart.
    public static func replacements(
        from old: String, to new: String, at offset: Int
    ) -> [(range: Range<Int>, with: String)] {
        var result: [(range: Range<Int>, with: String)] = []
        var offset = offset
        var open: (range: Range<Int>, with: String)?
        for piece in between(old, new) {
            let length = piece.text.utf8.count
            switch piece.kind {
            case .same:
                if let change = open { result.append(change) }
                open = nil
                offset += length
            case .removed:
                let start = open?.range.lowerBound ?? offset
                open = (start..<(offset + length), open?.with ?? "")
                offset += length
            case .added:
                open = (open?.range ?? offset..<offset, (open?.with ?? "") + piece.text)
            }
        }
        if let change = open { result.append(change) }
        return result
    }

    private static func words(_ old: String, _ new: String, into result: inout PieceList) {
        if old.isEmpty || new.isEmpty {
            result.add(.removed, old[...])
            result.add(.added, new[...])
            return
        }
        let steps = steps(ProseSplit.words(old), ProseSplit.words(new))
        let kept = steps.reduce(0) { sum, step in
            if case .same(let text) = step, text.contains(where: { !$0.isWhitespace }) {
                return sum + text.utf8.count
            }
            return sum
        }
        // Sentences with little in common read better whole than as confetti.
        guard kept * 3 >= min(old.utf8.count, new.utf8.count) else {
            result.add(.removed, old[...])
            result.add(.added, new[...])
            return
        }
        for step in steps {
            switch step {
            case .same(let text): result.add(.same, text)
            case .removed(let text): result.add(.removed, text)
            case .added(let text): result.add(.added, text)
            }
        }
    }

    enum Step {
        case same(Substring)
        case removed(Substring)
        case added(Substring)
    }

    /// The steps from `old` to `new`, along a longest common subsequence.
    static func steps(_ old: [Substring], _ new: [Substring]) -> [Step] {
        var head = 0
        while head < old.count, head < new.count, old[head].utf8.elementsEqual(new[head].utf8) {
            head += 1
        }
        var tail = 0
        while tail < old.count - head, tail < new.count - head,
            old[old.count - 1 - tail].utf8.elementsEqual(new[new.count - 1 - tail].utf8)
        {
            tail += 1
        }
        var result = old[..<head].map(Step.same)
        result += middle(Array(old[head..<(old.count - tail)]), Array(new[head..<(new.count - tail)]))
        result += old[(old.count - tail)...].map(Step.same)
        return result
    }

    private static func middle(_ old: [Substring], _ new: [Substring]) -> [Step] {
        let width = new.count + 1
        guard !old.isEmpty, !new.isEmpty, (old.count + 1) * width <= maximumCells else {
            return old.map(Step.removed) + new.map(Step.added)
        }
        // Equal tokens get equal numbers: comparing numbers is what the inner loop does. Tokens are
        // keyed by their bytes, because canonically equal strings are not the same text.
        var numbers: [[UInt8]: Int32] = [:]
        func number(_ token: Substring) -> Int32 {
            let key = Array(token.utf8)
            if let known = numbers[key] { return known }
            let next = Int32(numbers.count)
            numbers[key] = next
            return next
        }
        let a = old.map(number)
        let b = new.map(number)
        // lengths[i * width + j]: of the longest common subsequence of a[i...] and b[j...].
        var lengths = [Int32](repeating: 0, count: (a.count + 1) * width)
        for i in a.indices.reversed() {
            for j in b.indices.reversed() {
                lengths[i * width + j] =
                    a[i] == b[j]
                    ? lengths[(i + 1) * width + j + 1] + 1
                    : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
            }
        }
        var result: [Step] = []
        var i = 0
        var j = 0
        while i < a.count, j < b.count {
            if a[i] == b[j] {
                result.append(.same(old[i]))
                i += 1
                j += 1
            } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
                result.append(.removed(old[i]))
                i += 1
            } else {
                result.append(.added(new[j]))
                j += 1
            }
        }
        return result + old[i...].map(Step.removed) + new[j...].map(Step.added)
    }
}

/// Pieces in order, where neighbours of one kind become one, and of a change what is removed stands
/// before what is added.
private struct PieceList {
    private(set) var pieces: [DiffPiece] = []

    mutating func add(_ kind: DiffPiece.Kind, _ text: Substring) {
        if text.isEmpty { return }
        if let last = pieces.indices.last {
            if pieces[last].kind == kind {
                pieces[last].text += text
                return
            }
            if kind == .removed, pieces[last].kind == .added, last > 0,
                pieces[last - 1].kind == .removed
            {
                pieces[last - 1].text += text
                return
            }
            if kind == .removed, pieces[last].kind == .added {
                pieces.insert(DiffPiece(.removed, String(text)), at: last)
                return
            }
        }
        pieces.append(DiffPiece(kind, String(text)))
    }
}
