import Configuration
import Dispatch
import Foundation
import Processes

/// Gives what is copied to the program that holds the desktop's clipboard, and asks it what others copied, off the main thread.
///
/// Where there is a desktop, that is: in an ssh session the clipboard is the terminal's, on the other machine.
///
/// The event loop does the effects `.terminal(.copy)` and `.readClipboard` itself: this service runs the program on a
/// queue of its own, and `TerminalSession` sends OSC 52 (`ClipboardSequence`).
struct ClipboardService {
    /// A program and its arguments; nil where the terminal is asked alone.
    let command: [String]?
    /// The program that prints what was copied; nil where none can say so.
    let source: [String]?
    /// Whether the terminal is asked too.
    let asksTerminal: Bool
    private let queue = DispatchQueue(label: "longhand.clipboard", qos: .userInitiated)

    /// What is pasted is no longer than this, in bytes.
    static let longestPaste = 32 << 20

    init(
        environment: [String: String], choice: Settings.WritingSection.Clipboard = .auto,
        isExecutable: (String) -> Bool = { FileManager.default.isExecutableFile(atPath: $0) }
    ) {
        asksTerminal = choice == .auto || choice == .osc52
        guard choice == .auto || choice == .command else {
            command = nil
            source = nil
            return
        }
        func has(_ name: String) -> Bool { environment[name]?.isEmpty == false }
        func find(_ words: [String]) -> [String]? {
            let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").filter {
                $0.hasPrefix("/")
            }
            return folders.map { "\($0)/\(words[0])" }.first(where: isExecutable).map { [$0] + words.dropFirst() }
        }
        var candidates: [(copy: [String], paste: [String])] = []
        let isRemote = has("SSH_CONNECTION") || has("SSH_TTY")
        if !isRemote {
            if has("WAYLAND_DISPLAY") {
                candidates.append((["wl-copy"], ["wl-paste", "--no-newline", "--type", "text"]))
            }
            if has("DISPLAY") {
                candidates.append((["xclip", "-selection", "clipboard"], ["xclip", "-selection", "clipboard", "-o"]))
                candidates.append((["xsel", "--clipboard", "--input"], ["xsel", "--clipboard", "--output"]))
            }
            #if os(macOS)
                candidates.append((["pbcopy"], ["pbpaste"]))
            #endif
        }
        // tmux 3.2 hands it on to its own terminal, whatever it lets programs do.
        if has("TMUX") { candidates.append((["tmux", "load-buffer", "-w", "-"], ["tmux", "save-buffer", "-"])) }
        command = candidates.map(\.copy).compactMap(find).first
        source = candidates.map(\.paste).compactMap(find).first
    }

    func copy(_ text: String) {
        guard let command else { return }
        queue.async {
            // Where it can't, what the terminal made of it counts, and the text is still here to paste.
            _ = try? ChildProcess.feed(command, input: Array(text.utf8), timeLimit: .seconds(5))
        }
    }

    /// Asks for what was copied, behind what is being copied; nil where there is none, or nobody says so in time.
    func read(_ take: @escaping @Sendable (String?) -> Void) {
        queue.async { [source] in
            // What the program fails with is of no use: the paste takes what was copied here.
            guard let source,
                let (output, ending) = try? ChildProcess.run(
                    source, timeLimit: .milliseconds(700), outputLimit: Self.longestPaste, isCancelled: { false }),
                ending == .status(0)
            else { return take(nil) }
            take(String(decoding: output, as: UTF8.self))
        }
    }
}
