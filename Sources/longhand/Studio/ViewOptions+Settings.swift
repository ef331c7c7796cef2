import Configuration
import Workbench

extension ViewOptions {
    /// How the settings want the page.
    init(_ settings: Settings) {
        self.init(
            theme: settings.theme, typewriter: settings.writing.typewriter,
            focus: Focus(rawValue: settings.writing.focus.rawValue) ?? .off, lineNumbers: settings.writing.lineNumbers,
            textWidth: settings.wrapWidth, checksSpelling: settings.writing.checksSpelling)
        smartPunctuation = settings.writing.smartPunctuation
        chinesePunctuation = settings.writing.chinesePunctuation
    }
}
