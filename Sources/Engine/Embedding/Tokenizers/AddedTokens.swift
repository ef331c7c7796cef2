import Encodings

/// Tokens whose spelling in a text stands for them, whatever the model would make of it: `<mask>`,
/// `[SEP]`.
struct AddedTokens: Sendable {
    struct Token: Sendable, Equatable {
        var id: Int32
        /// UTF-8, never empty.
        var spelling: [UInt8]
        /// Takes the white space before it along.
        var stripsLeft = false
        /// Takes the white space behind it along.
        var stripsRight = false
        /// Only counts where no letter or digit touches it.
        var isSingleWord = false
    }

    /// A stretch of text, or a token found in it.
    enum Part: Equatable {
        case text(Range<Int>)
        case token(Int32)
    }

    private let tokens: [Token]
    /// The tokens that begin with a byte, as indices into `tokens`, the longest first.
    private let byFirst: [[Int]]

    var isEmpty: Bool { tokens.isEmpty }
    var largestID: Int32 { tokens.map(\.id).max() ?? -1 }

    init(_ tokens: [Token]) {
        self.tokens = tokens
        var byFirst = [[Int]](repeating: [], count: 256)
        for (index, token) in tokens.enumerated() where !token.spelling.isEmpty {
            byFirst[Int(token.spelling[0])].append(index)
        }
        self.byFirst = byFirst.map { indices in
            indices.sorted { (tokens[$1].spelling.count, $0) < (tokens[$0].spelling.count, $1) }
        }
    }

    /// The longest token that begins at `index`, without regard to what surrounds it.
    func match(_ bytes: [UInt8], at index: Int) -> Token? {
        for candidate in byFirst[Int(bytes[index])] {
            let spelling = tokens[candidate].spelling
            var offset = 1
            while offset < spelling.count, index + offset < bytes.count,
                bytes[index + offset] == spelling[offset]
            {
                offset += 1
            }
            if offset == spelling.count { return tokens[candidate] }
        }
        return nil
    }

    /// `bytes` cut at its tokens: leftmost first, of several the longest.
    func split(_ bytes: [UInt8]) -> [Part] {
        guard !tokens.isEmpty else { return bytes.isEmpty ? [] : [.text(0..<bytes.count)] }
        var parts: [Part] = []
        var done = 0
        var index = 0
        while index < bytes.count {
            guard let token = match(bytes, at: index) else {
                index += 1
                continue
            }
            var start = index
            var end = index + token.spelling.count
            index = end
            if token.isSingleWord, touchesWord(bytes, start..<end) { continue }
            if token.stripsLeft { start = max(CharacterClass.startOfSpaces(bytes, before: start), done) }
            if token.stripsRight { end = CharacterClass.endOfSpaces(bytes, from: end) }
            if done < start { parts.append(.text(done..<start)) }
            parts.append(.token(token.id))
            done = end
            index = end
        }
        if done < bytes.count { parts.append(.text(done..<bytes.count)) }
        return parts
    }

    private func touchesWord(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        if range.upperBound < bytes.count,
            CharacterClass.isWordCharacter(UTF8Scan.scalar(bytes, at: range.upperBound).scalar)
        {
            return true
        }
        guard range.lowerBound > 0 else { return false }
        let before = UTF8Scan.start(bytes, before: range.lowerBound)
        return CharacterClass.isWordCharacter(UTF8Scan.scalar(bytes, at: before).scalar)
    }
}
