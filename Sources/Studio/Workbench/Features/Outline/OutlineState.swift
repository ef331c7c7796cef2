/// The outline pane. The headings, and which of them is chosen, are the core's.
struct OutlineState: Feature {
    var ticket: Ticket?

    init() {}
}
