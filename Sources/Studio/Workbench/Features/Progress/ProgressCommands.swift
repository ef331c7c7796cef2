import Manuscript
import Screen
import TextCore

extension CommandTable {
    static let writingCommands: [Command] = [
        Command(
            "count", "Count words and characters", "The article, the section and the selection, with their targets.",
            in: .everywhere, []
        ) {
            $0.modal = .report($0.countReport())
            return []
        },
        Command("history", "Writing history", "The words written on each day.", in: .everywhere, []) { _ in
            [.loadHistory]
        },
    ]
}

extension Workspace {
    mutating func receive(_ counts: ArticleCounts, _ ticket: Ticket) -> [Effect] {
        guard ticket == outline.ticket else { return [] }
        // The text that was counted is the one at the time of asking.
        let borrowed =
            progress.asked.flatMap { $0.ticket == ticket ? $0.borrowed : nil } ?? progress.borrowed[editor.path]?.total
            ?? 0
        let change = progress.count(counts, path: editor.path, borrowed: borrowed)
        return change == 0 ? [] : [.recordWords(path: editor.path, change: change)]
    }

    mutating func receive(history result: Result<WritingHistory, Failure>) -> [Effect] {
        switch result {
        case .failure(let failure): say(failure)
        case .success(let history):
            guard modal == nil else { return [] }
            modal = .report(Report(title: "Writing history: Esc closes", lines: historyLines(history)))
        }
        return []
    }

    private func historyLines(_ history: WritingHistory) -> [Report.Line] {
        guard !history.days.isEmpty else {
            return [Report.Line("Nothing yet. Words you write from now on are counted by day.", .dim)]
        }
        let most = history.days.reduce(1) { max($0, $1.words) }
        var lines = [
            Report.Line(
                "Today \(history.wordsToday.grouped) · in all \(history.total.grouped) · \(history.average.grouped) a day",
                .strong),
            Report.Line(
                "\(history.streak) \(history.streak == 1 ? "day" : "days") in a row"
                    + (history.best.map { " · best \($0.words.grouped) on \($0.date)" } ?? "")),
            Report.Line(""),
        ]
        for day in history.days.reversed() {
            let bar = ProgressBar(value: max(0, day.words), of: most, cells: 36).text
            let words = day.words.grouped
            lines.append(
                Report.Line(
                    day.date + String(repeating: " ", count: max(1, 10 - words.utf8.count)) + words + "  " + bar))
        }
        return lines
    }

    func countReport() -> Report {
        guard let counts = progress.counts else {
            return Report(title: "Length", lines: [Report.Line("Counting…", .dim)])
        }
        var lines = countLines("The article", counts.total, target: counts.target)
        if let index = outline.index(at: editor.caret), counts.sections.indices.contains(index) {
            let section = counts.sections[index]
            lines += countLines("This section: " + outline.sections[index].title, section.whole, target: section.target)
        }
        let selection = editor.document.selection.range
        if !selection.isEmpty {
            lines += countLines("The selection", TextLength(editor.text.slice(selection)), target: nil)
        }
        let target = counts.sessionTarget ?? environment.sessionTarget
        lines.append(Report.Line("This session", .heading))
        lines.append(
            Report.Line("  \(progress.sessionWords.signed) words" + (target.map { " of \($0.grouped)" } ?? "")))
        if let target {
            lines.append(
                Report.Line("  " + ProgressBar(value: max(0, progress.sessionWords), of: target, cells: 40).labelled))
        }
        return Report(title: "Length: Esc closes", lines: lines)
    }

    private func countLines(_ title: String, _ count: TextLength, target: Int?) -> [Report.Line] {
        var lines = [Report.Line(title, .heading), Report.Line("  " + count.sentence)]
        if count.readingMinutes > 0 { lines.append(Report.Line("  \(count.readingMinutes) min to read")) }
        if let target {
            lines.append(
                Report.Line(
                    "  target \(target.grouped)  " + ProgressBar(value: count.total, of: target, cells: 30).labelled))
        }
        return lines + [Report.Line("")]
    }
}

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
