/// What a terminal can show beyond what terminfo tells of it, by the variables that terminals set.
struct TerminalAbility: Sendable, Equatable {
    /// Colours of 24 bits.
    var trueColour: Bool
    /// A wavy line under a word.
    var curlyUnderline: Bool

    /// - Parameters:
    ///   - environment: `COLORTERM`, `TERM`, `TERM_PROGRAM`, `VTE_VERSION`, `KONSOLE_VERSION` and `TMUX` are looked at.
    ///   - colours: as many as terminfo says; below 256 there is no more to them, nor with `NO_COLOR`.
    init(environment: [String: String], colours: Int) {
        let name = environment["TERM"] ?? ""
        let promised = ["truecolor", "24bit"].contains((environment["COLORTERM"] ?? "").lowercased())
        // Screen takes over the variable of the terminal it was started in and reads the sequence wrongly;
        // tmux, which may call itself so too, knows it and sends on what its own terminal can show.
        let isScreen = name.hasPrefix("screen") && environment["TMUX"] == nil
        trueColour = colours >= 256 && promised && !isScreen
        let knownNames = ["xterm-kitty", "alacritty", "foot", "wezterm", "xterm-ghostty", "contour", "tmux"]
        let knownPrograms = ["iTerm.app", "WezTerm", "ghostty"]
        let isKnown =
            knownNames.contains { name.hasPrefix($0) } || knownPrograms.contains(environment["TERM_PROGRAM"] ?? "")
            || (environment["VTE_VERSION"].flatMap { Int($0) } ?? 0) >= 5_102 || environment["KONSOLE_VERSION"] != nil
        curlyUnderline = trueColour && isKnown
    }
}
