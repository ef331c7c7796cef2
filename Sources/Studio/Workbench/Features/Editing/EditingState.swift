/// What the editor's own commands remember: what was killed.
struct EditingState: Feature {
    var killRing = KillRing()

    init() {}
}
