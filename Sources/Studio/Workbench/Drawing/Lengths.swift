import Manuscript

extension TextLength {
    /// The unit of `total` by the text's own rule: Chinese is measured in characters, English in words.
    var unit: String { ideographs > words ? "characters" : "words" }

    /// `1,204 words`, or `3,100 characters` for Chinese.
    var short: String { total.grouped + " " + unit }

    /// All that is counted, in words.
    var sentence: String {
        var parts: [String] = []
        if words > 0 || ideographs == 0 { parts.append("\(words.grouped) words") }
        if ideographs > 0 { parts.append("\(ideographs.grouped) Chinese characters") }
        if words > 0, ideographs > 0 { parts.append("\(total.grouped) together") }
        parts.append("\(characters.grouped) characters in all")
        return parts.joined(separator: " · ")
    }
}

/// How much of a target is reached, in cells that need no colour.
struct ProgressBar {
    var value: Int
    var target: Int
    var cells: Int

    init(value: Int, of target: Int, cells: Int) {
        self.value = max(0, value)
        self.target = max(1, target)
        self.cells = cells
    }

    var percent: Int { share(of: 100) }
    /// Full cells and the rest.
    var text: String {
        let full = min(cells, share(of: cells))
        return String(repeating: "█", count: full) + String(repeating: "░", count: cells - full)
    }
    var labelled: String { "\(text) \(percent)%" }

    /// Both numbers may have been typed by anyone, into an article or a file of ours.
    private func share(of whole: Int) -> Int {
        Int(exactly: (Double(value) / Double(target) * Double(whole)).rounded(.down)) ?? .max
    }
}

extension Int {
    /// With a comma between thousands.
    var grouped: String {
        guard self > 999 || self < -999 else { return String(self) }
        let rest = String(magnitude % 1_000)
        return (self / 1_000).grouped + "," + String(repeating: "0", count: 3 - rest.utf8.count) + rest
    }

    /// With its sign: `+120`, `-3`.
    var signed: String { (self > 0 ? "+" : "") + grouped }
}
