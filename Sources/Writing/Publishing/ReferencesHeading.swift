import Manuscript

/// What the list of references is called.
enum ReferencesHeading {
    /// The heading in a language as front matter or `Language` names it; English where it isn't listed.
    static func text(language: String?) -> String {
        let parts = parts(of: language ?? "en")
        guard let code = parts.first else { return "References" }
        if code == "zh", parts.dropFirst().contains(where: { ["tw", "hk", "mo", "hant"].contains($0) }) {
            return "參考文獻"
        }
        return names[code] ?? "References"
    }

    /// Whether the heading in a language is listed.
    static func knows(_ language: String) -> Bool { parts(of: language).first.map { names[$0] != nil } ?? false }

    private static func parts(of language: String) -> [String] {
        language.prefix { $0 != "," && $0 != " " }.lowercased().replacing("_", with: "-").split(separator: "-").map(
            String.init)
    }

    /// The blocks from a heading at the top level that announces references to the next of its level; nil where there is no such
    /// heading. Of several the last counts. One with paragraphs and another section behind it is part of the article ("Literature").
    static func section(in tree: MarkdownTree) -> ArraySlice<Int>? {
        guard
            let start = tree.top.lastIndex(where: { index in
                guard case .heading = tree.nodes[index].kind else { return false }
                return announces(tree.plainText(of: index))
            }), case .heading(let level) = tree.nodes[tree.top[start]].kind
        else { return nil }
        let end = tree.top[(start + 1)...].firstIndex { index in
            if case .heading(let other) = tree.nodes[index].kind { other <= level } else { false }
        }
        let section = tree.top[start..<(end ?? tree.top.count)]
        guard end == nil || section.allSatisfy({ tree.nodes[$0].kind != .paragraph }) else { return nil }
        return section
    }

    /// - Parameter title: as `TextRun.plain` makes it.
    private static func announces(_ title: String) -> Bool {
        var words = Substring(title)
        while let last = words.last, last == ":" || last == "：" || last == "." || last == " " { words.removeLast() }
        // "7. References"; not every number: 参 is one too.
        words = words.drop { $0.isASCII && $0.isNumber || $0 == "." || $0 == ")" || $0 == " " }
        return all.contains(String(words))
    }

    /// By the language's code, as LaTeX's babel calls it.
    private static let names: [String: String] = [
        "en": "References", "de": "Literatur", "fr": "Références", "es": "Referencias",
        "it": "Riferimenti bibliografici", "pt": "Referências",
        "nl": "Referenties", "sv": "Referenser", "da": "Litteratur", "pl": "Literatura", "zh": "参考文献", "ja": "参考文献",
        "ko": "참고 문헌",
        "ru": "Список литературы", "uk": "Література", "el": "Αναφορές", "ar": "المراجع", "fa": "مراجع", "he": "מקורות",
        "th": "เอกสารอ้างอิง",
        "hi": "सन्दर्भ", "nb": "Referanser", "nn": "Referansar", "no": "Referanser", "fi": "Viitteet", "cs": "Reference",
        "sk": "Referencie",
        "hu": "Hivatkozások", "tr": "Kaynaklar", "ro": "Bibliografie", "ca": "Referències", "eo": "Citaĵoj",
    ]

    private static let others = [
        "參考文獻", "参考资料", "參考資料", "引用文献", "文献", "bibliography", "works cited", "sources", "literature", "reference list",
        "literaturverzeichnis",
        "quellen", "quellenverzeichnis", "referenzen", "einzelnachweise", "bibliographie", "sources et références",
        "bibliografía", "bibliografia", "fuentes",
        "fonti", "referências bibliográficas", "referencias bibliográficas", "bronnen", "literatuur", "källor",
        "litteraturförteckning", "kilder",
        "referencer", "bibliografia", "źródła", "참고문헌", "источники", "литература", "джерела", "βιβλιογραφία",
    ]

    private static let all = Set((names.values + others).map(TextRun.plain))
}
