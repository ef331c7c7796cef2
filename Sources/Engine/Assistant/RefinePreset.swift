/// What a refinement does to a section.
public enum RefinePreset: String, Sendable, CaseIterable {
    case tighten
    case clarify
    case expand
    case simplify
    case proofread
    case translateEnglish = "translate-en"
    case translateChinese = "translate-zh"

    /// For menus.
    public var title: String {
        switch self {
        case .tighten: "Tighten"
        case .clarify: "Clarify"
        case .expand: "Expand"
        case .simplify: "Simplify"
        case .proofread: "Proofread"
        case .translateEnglish: "Translate into English"
        case .translateChinese: "Translate into Chinese"
        }
    }

    /// What the model is asked to do.
    var task: String {
        switch self {
        case .tighten:
            "Tighten it: cut what repeats, pads or hedges. Keep every fact, every argument and the "
                + "writer's voice. It should end up clearly shorter."
        case .clarify:
            "Make it clearer: untangle long sentences, name what pronouns refer to, put steps in the "
                + "order a reader needs. Keep the meaning and, roughly, the length."
        case .expand:
            "Expand it where it is thin: explain, connect, give the examples the passages support. "
                + "Add no fact that neither the section nor a passage holds."
        case .simplify:
            "Simplify it for a reader new to the subject: common words, short sentences, terms "
                + "explained at first use. Leave no claim out."
        case .proofread:
            "Proofread it: correct spelling, grammar, punctuation and typography, and nothing else. "
                + "A sentence without a mistake stays exactly as it is."
        case .translateEnglish:
            "Translate it into English that reads as if it had been written in English. Leave nothing "
                + "out and add nothing."
        case .translateChinese:
            "Translate it into Chinese (simplified characters) that reads as if it had been written "
                + "in Chinese. Leave nothing out and add nothing."
        }
    }

    /// Whether the answer is in a language of its own rather than the article's.
    var setsLanguage: Bool { self == .translateEnglish || self == .translateChinese }
}
