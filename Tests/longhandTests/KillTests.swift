import Foundation
import Synchronization
import TestSupport
import TestTerminal
import Testing

/// The real program, killed at random moments while somebody writes in it: what was written comes back.
@Suite struct KillTests {
    /// 200 kills, or as many as LONGHAND_KILLS says, several writers at once.
    @Test func nothingWrittenIsLostWhenTheProgramIsKilled() throws {
        let kills = ProcessInfo.processInfo.environment["LONGHAND_KILLS"].flatMap { Int($0) } ?? 200
        let writers = min(kills, 6)
        let problems = Mutex<[String]>([])
        let offered = Mutex(0)
        let done = DispatchSemaphore(value: 0)
        for number in 0..<writers {
            let share = kills / writers + (number < kills % writers ? 1 : 0)
            // Threads of their own, since waiting for a program blocks them.
            Thread.detachNewThread {
                defer { done.signal() }
                do {
                    let writer = try Writer(seed: UInt64(number + 1))
                    for round in 0..<share {
                        do { try writer.round() } catch {
                            throw PseudoTerminal.Failure("writer \(number), round \(round): \(error)")
                        }
                    }
                    offered.withLock { $0 += writer.offered }
                } catch {
                    problems.withLock { $0.append("\(error)") }
                }
            }
        }
        for _ in 0..<writers { done.wait() }
        #expect(problems.withLock { $0 } == [])
        #expect(offered.withLock { $0 } > kills / 3)
    }
}

/// Somebody who writes in an article of their own and whose program is killed.
private final class Writer {
    private let sandbox: Sandbox
    private var random: SeededGenerator
    /// The texts that the article went through since it was opened, in order.
    private var states: [String] = []
    /// What may be in the file: what was saved last, and what is being saved.
    private var saved: [String]
    /// When the screen showed which state.
    private var shown: [(time: Date, state: Int)] = []
    private var words = 0
    private(set) var offered = 0
    private var terminal: PseudoTerminal

    private static let question = "unsaved changes from an earlier run"

    init(seed: UInt64) throws {
        random = SeededGenerator(seed: seed)
        sandbox = try Sandbox(article: "", model: false)
        saved = [""]
        terminal = try sandbox.studio(width: 80, height: 40)
    }

    private var text: String { states[states.count - 1] }

    /// Opens the article, recovers what is there, writes, and is killed.
    func round() throws {
        try open()
        if text.utf8.count(where: { $0 == 0x0A }) > 10 { try empty() }
        for _ in 0..<1 + random.below(8) { try act() }
        // In part of the rounds all is on the screen for long enough to be in the journal.
        let isQuiet = random.below(4) == 0
        if isQuiet {
            try waitUntilShown()
            rest(milliseconds: 2_500)
        } else {
            rest(milliseconds: random.below(700))
        }
        try crash(isQuiet: isQuiet)
    }

    private func crash(isQuiet: Bool) throws {
        kill(terminal.processID, SIGKILL)
        let end = Date()
        _ = try terminal.waitForExit()
        // Whatever the screen showed long before must be there; the machine may have much else to do.
        let oldest = isQuiet ? states.count - 1 : shown.last { $0.time < end.addingTimeInterval(-3) }?.state ?? 0
        let file = try sandbox.read("article.md")
        guard saved.contains(file) else {
            throw PseudoTerminal.Failure("the file is neither what was saved nor what was to be:\n\(file)")
        }
        let history = states
        terminal = try sandbox.studio(width: 80, height: 40)
        try terminal.wait("the article") { $0.text.contains(Self.question) || $0.text.contains("F1 help") }
        var recovered = file
        if terminal.screen.text.contains(Self.question) {
            offered += 1
            terminal.send("r")
            try terminal.wait(for: "Recovered.")
            // Some are killed once more before they save; the text must not depend on it.
            if random.below(4) == 0 {
                kill(terminal.processID, SIGKILL)
                _ = try terminal.waitForExit()
                terminal = try sandbox.studio(width: 80, height: 40)
                try terminal.wait(for: Self.question)
                terminal.send("r")
                try terminal.wait(for: "Recovered.")
            }
            terminal.send("\u{13}")
            try terminal.wait(for: "Saved article.md")
            recovered = try sandbox.read("article.md")
        }
        guard let found = history.lastIndex(of: recovered) else {
            throw PseudoTerminal.Failure("recovered what never was:\n\(recovered)\nbehind\n\(history.suffix(3))")
        }
        guard found >= oldest else {
            throw PseudoTerminal.Failure(
                "\(history.count - 1 - found) states were lost, \(oldest - found) of them old; quiet: \(isQuiet)")
        }
        states = [recovered]
        saved = [recovered]
    }

