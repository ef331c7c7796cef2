import Diagnostics
import Foundation
import Testing

@testable import Screen

@Suite struct ThemeTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Themes")

    private static let shipped = [
        "ink", "paper", "terminal", "contrast", "contrast-light", "sixteen", "sepia", "harbour", "fern", "plum", "fog",
    ]

    private func source(_ name: String) throws -> String {
        try String(contentsOf: Self.folder.appending(path: "\(name).toml"), encoding: .utf8)
    }

    @Test func allShippedThemesAreTested() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(files.sorted() == Self.shipped.map { $0 + ".toml" }.sorted())
    }

    @Test(arguments: shipped)
    func shippedThemesDefineEveryRole(_ name: String) throws {
        let text = try source(name)
        let theme = try Theme.parse(toml: text, path: "\(name).toml")
        #expect(theme.name == name)
        for role in ThemeRole.allCases {
            #expect(text.contains("\n\(role.name) = "), "\(name) leaves out \(role.name)")
        }
        #expect(text.contains("\ntext = "))
    }

    /// WCAG's contrast of the colours as written; only where both are #rrggbb.
    @Test(arguments: shipped)
    func shippedThemesAreReadable(_ name: String) throws {
        let theme = try Theme.parse(toml: source(name), path: name)
        for role in ThemeRole.allCases where role != .border {
            let style = role.isOverlay ? theme[.text].overlaid(with: theme[role]) : theme[role]
            guard let contrast = contrast(style.foreground, style.background) else { continue }
            // What is out of focus should stand back, and can still be read.
            let needed = role == .unfocused ? 3 : name.hasPrefix("contrast") ? 7 : 4.5
            #expect(contrast >= needed, "\(name) \(role): \(contrast)")
        }
    }

    /// The default needs no file, and its file is what whoever makes a theme begins with.
    @Test func theBuiltInDefaultIsItsFile() throws {
        #expect(Theme.ink == (try Theme.parse(toml: source("ink"), path: "ink.toml")))
    }

    /// Without colours, what must be told apart still is.
    @Test(arguments: shipped + ["plain"])
    func nothingIsToldByColourAlone(_ name: String) throws {
        let theme = name == "plain" ? Theme.plain : try Theme.parse(toml: source(name), path: name)
        func attributes(_ role: ThemeRole) -> [Bool] {
            let style = theme[role]
            return [style.bold, style.italic, style.underline, style.reverse, style.dim]
        }
        for (a, b) in [
            (ThemeRole.heading, ThemeRole.text), (.link, .text), (.added, .removed), (.match, .text), (.error, .text),
            (.misspelt, .text),
        ] {
            #expect(attributes(a) != attributes(b), "\(name): \(a) and \(b)")
        }
    }

    private func contrast(_ a: Color, _ b: Color) -> Double? {
        guard let a = luminance(a), let b = luminance(b) else { return nil }
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private func luminance(_ colour: Color) -> Double? {
        guard case .rgb(let red, let green, let blue) = colour else { return nil }
        func linear(_ byte: UInt8) -> Double {
            let value = Double(byte) / 255
            return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    @Test func stylesInheritAndPalettesName() throws {
        let theme = try Theme.parse(
            toml: """
                name = "t"
                [palette]
                sea = "#010203"
                [styles]
                text = { fg = "white", bg = "sea", bold = true }
                heading = { fg = 200 }
                list-marker = "bright-red"
                selection = { bg = "gray" }
                """, path: "t.toml")
        #expect(theme[.heading] == Style(foreground: .indexed(200), background: .rgb(1, 2, 3)))
        #expect(theme[.listMarker].foreground == .indexed(9))
        #expect(theme[.selection] == Style(background: .indexed(8)))
        #expect(theme[.link] == Style(foreground: .indexed(7), background: .rgb(1, 2, 3), underline: true))
        #expect(theme[.added] == Style(underline: true))
    }

    @Test(arguments: [
        ("[styles]\nheadin = \"red\"", 2, "headin", "heading"),
        ("[styles]\n\nlink = \"rde\"", 3, "rde", "[palette]"),
        ("[styles]\nlink = { fgg = 1 }", 2, "fgg", "fg"),
        ("nme = \"x\"", 1, "nme", "name"),
        ("[styles]\nlink = { bold = 3 }", 2, "link.bold", "bold = true"),
        ("[styles]\nlink = 256", 2, "256", "0 to 255"),
        ("[palette]\na = \"#12345g\"", 2, "#12345g", "#rrggbb"),
        ("name = \"x\n", 1, "TOML", "quote"),
        ("styles = 3", 1, "[styles]", "heading"),
        ("name = 3", 1, "name", "name = "),
    ])
    func errorsNameTheLineTheWordAndTheCure(_ toml: String, _ line: Int, _ word: String, _ cure: String) {
        let error = #expect(throws: ThemeError.self) { try Theme.parse(toml: toml, path: "my.toml") }
        #expect(error?.message.hasPrefix("my.toml:\(line): ") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains(word) == true)
        #expect(error?.hint?.contains(cure) == true, "\(error?.hint ?? "")")
        #expect(error?.status == .badInput)
    }
}
