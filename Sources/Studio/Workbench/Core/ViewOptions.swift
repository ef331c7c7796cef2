/// How the page looks while one writes: what the view commands change and a session keeps.
public struct ViewOptions: Sendable, Equatable {
    /// What stays bright around the caret; all else is dimmed.
    public enum Focus: String, Sendable, CaseIterable {
        case off, paragraph, sentence
    }

    /// The narrowest and widest column of prose, in cells, as in the settings.
    public static let textWidths = 20...400

    /// The name of the theme.
    public var theme: String
    /// The caret's row stays in the middle of the pane.
    public var typewriter: Bool
    /// How much around the caret stays bright.
    public var focus: Focus
    /// The number of each line stands to the left of it.
    public var lineNumbers: Bool
    /// The widest column of prose, in cells.
    public var textWidth: Int
    /// Misspelt words are marked.
    public var checksSpelling: Bool
    /// What is typed becomes the language's quotation marks, dashes and ellipses.
    public var smartPunctuation = false
    /// Marks typed behind Chinese take their full width.
    public var chinesePunctuation = false

    /// The look of a studio without settings, as far as nothing else is given.
    ///
    /// - Parameter textWidth: in cells; the studio takes the nearest value in `textWidths`.
    public init(
        theme: String = "ink", typewriter: Bool = false, focus: Focus = .off, lineNumbers: Bool = false,
        textWidth: Int = 76, checksSpelling: Bool = true
    ) {
        self.theme = theme
        self.typewriter = typewriter
        self.focus = focus
        self.lineNumbers = lineNumbers
        self.textWidth = textWidth
        self.checksSpelling = checksSpelling
    }
}
