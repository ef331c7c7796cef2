import Configuration
import Workbench

extension Keymap {
    /// The keymap that the settings ask for.
    ///
    /// - Parameter name: another base keymap in place of the settings' own.
    /// - Throws: `KeymapError`, which names the file and the line.
    init(_ settings: Settings, name: String? = nil) throws(KeymapError) {
        let origin = settings.origins["keymap"]
        let location =
            name == nil
            ? KeymapError.Location(path: origin ?? "keymap", line: settings.keymapLine)
            : KeymapError.Location(path: "--keymap", line: nil)
        try self.init(
            named: name ?? settings.keymap, at: location,
            rebinding: settings.keys.map {
                KeyBinding(
                    command: $0.command, chords: $0.keys, location: KeymapError.Location(path: $0.path, line: $0.line))
            })
    }
}
