import Assistant
import Retrieval
import Review

/// Drafts, from the wish to the accepted text: one article's each in its `AssistantPane`.
public struct DraftingState: Feature {
    /// By the article's path.
    public internal(set) var panes: [String: AssistantPane] = [:]
    /// The passages that the writer chose for the next draft, in the order chosen.
    public internal(set) var pinned: [Passage] = []
    /// The library may not be opened before the writer asks for it.
    var isLibraryWithheld = false
    /// Where the provider's address and key come from, as the panel says before anything is sent.
    public internal(set) var terms: ProviderDisclosure?
    /// What arrives of a draft will be kept shortly.
    var isKeepingSoon = false

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
