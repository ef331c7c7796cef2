import Manuscript
import TextCore

/// What is asked of the counts and the writing history, and the history that was read.
public enum ProgressEvent: Sendable {
    /// The lengths of the article, the section and the selection are asked for.
    case showCounts
    case showHistory
    case history(Result<WritingHistory, Failure>)
}

/// What is asked of the log of words on the disk.
public enum ProgressEffect: Sendable {
    /// So many words more, or fewer, than when this was last said of the file.
    case record(path: String, change: Int)
    case loadHistory
}

extension ProgressState {
    mutating func handle(_ event: ProgressEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .showCounts: core.modal = .report(countReport(core))
        case .showHistory: return [.progress(.loadHistory)]
        case .history(let result): show(result, &core)
        }
        return []
    }

    mutating func hear(_ announcement: Announcement, _ core: inout StudioCore) -> [Effect] {
        switch announcement {
        case .textChanged(let change): noteWords(of: change)
        // The text that is counted is the one at the time of asking.
        case .outlineAsked(let ticket): asked = (ticket, borrowed[core.editor.path]?.total ?? 0)
        case .articleCounted(let ticket): return count(ticket, core)
        case .articleReplaced(let path): noteForeignChange(of: path)
        case .historyRecalled(let path, let steps): borrowed[path]?.shift(by: steps)
        case .articleMoved(let from, let to): rename(from, to: to)
        case .articleClosed(let editor): borrowed[editor.path]?.forgetSteps()
        default: break
        }
        return []
    }

    private mutating func count(_ ticket: Ticket, _ core: StudioCore) -> [Effect] {
        guard let counts = core.counts else { return [] }
        // The text that was counted is the one at the time of asking.
        let borrowed =
            asked.flatMap { $0.ticket == ticket ? $0.borrowed : nil } ?? borrowed[core.editor.path]?.total
            ?? 0
        let change = note(counts, path: core.editor.path, borrowed: borrowed)
        return change == 0 ? [] : [.progress(.record(path: core.editor.path, change: change))]
    }

    private func show(_ result: Result<WritingHistory, Failure>, _ core: inout StudioCore) {
        switch result {
        case .failure(let failure): core.say(failure)
        case .success(let history):
            guard core.modal == nil else { return }
            core.modal = .report(Report(title: "Writing history: Esc closes", lines: historyLines(history)))
        }
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

    private func countReport(_ core: StudioCore) -> Report {
        guard let counts = core.counts else {
            return Report(title: "Length", lines: [Report.Line("Counting…", .dim)])
        }
        var lines = countLines("The article", counts.total, target: counts.target)
        if let index = core.headings.index(at: core.editor.caret), counts.sections.indices.contains(index) {
            let section = counts.sections[index]
            lines += countLines(
                "This section: " + core.headings.sections[index].title, section.whole, target: section.target)
        }
        let selection = core.editor.document.selection.range
        if !selection.isEmpty {
            lines += countLines("The selection", TextLength(core.editor.text.slice(selection)), target: nil)
        }
        let target = counts.sessionTarget ?? core.environment.sessionTarget
        lines.append(Report.Line("This session", .heading))
        lines.append(
            Report.Line("  \(sessionWords.signed) words" + (target.map { " of \($0.grouped)" } ?? "")))
        if let target {
            lines.append(
                Report.Line("  " + ProgressBar(value: max(0, sessionWords), of: target, cells: 40).labelled))
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
