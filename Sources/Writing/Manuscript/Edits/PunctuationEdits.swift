import TextCore

/// Punctuation of Chinese in its full width.
public enum PunctuationEdits {
    static let fullWidth: [Unicode.Scalar: Unicode.Scalar] = [
        ",": "，", ".": "。", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）",
    ]

    /// Gives the marks in the selection, or in the paragraph at the caret, that stand beside Chinese their full width;
    /// a space behind goes. Marks between Latin letters and digits, in code spans, in the brackets of a link's address and in
    /// fenced or indented lines stay. nil where there is nothing to change.
    public static func widen(_ text: Text, _ selection: Selection) -> Edit? {
        let range = selection.isEmpty ? text.paragraph(at: selection.head) : selection.range
        guard range.count < 2_000_000 else { return nil }
        let scalars = Array(text.slice(range).unicodeScalars)
        var replacements: [(range: Range<Int>, with: String)] = []
        var offset = range.lowerBound
        var isCode = false
        var isAddress = false
        var isFenced = false
        var isParenWide = false
        for index in scalars.indices {
            let scalar = scalars[index]
            let width = UTF8.width(scalar)
            defer { offset += width }
            // Each line that begins so opens or closes code here; `LineScan.openingFence` asks for more, and knows "~~~".
            let isLineStart = index == 0 || scalars[index - 1] == "\n"
            if isLineStart, scalars[index...].starts(with: "```".unicodeScalars) { isFenced.toggle() }
            if scalar == "\n" { isCode = false }
            if scalar == "`" { isCode.toggle() }
            if scalar == "(", index > 0, scalars[index - 1] == "]" { isAddress = true }
            if scalar == ")", isAddress {
                isAddress = false
                continue
            }
            guard !isCode, !isAddress, !isFenced, let wide = fullWidth[scalar] else { continue }
            let before = index > 0 ? scalars[index - 1] : nil
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            let isWide: Bool
            switch scalar {
            case "(":
                isWide = isChinese(before) || isChinese(next)
                isParenWide = isWide
            case ")":
                isWide = isParenWide || isChinese(before)
                isParenWide = false
            case ":" where next == "/": isWide = false
            // A row of dots, and what stands within a number or a name.
            case ".":
                isWide =
                    isChinese(before) && next != "." && !(next?.properties.isAlphabetic == true && !isChinese(next))
                    && next?.properties.numericType == nil
            default: isWide = isChinese(before)
            }
            guard isWide else { continue }
            let takesSpace = next == " " && index + 2 < scalars.count && isChinese(scalars[index + 2])
            replacements.append((offset..<offset + 1 + (takesSpace ? 1 : 0), String(Character(wide))))
        }
        return edit(text, selection, replacements)
    }

    /// The replacements as one edit; nil where there are none.
    static func edit(_ text: Text, _ selection: Selection, _ replacements: [(range: Range<Int>, with: String)]) -> Edit?
    {
        guard !replacements.isEmpty else { return nil }
        let changes = ChangeSet(length: text.utf8Count, replacing: replacements)
        return Edit(
            changes: changes, selection: moved(selection, by: changes, replacements), origin: .command("punctuation"))
    }

    /// A caret before a mark stays before it, one behind it behind.
    private static func moved(
        _ selection: Selection, by changes: ChangeSet, _ replacements: [(range: Range<Int>, with: String)]
    ) -> Selection {
        func moved(_ offset: Int) -> Int {
            changes.map(offset, bias: replacements.contains { $0.range.lowerBound == offset } ? .before : .after)
        }
        return Selection(anchor: moved(selection.anchor), head: moved(selection.head))
    }

    /// Han, or a mark of full width.
    static func isChinese(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        return scalar.properties.isIdeographic || EastAsianScripts.punctuation.contains(scalar.value)
            || EastAsianScripts.fullWidthForms.contains(scalar.value) || scalar == "”" || scalar == "’"
    }
}