    /// At the start of a round the program is running with what was recovered.
    private func open() throws {
        if states.isEmpty {
            try terminal.wait(for: "F1 help")
            states = [""]
        }
        shown = [(Date(), 0)]
        terminal.send("\u{1B}[1;5F")
    }

    private func empty() throws {
        terminal.send("\u{01}\u{18}")
        states.append("")
        try waitUntilShown()
        terminal.send("\u{13}")
        saved.append("")
        try terminal.wait(for: "Saved")
        saved = [""]
    }

    private func act() throws {
        switch random.below(10) {
        case 0:
            guard states.count > 1 else { return }
            // What undo leads to is for the program to say: a text that was, as one sees by what is then written behind it.
            words += 1
            let mark = "u\(words)."
            terminal.send("\u{1F}\u{1B}[1;5F" + mark)
            var before: String?
            try terminal.wait("what undo led to, of \(states)") { _ in
                let screen = screenText
                before = states.last { onScreen($0 + mark) == screen }
                return before != nil
            }
            states.append(before ?? "")
            for count in 1...mark.count { states.append((before ?? "") + mark.prefix(count)) }
        case 1:
            terminal.send("\u{13}")
            saved.append(text)
        case 2:
            words += 1
            let pasted = "pasted\(words)\nnext\(words)词\n"
            terminal.send("\u{1B}[200~" + pasted + "\u{1B}[201~")
            states.append(text + pasted)
        default:
            words += 1
            let isLong =
                text.utf8.count
                - (text.utf8.lastIndex(of: 0x0A).map { text.utf8.distance(from: text.startIndex, to: $0) } ?? 0) > 40
            for character in "w\(words)." + (isLong || random.below(3) == 0 ? "\n" : "") {
                terminal.send(character == "\n" ? "\r" : String(character))
                states.append(text + String(character))
                rest(milliseconds: random.below(4) == 0 ? random.below(300) : random.below(20))
            }
        }
    }

    private func rest(milliseconds: Int) {
        let end = Date().addingTimeInterval(Double(milliseconds) / 1_000)
        repeat {
            terminal.pump(milliseconds: Int32(max(1, min(50, end.timeIntervalSinceNow * 1_000))))
            note()
        } while Date() < end
    }

    /// Notes what the screen shows: of states that look alike the earliest that it can be.
    private func note() {
        let screen = screenText
        let first = shown.last?.state ?? 0
        guard onScreen(states[first]) != screen,
            let state = states[first...].firstIndex(where: { onScreen($0) == screen })
        else { return }
        shown.append((Date(), state))
    }

    private func waitUntilShown() throws {
        try terminal.wait("the text \(text)") { _ in
            note()
            return screenText == onScreen(text)
        }
    }

    /// The article as the screen shows it: lines that are too short to be broken, and too few to scroll.
    private var screenText: String {
        let lines = terminal.screen.rows.dropFirst().dropLast(2).map { $0.hasPrefix("  ") ? $0.dropFirst(2) : $0[...] }
        let text = onScreen(lines.joined(separator: "\n"))
        return text == "Start writing. F1 shows the keys." ? "" : text
    }

    /// Empty lines at the end can't be seen.
    private func onScreen(_ text: String) -> String {
        var text = text
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}
