/// Cuts running text into sentences, English and Chinese.
///
/// A rule of thumb, not a grammar: a full stop behind a common abbreviation or an initial ends
/// nothing, nor does one before a small letter; 。！？ always end, with the closing quotes behind
/// them. An empty line ends a sentence too.
///
/// The moves by sentence and the cutting of notes into passages go by this one rule.
public enum Sentences {
    /// The sentences of `text` without the white space around them; together they hold all the rest.
    public static func split(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return ranges(of: text).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// The sentences' ranges in UTF-8 bytes, without the white space around them.
    public static func ranges(of text: String) -> [Range<Int>] {
        let scalars = Array(text.unicodeScalars)
        var offsets: [Int] = []
        offsets.reserveCapacity(scalars.count + 1)
        var offset = 0
        for scalar in scalars {
            offsets.append(offset)
            offset += UTF8.width(scalar)
        }
        offsets.append(offset)
        var result: [Range<Int>] = []
        var start = 0
        func close(_ end: Int) {
            var low = start
            var high = end
            while low < high, scalars[low].properties.isWhitespace { low += 1 }
            while high > low, scalars[high - 1].properties.isWhitespace { high -= 1 }
            if low < high { result.append(offsets[low]..<offsets[high]) }
            start = end
        }
        var i = 0
        while i < scalars.count {
            switch scalars[i] {
            case "。", "！", "？", "｡":
                var end = i + 1
                while end < scalars.count, isEnding(scalars[end]) { end += 1 }
                close(end)
                i = end
            case ".", "!", "?", "…":
                var end = i + 1
                while end < scalars.count, isEnding(scalars[end]) { end += 1 }
                if endsSentence(scalars, mark: i, end: end, start: start) { close(end) }
                i = end
            case "\n":
                var end = i + 1
                while end < scalars.count, scalars[end] == " " || scalars[end] == "\t" || scalars[end] == "\r" {
                    end += 1
                }
                if end < scalars.count, scalars[end] == "\n" { close(end) }
                i = max(end, i + 1)
            default:
                i += 1
            }
        }
        close(scalars.count)
        return result
    }

    /// More marks, closing quotes and brackets: they belong to the sentence before them.
    private static func isEnding(_ scalar: Unicode.Scalar) -> Bool {
        ".!?…。！？\"')]”’」』）》】*_".unicodeScalars.contains(scalar)
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isAlphabetic || scalar.properties.numericType != nil { return true }
        let category = scalar.properties.generalCategory
        return category == .nonspacingMark || category == .spacingMark
    }

    private static func isCJK(_ scalar: Unicode.Scalar) -> Bool {
        (EastAsianScripts.isIdeographic(scalar.value) && scalar != "・")
            || EastAsianScripts.hangulSyllables.contains(scalar.value)
    }

    private static func endsSentence(
        _ scalars: [Unicode.Scalar], mark: Int, end: Int, start: Int
    ) -> Bool {
        guard end < scalars.count else { return true }
        guard scalars[end].properties.isWhitespace || isCJK(scalars[end]) || scalars[end] == "[" else {
            return false
        }
        var next = end
        while next < scalars.count, scalars[next].properties.isWhitespace { next += 1 }
        if next < scalars.count, scalars[next].properties.isLowercase { return false }
        guard scalars[mark] == "." else { return true }
        var from = mark
        while from > start, isWordPart(scalars[from - 1]) || scalars[from - 1] == "." { from -= 1 }
        var word = String.UnicodeScalarView()
        word.append(contentsOf: scalars[from..<mark])
        let text = String(word)
        // An initial (J. Smith) has one capital; "I." and a CJK character may well end a sentence.
        if mark - from == 1, scalars[from].properties.isUppercase, text != "I" { return false }
        return !abbreviations.contains(text.lowercased())
    }

    private static let abbreviations: Set<String> = [
        "mr", "mrs", "ms", "dr", "prof", "st", "vs", "e.g", "i.e", "cf", "fig", "figs", "eq", "no",
        "vol", "pp", "ch", "sec", "al", "approx", "ca", "ed", "eds", "jr", "sr", "gen", "sen",
    ]
}
