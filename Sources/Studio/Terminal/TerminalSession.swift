import CNCurses
import Diagnostics
import Foundation
import Screen

/// Why the screen could not be opened.
public enum TerminalError: UserFacingError, Equatable {
    case notATerminal
    case unknownTerminal(String)
    case noUTF8Locale

    /// One sentence on what the terminal or the system lacks.
    public var message: String {
        switch self {
        case .notATerminal: "The studio needs a terminal, but standard input or output is not one."
        case .unknownTerminal(let name): "The terminal type “\(terminalSafe(name))” (TERM) cannot show the studio."
        case .noUTF8Locale: "This system has no UTF-8 locale, which the studio needs."
        }
    }

    /// What to set or install, or how to do without.
    public var hint: String? {
        switch self {
        case .notATerminal: "Run it in a terminal, or see longhand help for the commands that need none."
        case .unknownTerminal: "Set TERM to what your terminal is, for instance xterm-256color."
        case .noUTF8Locale: "Set LANG=C.UTF-8, or install a locale."
        }
    }

    /// Always `badInput`: the studio was started where it can't run.
    public var status: ExitStatus { .badInput }
}

/// What the system told the program, other than by keys.
public enum TerminalSignal: Sendable, Equatable {
    case resized, terminate, hangUp, interrupt
}

/// The one owner of the terminal: draws whole grids and lets curses send the difference, reads what
/// is typed, and gives the terminal back on every way out.
///
/// Not `Sendable`: it belongs to the main thread, as curses does.
public final class TerminalSession {
    private var decoder = InputDecoder()
    private var clicks = ClickCounter()
    private let opened = ContinuousClock.now
    private var shown: Grid?
    private var looks: [Style: (pair: Int32, attributes: Int32)] = [:]
    private var lastLook: (style: Style, look: (pair: Int32, attributes: Int32))?
    private let colors: ColorMap
    private let ability: TerminalAbility
    private var economy: CursesOutputFilter
    /// Whether what curses sends is taken and shortened, or goes out as it is.
    private let takesSent: Bool
    private var isOpen = false
    /// Readable after a signal.
    public let wakeFD: Int32
    private var flushed: [TerminalEvent] = []
    private var isHungUp = false

    /// Paste brackets, mouse buttons, drags and the wheel with SGR coordinates, and focus reports.
    private static let enable = "\u{1B}[?2004h\u{1B}[?1002h\u{1B}[?1006h\u{1B}[?1004h"
    private static let disable = "\u{1B}[?1004l\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?2004l"
    /// For a crash, when curses can no longer be asked: leave the alternate screen, show the cursor.
    private static let emergency = disable + "\u{1B}[?25h\u{1B}[0m\u{1B}[?1049l\r\n"

