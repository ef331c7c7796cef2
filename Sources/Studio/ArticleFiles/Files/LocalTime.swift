import Foundation

/// A moment as the writer's clock and calendar have it.
package struct LocalTime {
    private let parts: tm

    /// - Parameter seconds: since 1970.
    package init(_ seconds: time_t) {
        var seconds = seconds
        var parts = tm()
        // One beyond all calendars leaves the parts as they are.
        if localtime_r(&seconds, &parts) == nil { parts = tm() }
        self.parts = parts
    }

    package static var now: LocalTime { LocalTime(time(nil)) }

    /// `2026-11-24`.
    package var date: String {
        "\(Int(parts.tm_year) + 1_900)-\(Self.two(parts.tm_mon + 1))-\(Self.two(parts.tm_mday))"
    }
    /// `14:05`.
    package var clock: String { "\(Self.two(parts.tm_hour)):\(Self.two(parts.tm_min))" }
    /// `14:05:12`.
    package var clockWithSeconds: String { "\(clock):\(Self.two(parts.tm_sec))" }

    private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
