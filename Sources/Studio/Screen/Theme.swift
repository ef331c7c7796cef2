/// A look for every role.
///
/// A theme is a TOML file:
///
/// ```toml
/// name = "ink"
///
/// [palette]              # names for colours, used below
/// night = "#16161e"
///
/// [styles]
/// text = { fg = "#c8c3b5", bg = "night" }
/// heading = { fg = 180, bold = true }
/// link = "cyan"          # only a foreground
/// ```
///
/// A colour is a palette's name, an ANSI name (`red`, `bright-red`, `default`, …), an index from 0 to 255
/// or `#rrggbb`. A style without a foreground or background takes `text`'s; the highlights laid over
/// text (`selection`, `cursorLine`, `match`, `added`, `removed`, `misspelt`) leave what they do not name as it is. A
/// role a theme leaves out keeps the attributes of the built-in look on the theme's own colours, so that
/// a short theme is still a usable one.
public struct Theme: Sendable, Equatable {
    /// What the settings call it: its file's name.
    public private(set) var name: String
    /// By the roles' raw values.
    private let styles: [Style]

    init(name: String, style: (ThemeRole) -> Style) {
        self.name = name
        styles = ThemeRole.allCases.map { role in
            var look = style(role)
            // What is wrong is told from a link where that can be done.
            if role == .misspelt, look.underline { look.curly = true }
            return look
        }
    }

    /// The same look under another name.
    public func named(_ name: String) -> Theme {
        var theme = self
        theme.name = name
        return theme
    }

    /// The style of a role; every role has one.
    public subscript(_ role: ThemeRole) -> Style { styles[Int(role.rawValue)] }

    /// The built-in look: the terminal's own colours, told apart by attributes alone, so that it
    /// serves where there is no colour.
    public static let plain = Theme(name: "plain", style: plainStyle)

    static func plainStyle(_ role: ThemeRole) -> Style {
        switch role {
        case .text, .border, .prompt, .overlay, .cursorLine, .similarity: Style()
        case .heading, .strong, .title, .borderFocused, .success: Style(bold: true)
        case .emphasis, .quote: Style(italic: true)
        case .link, .footnote, .match, .added: Style(underline: true)
        case .misspelt: Style(bold: true, underline: true)
        case .code, .comment, .rule, .frontMatter, .table, .dim, .removed, .unfocused, .lineNumber: Style(dim: true)
        case .listMarker: Style(bold: true)
        case .selection, .status, .button, .current: Style(reverse: true)
        case .titleFocused, .statusModified, .error: Style(bold: true, reverse: true)
        }
    }
}

extension ThemeRole {
    /// Whether the role is laid over other text, and so names only what it changes.
    var isOverlay: Bool {
        switch self {
        case .selection, .cursorLine, .match, .added, .removed, .misspelt: true
        default: false
        }
    }
}
