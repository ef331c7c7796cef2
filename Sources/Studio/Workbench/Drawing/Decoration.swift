import Screen

/// What a feature paints over a part of the article's text.
struct Decoration: Sendable, Equatable {
    /// UTF-8 bytes of the text.
    var range: Range<Int>
    var role: ThemeRole
}

/// A part of the bottom row.
struct StatusPart: Sendable, Equatable {
    /// Those with a lower rank are needed more: what doesn't fit is left out from the end.
    var rank: Int
    var text: String

    init(_ text: String, rank: Int) {
        self.text = text
        self.rank = rank
    }
}
