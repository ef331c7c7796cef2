import Screen

/// Tells double and triple clicks, which terminals report as presses one after the other.
///
/// A press counts on where it follows one of the same button in the same cell in time, with no key held
/// either time and no drag or wheel between. The fourth is a first again.
struct ClickCounter: Sendable {
    /// The longest time between two presses of one double click.
    static let interval = Duration.milliseconds(400)

    private var last: (event: MouseEvent, time: Duration)?
    private var count = 0

    init() {}

    /// The event as it is to be delivered.
    ///
    /// - Parameter time: when it came, on any clock that does not go back.
    mutating func take(_ event: TerminalEvent, at time: Duration) -> TerminalEvent {
        switch event {
        case .mouse(let event): return .mouse(take(event, at: time))
        case .focusIn, .focusOut: return event
        default:
            // A key or another window's size between two clicks makes them two.
            last = nil
            return event
        }
    }

    mutating func take(_ event: MouseEvent, at time: Duration) -> MouseEvent {
        switch event.kind {
        case .release: return event
        case .press: break
        default:
            last = nil
            return event
        }
        guard !event.shift, !event.alt, !event.control else {
            last = nil
            return event
        }
        let isNext = last.map { $0.event == event && time - $0.time <= Self.interval } ?? false
        count = isNext && count < 3 ? count + 1 : 1
        last = (event, time)
        var delivered = event
        if count > 1 { delivered.kind = count == 2 ? .doublePress : .triplePress }
        return delivered
    }
}
