import Screen
import Testing

@testable import Terminal

@Suite struct ClickCounterTests {
    private typealias Click = (kind: MouseEvent.Kind, x: Int, milliseconds: Int)

    private func kinds(_ clicks: [Click]) -> [MouseEvent.Kind] {
        var counter = ClickCounter()
        return clicks.map {
            counter.take(MouseEvent(kind: $0.kind, x: $0.x, y: 4), at: .milliseconds($0.milliseconds)).kind
        }
    }

    @Test func pressesInOnePlaceAreCountedToThree() {
        let clicks: [Click] = (0..<5).flatMap { [(.press, 3, $0 * 200), (.release, 3, $0 * 200 + 50)] }
        let presses = kinds(clicks).filter { $0 != .release }
        #expect(presses == [.press, .doublePress, .triplePress, .press, .doublePress])
    }

    @Test func timeAndPlaceDecide() {
        #expect(kinds([(.press, 3, 0), (.press, 3, 400)]) == [.press, .doublePress])
        #expect(kinds([(.press, 3, 0), (.press, 3, 401)]) == [.press, .press])
        #expect(kinds([(.press, 3, 0), (.press, 4, 100)]) == [.press, .press])
        #expect(kinds([(.press, 3, 0), (.press, 3, 300), (.press, 3, 701)]) == [.press, .doublePress, .press])
    }

    @Test func aDragOrTheWheelBetweenMakesThemTwo() {
        #expect(kinds([(.press, 3, 0), (.drag, 4, 50), (.press, 3, 100)]) == [.press, .drag, .press])
        #expect(kinds([(.press, 3, 0), (.scrollUp, 3, 50), (.press, 3, 100)]) == [.press, .scrollUp, .press])
    }

    @Test func anotherButtonAHeldKeyOrATypedOneMakesThemTwo() {
        let press = MouseEvent(kind: .press, x: 1, y: 1)
        var right = press
        right.button = .right
        var shifted = press
        shifted.shift = true
        for other in [right, shifted] {
            var counter = ClickCounter()
            #expect([press, other, press].map { counter.take($0, at: .zero) } == [press, other, press])
        }
        var counter = ClickCounter()
        let events: [TerminalEvent] = [.mouse(press), .key(.character("a")), .mouse(press)]
        #expect(events.map { counter.take($0, at: .zero) } == events)
    }
}
