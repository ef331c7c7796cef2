import Assistant
import Retrieval
import Review

/// Drafts, from the wish to the accepted text: one article's each in its `AssistantPane`.
///
/// A draft's passages are those pinned, else the nearest ones of scope `share`, for which the effect `.gather` asks.
/// `Prompts.draft` makes the `ChatRequest`, and the consent panel (`ConsentView`) shows that very value, whole. After
/// Enter the effect `.send` goes to `OpenAIProvider`; each piece that arrives grows the `Proposal`. Accepting makes
/// one `Edit`, in which `Grounding` has turned `[^1]` into footnotes to notes. An address that would be refused
/// (`checkAddress`) is never shown, asked about or announced.
struct DraftingState: Feature {
    /// By the article's path.
    var panes: [String: AssistantPane] = [:]
    /// The passages that the writer chose for the next draft, in the order chosen.
    var pinned: [Passage] = []
    /// The library may not be opened before the writer asks for it.
    var isLibraryWithheld = false
    /// Where the provider's address and key come from, as the panel says before anything is sent.
    var terms: ProviderDisclosure?
    /// What arrives of a draft will be kept shortly.
    var isKeepingSoon = false

    /// What is said of proposals that wait is no longer true.
    var isTellingOutdated = true
    /// Bytes of a section and its proposal together that are compared between two keys.
    static let comparedAtOnce = 1 << 15

    init(_ environment: StudioEnvironment) {
        terms = environment.providerTerms
        if case .refused = environment.automaticIndexing { isLibraryWithheld = true }
    }

    /// The article's own, made where there is none.
    subscript(path: String) -> AssistantPane {
        get { panes[path] ?? AssistantPane() }
        _modify { yield &panes[path, default: AssistantPane()] }
    }

    /// The article whose draft is arriving.
    var streamingPath: String? { panes.first { $0.value.proposal?.state == .streaming }?.key }

    func path(where isIt: (AssistantPane) -> Bool) -> String? { panes.first { isIt($0.value) }?.key }
}
