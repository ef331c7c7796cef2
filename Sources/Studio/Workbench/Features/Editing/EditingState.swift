/// What the editor's own commands remember: what was killed.
public struct EditingState: Feature {
    var killRing = KillRing()

    init() {}
}
