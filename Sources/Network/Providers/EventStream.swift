/// One event of a stream of server-sent events.
public struct ServerEvent: Sendable, Equatable {
    /// `message` when the stream names none.
    public var name: String
    /// The event's data lines, joined by line feeds.
    public var data: String

    /// An event of this name and data.
    public init(name: String = "message", data: String) {
        self.name = name
        self.data = data
    }

    /// What OpenAI's protocol ends a stream with.
    public var isDone: Bool { data == "[DONE]" }
}

/// A parser of server-sent events (WHATWG HTML, 9.2.6). However the bytes are cut, the events are
/// the same: a line is decoded when it is whole.
///
/// Limits: `id` and `retry` are read over, because a chat isn't resumed.
public struct EventStream: Sendable {
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var name = ""
    private var skipsLineFeed = false
    private var isFirstLine = true

    /// A parser at the start of a stream.
    public init() {}

    /// The events that `bytes` complete.
    public mutating func feed(_ bytes: some Sequence<UInt8>) -> [ServerEvent] {
        var events: [ServerEvent] = []
        for byte in bytes {
            if skipsLineFeed {
                skipsLineFeed = false
                if byte == 0x0A { continue }
            }
            if byte == 0x0A || byte == 0x0D {
                skipsLineFeed = byte == 0x0D
                endLine(&events)
            } else {
                line.append(byte)
            }
        }
        return events
    }

    /// The event that the stream's end completes. Some servers leave out the last blank line.
    public mutating func finish() -> [ServerEvent] {
        var events: [ServerEvent] = []
        if !line.isEmpty { endLine(&events) }
        dispatch(&events)
        return events
    }

    private mutating func endLine(_ events: inout [ServerEvent]) {
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        if line.isEmpty {
            dispatch(&events)
            return
        }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.count
        var value = line[min(colon + 1, line.count)...]
        if value.first == 0x20 { value = value.dropFirst() }
        switch String(decoding: line[..<colon], as: UTF8.self) {
        case "data":
            if hasData { data.append(0x0A) }
            hasData = true
            data += value
        case "event":
            name = String(decoding: value, as: UTF8.self)
        default:
            break
        }
        line.removeAll(keepingCapacity: true)
    }

    private mutating func dispatch(_ events: inout [ServerEvent]) {
        if hasData {
            events.append(
                ServerEvent(
                    name: name.isEmpty ? "message" : name, data: String(decoding: data, as: UTF8.self)))
        }
        data.removeAll(keepingCapacity: true)
        hasData = false
        name = ""
    }
}
