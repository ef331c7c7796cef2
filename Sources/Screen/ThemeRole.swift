/// What a piece of the screen is, which a theme gives a look. The raw value is its name in a theme
/// file; those of Markdown are the raw values of Manuscript's roles too.
public enum ThemeRole: String, Sendable, CaseIterable {
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
}
