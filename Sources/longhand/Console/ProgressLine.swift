import Diagnostics
import Foundation
import Synchronization

/// A line on standard error that is written over while work goes on; in a log, a line now and then.
final class ProgressLine: Sendable {
    private struct Shown {
        var text = ""
        /// In a log the first line comes only once the work proves long.
        var time = Console.isErrorTerminal ? Date.distantPast : Date()
    }

    private let shown = Mutex(Shown())

    func show(_ text: String) {
        shown.withLock { shown in
            let interval = Console.isErrorTerminal ? 0.1 : 5
            guard Date().timeIntervalSince(shown.time) >= interval, text != shown.text else { return }
            shown = Shown(text: text, time: Date())
            let line = Console.isErrorTerminal ? "\r\u{1B}[K" + terminalSafe(text) : terminalSafe(text) + "\n"
            Console.say(line)
        }
    }

    func clear() {
        shown.withLock { shown in
            guard Console.isErrorTerminal, !shown.text.isEmpty else { return }
            Console.say("\r\u{1B}[K")
            shown.text = ""
        }
    }
}
