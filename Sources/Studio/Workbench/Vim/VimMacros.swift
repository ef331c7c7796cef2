import Screen

/// The keys of macros that are being played, the innermost last. A value, so that a macro that never ends can be ended by a key.
///
/// Only a stretch of the keys is played for each event, so that the event loop can read a key in between.
struct VimPlayback: Sendable {
    private struct Frame: Sendable {
        var keys: [Key]
        var next = 0
        var times: Int
    }

    private var frames: [Frame] = []
    /// What was typed meanwhile, for afterwards.
    var typedAhead: [Key] = []

    /// Macros within macros; one that calls itself with its last key takes no more room.
    static let deepest = 1_000
    /// Keys played for one event: then the screen is drawn and a key may end it.
    static let stretch = 1_000

    var isEmpty: Bool { !frames.contains { $0.next < $0.keys.count || $0.times > 1 } }

    /// False where macros call each other too deep.
    mutating func push(_ keys: [Key], times: Int) -> Bool {
        guard !keys.isEmpty, times > 0 else { return true }
        dropFinished()
        guard frames.count < Self.deepest else { return false }
        frames.append(Frame(keys: keys, times: times))
        return true
    }

    mutating func pop() -> Key? {
        dropFinished()
        guard let last = frames.indices.last else { return nil }
        defer { frames[last].next += 1 }
        return frames[last].keys[frames[last].next]
    }

    mutating func clear() { frames = [] }

    private mutating func dropFinished() {
        while let last = frames.indices.last, frames[last].next >= frames[last].keys.count {
            frames[last].next = 0
            frames[last].times -= 1
            if frames[last].times <= 0 { frames.removeLast() }
        }
    }
}

extension Workspace {
    mutating func vimRecord(_ name: String) -> [Effect] {
        guard let register = name.first, name.count == 1, register.isLetter || register.isNumber else {
            return vimFail()
        }
        vim.recording = register
        vim.recorded = []
        return []
    }

    mutating func vimStopRecording() {
        guard let register = vim.recording else { return }
        vim.macros[register] = vim.recorded
        vim.recording = nil
        vim.recorded = []
    }

    /// `@` and a register: its keys are played next. Within a macro they are only put before its rest.
    mutating func vimPlay(_ name: String, _ times: Int) -> [Effect] {
        let register = name == "@" ? vim.lastMacro : name.first
        let keys: [Key]
        if register == ":" {
            guard let line = vim.lastLine else { return vimFail() }
            keys = [.character(":")] + line.map { .character($0) } + [.enter]
        } else {
            guard let register, let macro = vim.macros[register] else { return vimFail() }
            keys = macro
        }
        vim.lastMacro = register
        vim.hasFailed = false
        guard vim.playback.push(keys, times: times) else {
            say("The macros call each other more than \(VimPlayback.deepest) deep, so they were ended.", .error)
            return vimFail()
        }
        return vim.isPlaying ? [] : vimPlayOn()
    }

    /// Plays a stretch of keys, and asks to go on where there are more.
    mutating func vimPlayOn() -> [Effect] {
        var effects: [Effect] = []
        var left = VimPlayback.stretch
        vim.isPlaying = true
        while left > 0, let key = vim.playback.pop() {
            left -= 1
            effects += update(.terminal(.key(key)))
            // What fails ends a macro: that is how one runs to the text's end.
            if vim.hasFailed { vim.playback.clear() }
        }
        vim.isPlaying = false
        guard vim.playback.isEmpty else { return effects + [.wait("macro", milliseconds: 0, then: .vim(.playOn))] }
        return effects + vimTakeTypedAhead()
    }

    /// A key while a macro is played: Esc and Ctrl-C end it, others wait for its end.
    mutating func vimTakeWhilePlaying(_ key: Key) -> [Effect] {
        guard key == .escape || key == .control("c") else {
            vim.playback.typedAhead.append(key)
            return []
        }
        vim.playback.clear()
        vim.playback.typedAhead = []
        say("The macro was ended.")
        // What it had begun is given up too.
        return update(.terminal(.key(.escape)))
    }

    private mutating func vimTakeTypedAhead() -> [Effect] {
        let keys = vim.playback.typedAhead
        vim.playback.typedAhead = []
        return keys.flatMap { update(.terminal(.key($0))) }
    }
}
