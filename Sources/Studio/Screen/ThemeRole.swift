/// What a piece of the screen is, which a theme gives a look. The raw value is its place in a theme's list of styles, the
/// case's name what theme files call it.
public enum ThemeRole: UInt8, Sendable, CaseIterable {
    // The article.
    case text, heading, emphasis, strong, code, link, quote, listMarker, footnote, comment, rule
    case frontMatter, table
    // Laid over text.
    case selection, cursorLine, match, added, removed, misspelt
    // The article's text outside of what is in focus, and the numbers beside its lines.
    case unfocused, lineNumber
    // Panes and lines around it.
    case border, borderFocused, title, titleFocused, status, statusModified, prompt
    case error, success, similarity, dim, button, overlay, current

    /// What a theme file calls it.
    public var name: String { "\(self)" }
}
