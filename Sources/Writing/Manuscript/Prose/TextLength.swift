/// How much text there is, by the rule of each script: words where they are written with spaces between
/// them, characters where they are not. `total` is what writers of both call the length of a text.
public struct TextLength: Sendable, Hashable {
    /// Words of letters and digits.
    public var words = 0
    /// Han characters and kana, each of which counts as one.
    public var ideographs = 0
    /// Everything that is seen but blanks: letters, ideographs, punctuation; marks above them not counted.
    public var characters = 0

    /// A length of these counts.
    public init(words: Int = 0, ideographs: Int = 0, characters: Int = 0) {
        self.words = words
        self.ideographs = ideographs
        self.characters = characters
    }

    /// Counts a piece of Markdown. Where links lead to and comments are not counted.
    public init(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        self = WordScan.measure(bytes, in: 0..<bytes.count)
    }

    /// Words and ideographs together: the length of a text as writers count it.
    public var total: Int { words + ideographs }

    /// The counts of both added up.
    public static func + (left: TextLength, right: TextLength) -> TextLength {
        TextLength(
            words: left.words + right.words, ideographs: left.ideographs + right.ideographs,
            characters: left.characters + right.characters)
    }

    /// Minutes of silent reading, at least 1 for any text: 238 English words a minute (Brysbaert 2019, How many
    /// words do we read per minute?), 400 Chinese characters.
    public var readingMinutes: Int {
        guard total > 0 else { return 0 }
        let minutes = Double(words) / 238 + Double(ideographs) / 400
        return max(1, Int(minutes.rounded()))
    }
}

/// The length of an article and of its sections, and what the writer set out to reach.
///
/// Targets are part of the text: `target: 2000` in the front matter for the article, `session_target: 500` for
/// what is to be written at a sitting, and for a section, anywhere in its own text, a comment
/// `<!-- target: 500 -->`, which no exported page shows.
public struct ArticleCounts: Sendable, Equatable {
    /// How long a section is, and how long it is to be.
    public struct Section: Sendable, Equatable {
        /// The text below the heading up to the next one.
        public var own: TextLength
        /// With the sections nested in it.
        public var whole: TextLength
        /// The words to reach by the section's `target` comment; nil without one.
        public var target: Int?
    }

    /// The whole article without its front matter.
    public var total = TextLength()
    /// As many as the outline has headings.
    public var sections: [Section] = []
    /// The words to reach by the front matter's `target`; nil without one.
    public var target: Int?
    /// The words to write at a sitting by the front matter's `session_target`; nil without one.
    public var sessionTarget: Int?
    /// `lang:` of the front matter.
    public var language: String?

    /// The counts of an empty article.
    public init() {}

    /// Counts `bytes`, whose outline is `outline`.
    public init(_ outline: Outline, bytes: [UInt8]) {
        let own = outline.sections.map { WordScan.measure(bytes, in: $0.bodyRange) }
        total = own.reduce(TextLength(), +)
        for (index, section) in outline.sections.enumerated() where section.level > 0 {
            var whole = own[index]
            var next = index + 1
            while next < outline.sections.count, outline.sections[next].level > section.level {
                whole = whole + own[next]
                next += 1
            }
            sections.append(
                Section(own: own[index], whole: whole, target: Self.target(in: bytes[section.bodyRange])))
        }
        guard let range = FrontMatterScan.range(bytes) else { return }
        let fields = FrontMatter.parse(String(decoding: bytes[..<range.close.next], as: UTF8.self)).0.fields
        target = fields["target"].flatMap(Self.number)
        sessionTarget = fields["session_target"].flatMap(Self.number)
        language = fields["lang"] ?? fields["language"]
    }

    /// The number in `<!-- target: 500 -->`.
    private static func target(in bytes: ArraySlice<UInt8>) -> Int? {
        let opening = Array("<!--".utf8)
        var i = bytes.startIndex
        while let start = bytes[i...].firstIndex(of: UInt8(ascii: "<")) {
            i = start + 1
            guard bytes[start...].starts(with: opening) else { continue }
            // A comment that sets a target is short.
            let end = min(bytes.endIndex, start + 60)
            guard let close = bytes[start..<end].firstIndex(of: UInt8(ascii: ">")) else { continue }
            let words = String(decoding: bytes[(start + 4)..<max(start + 4, close - 2)], as: UTF8.self)
            let parts = words.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, Substring(String(parts[0]).trimmingBlanks) == "target" else { continue }
            if let number = number(String(parts[1])) { return number }
        }
        return nil
    }

    /// A number of words, also as `2,000` or `2 000`; nil for none and for nothing to reach.
    private static func number(_ text: String) -> Int? {
        let digits = text.filter { $0 != "," && $0 != " " && $0 != "_" }
        guard let number = Int(digits), number > 0, number < 100_000_000 else { return nil }
        return number
    }
}
