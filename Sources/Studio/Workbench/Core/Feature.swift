/// A part of the studio: its own state, which only its own update changes.
///
/// What the update does to what all features share, it does to the core; what others must know of, the core announces.
protocol Feature: Sendable {
    associatedtype Happening

    /// Takes one of its own events, and says what should be done outside the studio.
    mutating func handle(_ event: Happening, _ core: inout StudioCore) -> [Effect]

    /// Hears what happened to what all features share.
    mutating func hear(_ announcement: Announcement, _ core: inout StudioCore) -> [Effect]

    /// Lets go of one thing, as Esc asks; false where it has nothing to let go of.
    mutating func cancel(_ core: inout StudioCore) -> Bool

    /// What the bottom row says of it.
    func statusParts(_ core: StudioCore) -> [StatusPart]

    /// What it paints over the article's text, between the first and the last byte on the screen.
    func decorations(_ visible: () -> Range<Int>, _ core: StudioCore) -> [Decoration]
}

extension Feature {
    mutating func hear(_ announcement: Announcement, _ core: inout StudioCore) -> [Effect] { [] }
    mutating func cancel(_ core: inout StudioCore) -> Bool { false }
    func statusParts(_ core: StudioCore) -> [StatusPart] { [] }
    func decorations(_ visible: () -> Range<Int>, _ core: StudioCore) -> [Decoration] { [] }
}
