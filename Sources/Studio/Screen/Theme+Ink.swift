extension Theme {
    /// The default, `Themes/ink.toml`, written out: it needs no file and no reading at the start.
    public static let ink = Theme(name: "ink", style: inkStyle)

    private static func inkStyle(_ role: ThemeRole) -> Style {
        switch role {
        case .text: Style(foreground: .hex(0xd6d2c6), background: .hex(0x15171e))
        case .heading: Style(foreground: .hex(0xe6b873), background: .hex(0x15171e), bold: true)
        case .emphasis: Style(foreground: .hex(0xf2efe6), background: .hex(0x15171e), italic: true)
        case .strong: Style(foreground: .hex(0xf2efe6), background: .hex(0x15171e), bold: true)
        case .code: Style(foreground: .hex(0xa3c585), background: .hex(0x15171e))
        case .link: Style(foreground: .hex(0x8fb1e3), background: .hex(0x15171e), underline: true)
        case .quote: Style(foreground: .hex(0x82bec6), background: .hex(0x15171e), italic: true)
        case .listMarker: Style(foreground: .hex(0xe6b873), background: .hex(0x15171e), bold: true)
        case .footnote: Style(foreground: .hex(0xc3a5d8), background: .hex(0x15171e), underline: true)
        case .comment: Style(foreground: .hex(0x8b91a1), background: .hex(0x15171e), italic: true)
        case .rule: Style(foreground: .hex(0x8b91a1), background: .hex(0x15171e))
        case .frontMatter: Style(foreground: .hex(0x8b91a1), background: .hex(0x15171e))
        case .table: Style(foreground: .hex(0x82bec6), background: .hex(0x15171e))
        case .selection: Style(background: .hex(0x3a4560))
        case .cursorLine: Style(background: .hex(0x1d2029))
        case .match: Style(foreground: .hex(0x15171e), background: .hex(0xe6b873), underline: true)
        case .added: Style(foreground: .hex(0xa3c585), underline: true)
        case .removed: Style(foreground: .hex(0xe58f8f), dim: true)
        case .misspelt: Style(foreground: .hex(0xe58f8f), underline: true)
        case .unfocused: Style(foreground: .hex(0x6d7383), background: .hex(0x15171e))
        case .lineNumber: Style(foreground: .hex(0x8b91a1), background: .hex(0x15171e))
        case .border: Style(foreground: .hex(0x565d6e), background: .hex(0x15171e))
        case .borderFocused: Style(foreground: .hex(0xe6b873), background: .hex(0x15171e), bold: true)
        case .title: Style(foreground: .hex(0x8b91a1), background: .hex(0x15171e), bold: true)
        case .titleFocused: Style(foreground: .hex(0x15171e), background: .hex(0xe6b873), bold: true)
        case .status: Style(foreground: .hex(0xd6d2c6), background: .hex(0x2b303d))
        case .statusModified: Style(foreground: .hex(0xe6b873), background: .hex(0x2b303d), bold: true)
        case .prompt: Style(foreground: .hex(0xf2efe6), background: .hex(0x1d2029))
        case .error: Style(foreground: .hex(0xe58f8f), background: .hex(0x15171e), bold: true)
        case .success: Style(foreground: .hex(0xa3c585), background: .hex(0x15171e), bold: true)
        case .similarity: Style(foreground: .hex(0x82bec6), background: .hex(0x15171e))
        case .dim: Style(foreground: .hex(0x8b91a1), background: .hex(0x15171e))
        case .button: Style(foreground: .hex(0xf2efe6), background: .hex(0x2b303d), bold: true)
        case .overlay: Style(foreground: .hex(0xd6d2c6), background: .hex(0x1d2029))
        case .current: Style(foreground: .hex(0xf2efe6), background: .hex(0x34405a), bold: true)
        }
    }
}

extension Color {
    fileprivate static func hex(_ value: UInt32) -> Color {
        .rgb(
            UInt8(truncatingIfNeeded: value >> 16), UInt8(truncatingIfNeeded: value >> 8),
            UInt8(truncatingIfNeeded: value))
    }
}
