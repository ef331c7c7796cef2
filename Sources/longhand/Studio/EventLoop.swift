import Foundation
import Terminal
import TextCore
import Workbench

/// The main thread: waits for one thing to happen, hands it to `handle`, draws, and waits again.
///
/// It owns the workspace and the terminal; workers reach it only through the mailbox.
///
/// It sleeps in `poll` on three descriptors: the keyboard, the terminal's wake pipe (signals) and the mailbox. It
/// keeps the pauses that `Effect.wait` asks for, does the terminal's own effects, and gives all other effects to
/// `EffectRunner`.
struct EventLoop {
    private(set) var workspace: Workspace
    private let terminal: TerminalSession
    private let mailbox: Mailbox
    private let runner: EffectRunner
    private let clipboard: ClipboardService
    private var pauses: [TimerID: Pause] = [:]
    private var isRunning = true

    /// What is to happen at a time on `now`'s clock.
    private struct Pause {
        var deadline: UInt64
        var event: Event
    }

    /// How long a lone Esc waits for the rest of a key's sequence, in milliseconds.
    private static let escapeDelay: UInt64 = 25

    init(
        workspace: Workspace, terminal: TerminalSession, mailbox: Mailbox, runner: EffectRunner,
        clipboard: ClipboardService
    ) {
        self.workspace = workspace
        self.terminal = terminal
        self.mailbox = mailbox
        self.runner = runner
        self.clipboard = clipboard
    }

    /// Runs until the writer quits or the machine ends the program.
    mutating func run() {
        let size = terminal.size
        take(.terminal(.resize(width: size.width, height: size.height)))
        terminal.separatesEscape = workspace.environment.keymap.base == .vim
        let effects = start(&workspace)
        // The text is seen first: what follows takes the other cores.
        draw()
        perform(effects)
        while isRunning {
            wait()
            // Everything that is ready is taken before one drawing: a paste or a burst of tokens
            // costs one repaint.
            for event in terminal.readEvents() where isRunning { take(.terminal(event)) }
            for signal in terminal.takeSignals() { take(signal) }
            for event in mailbox.drain() where isRunning { take(event) }
            fireTimers()
            if isRunning { draw() }
        }
        runner.finish()
    }

    private mutating func take(_ event: Event) {
        perform(handle(event, &workspace))
    }

    private mutating func take(_ signal: TerminalSignal) {
        switch signal {
        case .terminate, .hangUp: take(Event.terminate)
        case .resized:
            let size = terminal.size
            take(.terminal(.resize(width: size.width, height: size.height)))
        case .interrupt: break
        }
    }

    private mutating func perform(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .wait(let timer, let milliseconds, let event):
                pauses[timer] = Pause(deadline: Self.now + UInt64(milliseconds) * 1_000_000, event: event)
            case .terminal(let effect): perform(effect)
            default: runner.run(effect)
            }
        }
    }

    private mutating func perform(_ effect: TerminalEffect) {
        switch effect {
        case .suspend:
            runner.whileNothingIsWritten { terminal.suspend() }
            take(.terminal(.focusIn))
        case .redraw: terminal.redraw()
        case .copy(let text):
            clipboard.copy(text)
            if clipboard.asksTerminal, !terminal.copyToClipboard(text), clipboard.command == nil {
                take(
                    .failed(
                        Failure(
                            message:
                                "Copied, but this is too long for the terminal's clipboard: it can be pasted in Longhand only."
                        )))
            }
        case .readClipboard(let ticket):
            clipboard.read { [mailbox] in mailbox.post(.input(.clipboard(ticket, $0))) }
        case .quit: isRunning = false
        }
    }

    private func draw() { terminal.present(render(workspace)) }

    /// Blocks until a key, a signal, an answer or a timer.
    private func wait() {
        var descriptors = [
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: terminal.wakeFD, events: Int16(POLLIN), revents: 0),
        ]
        var wait: UInt64?
        if let next = pauses.values.lazy.map(\.deadline).min() { wait = next > Self.now ? next - Self.now : 0 }
        // A timer that comes first says nothing of the Esc, which then waits anew.
        let isForEscape = terminal.hasPendingEscape && (wait ?? .max) >= Self.escapeDelay * 1_000_000
        if isForEscape { wait = Self.escapeDelay * 1_000_000 }
        let milliseconds = wait.map { Int32(min(($0 + 999_999) / 1_000_000, 60_000)) } ?? -1
        let ready = poll(&descriptors, nfds_t(descriptors.count), milliseconds)
        if ready == 0, isForEscape { terminal.flushPendingEscape() }
    }

    private mutating func fireTimers() {
        let now = Self.now
        let due = pauses.filter { $0.value.deadline <= now }.sorted { $0.value.deadline < $1.value.deadline }
        for (timer, pause) in due {
            pauses[timer] = nil
            take(pause.event)
        }
    }

    /// Nanoseconds on a clock that never goes back.
    private static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }
}
