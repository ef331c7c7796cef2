import CPseudoTerminal
import Foundation

/// A program running in a pseudo-terminal of its own, with what it painted.
public final class PseudoTerminal {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
        public init(_ description: String) { self.description = description }
    }

    public private(set) var screen: VirtualScreen
    /// Every byte the program sent.
    public private(set) var bytesReceived = 0
    /// The first of them.
    public private(set) var received: [UInt8] = []
    public let processID: pid_t
    private let primary: Int32
    private var exitStatus: Int32?

    /// Starts `program` with `arguments` in a window of the given size.
    ///
    /// - Parameter environment: the whole environment; nothing is inherited.
    public init(
        program: String, arguments: [String], environment: [String: String], directory: String, width: Int, height: Int
    ) throws {
        screen = VirtualScreen(width: width, height: height)
        var argv = ([program] + arguments).map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var child: pid_t = 0
        primary = lh_pty_spawn(program, &argv, &envp, directory, Int32(height), Int32(width), &child)
        processID = child
        guard primary >= 0 else { throw Failure("no pseudo-terminal: \(String(cString: strerror(errno)))") }
    }

    deinit {
        if exitStatus == nil {
            kill(processID, SIGKILL)
            var status: Int32 = 0
            waitpid(processID, &status, 0)
        }
        close(primary)
    }

    /// Types `text`.
    public func send(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(primary, $0.baseAddress, $0.count) }
            if count > 0 { bytes = bytes.dropFirst(count) } else { pump(milliseconds: 10) }
        }
    }

    /// Gives the window another size, as dragging its corner would.
    public func resize(width: Int, height: Int) {
        screen = VirtualScreen(width: width, height: height)
        _ = lh_pty_resize(primary, Int32(height), Int32(width))
    }

    /// Waits until the screen is as `condition` wants it.
    ///
    /// - Throws: `Failure` with the screen as it is, once `seconds` have passed: a limit for a
    ///   program that hangs, generous because it says nothing of speed.
    public func wait(_ what: String, seconds: Double = 30, until condition: (VirtualScreen) -> Bool) throws {
        let end = Date().addingTimeInterval(seconds)
        while !condition(screen) {
            guard Date() < end else {
                throw Failure("waited for \(what); the screen is:\n\(screen.text)")
            }
            if !pump(milliseconds: 50), hasExited {
                if condition(screen) { return }
                throw Failure("the program ended while waiting for \(what); the screen is:\n\(screen.text)")
            }
        }
    }

    public func wait(for text: String, seconds: Double = 30) throws {
        try wait("“\(text)”", seconds: seconds) { $0.text.contains(text) }
    }

    /// Waits for the program to end and returns its exit status, or minus the signal that ended it.
    public func waitForExit(seconds: Double = 30) throws -> Int32 {
        let end = Date().addingTimeInterval(seconds)
        while !hasExited {
            guard Date() < end else { throw Failure("the program did not end; the screen is:\n\(screen.text)") }
            pump(milliseconds: 20)
        }
        while pump(milliseconds: 0) {}
        return exitStatus ?? -1
    }

    private var hasExited: Bool {
        if exitStatus != nil { return true }
        var status: Int32 = 0
        guard waitpid(processID, &status, WNOHANG) == processID else { return false }
        let signal = status & 0x7F
        exitStatus = signal == 0 ? (status >> 8) & 0xFF : -signal
        return true
    }

    /// Takes what the program sent; false where nothing came in time.
    @discardableResult
    public func pump(milliseconds: Int32) -> Bool {
        var descriptor = pollfd(fd: primary, events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, milliseconds) > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(primary, &buffer, buffer.count)
        guard count > 0 else {
            usleep(1_000)
            return false
        }
        bytesReceived += count
        if received.count < 1 << 20 { received += buffer[..<count] }
        screen.feed(buffer[..<count])
        return true
    }
}
