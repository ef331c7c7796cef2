/// The quotation marks of a language, after the delimiters of the Unicode Common Locale Data Repository.
public struct QuotationMarks: Sendable, Equatable {
    /// The mark that begins a quotation, with a space of its own in French.
    public var open: String
    /// The mark that ends a quotation.
    public var close: String
    /// The mark that begins a quotation within a quotation.
    public var innerOpen: String
    /// The mark that ends a quotation within a quotation.
    public var innerClose: String

    /// Four marks: the outer pair, then the inner pair.
    public init(_ open: String, _ close: String, _ innerOpen: String, _ innerClose: String) {
        self.open = open
        self.close = close
        self.innerOpen = innerOpen
        self.innerClose = innerClose
    }

    /// Those of a language as front matter or a locale names it: `de`, `fr_CA`, `zh-Hant`. Languages that aren't listed have
    /// the English ones; of several, the first counts.
    public init(language: String) {
        let name = language.prefix { $0 != "," && $0 != " " }.lowercased().replacing("_", with: "-")
        let parts = name.split(separator: "-").map(String.init)
        let region = parts.dropFirst().last ?? ""
        switch parts.first ?? "" {
        case "de" where region == "ch", "fr" where region == "ch", "it" where region == "ch":
            self.init("«", "»", "‹", "›")
        case "de": self.init("„", "“", "‚", "‘")
        // Narrow no-break spaces, as the Imprimerie nationale has them.
        case "fr": self.init("«\u{202F}", "\u{202F}»", "“", "”")
        case "cs", "sk", "sl", "is", "lt", "et", "ka", "bg": self.init("„", "“", "‚", "‘")
        case "hu": self.init("„", "”", "»", "«")
        case "pl", "ro": self.init("„", "”", "«", "»")
        case "hr", "sr", "bs": self.init("„", "”", "‘", "’")
        case "it", "es", "ca", "gl", "el", "hy": self.init("«", "»", "“", "”")
        case "pt" where region != "br" && !region.isEmpty: self.init("«", "»", "“", "”")
        case "ru", "uk", "be", "kk": self.init("«", "»", "„", "“")
        case "nb", "nn", "no": self.init("«", "»", "‘", "’")
        case "sv", "fi": self.init("”", "”", "’", "’")
        case "ja": self.init("「", "」", "『", "』")
        case "zh" where ["tw", "hk", "mo", "hant"].contains(region) || parts.contains("hant"):
            self.init("「", "」", "『", "』")
        default: self.init("“", "”", "‘", "’")
        }
    }
}