    /// Takes the terminal over.
    ///
    /// - Throws: `TerminalError` where there is none that can be used; nothing is changed then.
    public init() throws(TerminalError) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
        guard lh_use_utf8_locale() != 0 else { throw .noUTF8Locale }
        let environment = ProcessInfo.processInfo.environment
        let name = environment["TERM"] ?? ""
        guard !name.isEmpty, name != "dumb" else { throw .unknownTerminal(name) }
        lh_guard_terminal(Self.emergency)
        guard lh_curses_start() == 0 else {
            lh_unguard_terminal()
            throw .unknownTerminal(name)
        }
        wakeFD = lh_signal_pipe()
        let hasNoColor = !(environment["NO_COLOR"] ?? "").isEmpty
        colors = ColorMap(available: hasNoColor ? 0 : Int(lh_curses_colors()))
        var ability = TerminalAbility(environment: environment, colours: colors.available)
        takesSent = lh_keep_sent() == 0
        if !takesSent { ability = TerminalAbility(environment: [:], colours: 0) }
        self.ability = ability
        economy = CursesOutputFilter(
            trueColour: ability.trueColour ? TrueColour() : nil, curlyUnderline: ability.curlyUnderline,
            canSave: lh_curses_saves_place() != 0)
        isOpen = true
        send(Self.enable)
    }

    deinit { restore() }

    /// Whether anything can be told by colour.
    public var hasColour: Bool { colors.available >= 8 }

    /// The window's size in cells.
    public var size: (width: Int, height: Int) {
        var window = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 {
            return (Int(window.ws_col), Int(window.ws_row))
        }
        return (80, 24)
    }

    // MARK: Drawing

    /// Shows `grid`: only cells that differ from the last one are given to curses, which sends only
    /// what differs on the screen.
    public func present(_ grid: Grid) {
        guard isOpen else { return }
        let previous = shown?.width == grid.width && shown?.height == grid.height ? shown : nil
        if previous == nil { lh_curses_resize(Int32(grid.height), Int32(grid.width)) }
        grid.forEachCell(changedSince: previous) { x, y, content, columns, style in
            put(content, columns, style, x: x, y: y)
        }
        if let cursor = grid.cursor {
            lh_curses_refresh(Int32(cursor.y), Int32(min(cursor.x, grid.width - 1)))
        } else {
            lh_curses_refresh(-1, 0)
        }
        if takesSent { sendShortened(width: grid.width) }
        shown = grid
    }

    private func sendShortened(width: Int) {
        var length = 0
        guard let bytes = lh_take_sent(&length), length > 0 else { return }
        send(economy.shortened(Array(UnsafeBufferPointer(start: bytes, count: length)), width: width))
    }

    private func put(_ content: Grid.Content, _ columns: Int, _ style: Style, x: Int, y: Int) {
        let look = look(of: style)
        let text: CellText
        switch content {
        case .scalar(let scalar):
            if CellText.isCertain(scalar) {
                return lh_curses_put_one(Int32(y), Int32(x), wchar_t(bitPattern: scalar), look.pair, look.attributes)
            }
            text = CellText([scalar], columns: columns, width: Self.width)
        case .cluster(let string):
            text = CellText(string.unicodeScalars.map(\.value), columns: columns, width: Self.width)
        }
        let scalars = text.scalars.map { wchar_t(bitPattern: $0) } + [0]
        scalars.withUnsafeBufferPointer {
            lh_curses_put(Int32(y), Int32(x), $0.baseAddress, look.pair, look.attributes)
        }
        for blank in 0..<text.blanks {
            lh_curses_put_one(Int32(y), Int32(x + scalarCells(text) + blank), 0x20, look.pair, look.attributes)
        }
    }

    private func scalarCells(_ text: CellText) -> Int { max(1, Self.width(text.scalars[0])) }

    private static func width(_ scalar: UInt32) -> Int { Int(lh_curses_width(wchar_t(bitPattern: scalar))) }

    /// A style as curses has it.
    private func look(of style: Style) -> (pair: Int32, attributes: Int32) {
        // Cells beside each other mostly look alike.
        if let lastLook, lastLook.style == style { return lastLook.look }
        if let known = looks[style] {
            lastLook = (style, known)
            return known
        }
        var attributes = 0
        if style.bold { attributes |= LH_BOLD }
        if style.italic { attributes |= LH_ITALIC }
        if style.curly, ability.curlyUnderline {
            attributes |= LH_CURLY
        } else if style.underline {
            attributes |= LH_UNDERLINE
        }
        if style.reverse { attributes |= LH_REVERSE }
        if style.dim { attributes |= LH_DIM }
        let look = (pair: pair(for: style), attributes: Int32(attributes))
        looks[style] = look
        return look
    }

    private func number(of color: Color) -> Int32 {
        economy.trueColour?.number(of: color) ?? colors.number(of: color)
    }

    private func pair(for style: Style) -> Int32 {
        let foreground = number(of: style.foreground)
        let background = number(of: style.background)
        if foreground == -1, background == -1 { return 0 }
        return lh_curses_pair(foreground, background)
    }

    /// Paints everything anew with the next `present`.
    public func redraw() {
        lh_curses_redraw()
        // Something else may have written to the terminal.
        economy.forget()
        shown = nil
    }

    // MARK: Reading

    /// What was typed and has not been taken. Never blocks.
    public func readEvents() -> [TerminalEvent] {
        var events = flushed
        flushed = []
        var buffer = [UInt8](repeating: 0, count: 8_192)
        while true {
            var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, 0) > 0 else { break }
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            guard count > 0 else {
                // The terminal is gone: as good as a hang-up.
                if count == 0 || (errno != EINTR && errno != EAGAIN) { isHungUp = true }
                break
            }
            events += decoder.feed(buffer[..<count])
            if count < buffer.count { break }
        }
        let time = opened.duration(to: .now)
        return events.map { clicks.take($0, at: time) }
    }

    /// An Esc waits that may be the key, or the start of a sequence; `flushPendingEscape()` makes it the key.
    public var hasPendingEscape: Bool { decoder.hasPendingEscape }

    /// The keys have modes: see `InputDecoder.separatesEscape`.
    public var separatesEscape: Bool {
        get { decoder.separatesEscape }
        set { decoder.separatesEscape = newValue }
    }

    /// Nothing followed an Esc in time: the next `readEvents` has it as a key.
    public func flushPendingEscape() { flushed += decoder.flush() }

    /// The signals since the last call.
    public func takeSignals() -> [TerminalSignal] {
        var signals: [TerminalSignal] = isHungUp ? [.hangUp] : []
        var numbers = [UInt8](repeating: 0, count: 64)
        let count = read(wakeFD, &numbers, numbers.count)
        guard count > 0 else { return signals }
        for number in numbers[..<count] {
            switch Int32(number) {
            case SIGWINCH, SIGCONT: if signals.last != .resized { signals.append(.resized) }
            case SIGTERM: signals.append(.terminate)
            case SIGHUP: signals.append(.hangUp)
            default: signals.append(.interrupt)
            }
        }
        return signals
    }

    // MARK: Leaving and coming back

    /// Gives the terminal back, stops the program and those started with it as Ctrl-Z would, and takes
    /// the terminal over again.
    public func suspend() {
        guard isOpen else { return }
        leave()
        kill(0, SIGTSTP)
        lh_curses_resume()
        send(Self.enable)
        redraw()
    }

    /// Gives the terminal back. Safe to call twice.
    public func restore() {
        guard isOpen else { return }
        isOpen = false
        leave()
        lh_unguard_terminal()
    }

    private func leave() {
        // Curses takes the terminal to write in its plain look, in which the next program finds it.
        send(Self.disable + "\u{1B}[m")
        lh_curses_end()
        economy.forget()
    }

    /// Offers `text` to the system's clipboard; false where it's too long for that.
    public func copyToClipboard(_ text: String) -> Bool {
        guard let sequence = ClipboardSequence.bytes(for: text, environment: ProcessInfo.processInfo.environment) else {
            return false
        }
        send(sequence)
        return true
    }

    private func send(_ sequence: String) { send(Array(sequence.utf8)) }

    private func send(_ sequence: [UInt8]) {
        var bytes = sequence[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
