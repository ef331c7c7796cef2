import Assistant
import Screen
import Testing
import TextCore

@testable import Workbench

/// What the panel says before a request leaves: all of it, in every window.
@Suite struct ConsentTests {
    /// A stranger's address, whose end says where it leads.
    private static let address =
        "https://api.openai.com." + String(repeating: "long.", count: 150) + "evil.example:8443/v1/"
        + String(repeating: "x", count: 90) + "END"
    private static let key =
        "the key in your environment variable " + String(repeating: "SECRET_", count: 30)
        + "TAIL, as ~/p/longhand.toml says"

    private func asked(
        _ width: Int, _ height: Int, question: String? = "longhand.toml chose this address or key, and not you."
    ) -> Workspace {
        let defaults = RequestDefaults(model: "a-model-" + String(repeating: "m", count: 120) + "-end")
        var workspace = makeWorkspace(
            "# Title\n\nOpening.\n", width: width, height: height,
            provider: .ready(destination: "host", defaults: defaults))
        workspace.configure {
            $0.providerTerms = ProviderDisclosure(
                address: Self.address, addressOrigin: "~/a folder/longhand.toml", key: Self.key, question: question)
        }
        var passage = makePassage(1)
        passage.path = "notes/" + String(repeating: "deep/", count: 40) + "note-END.md"
        pin([passage], &workspace)
        type("<Alt-d><Enter>", into: &workspace)
        return workspace
    }

    @Test(arguments: [(80, 24), (40, 12), (120, 40), (24, 9), (300, 100)])
    func everythingThatIsAgreedToIsThere(width: Int, height: Int) {
        let workspace = asked(width, height)
        let (terms, _) = ConsentView.lines(workspace.drafting, workspace.core)
        let text = terms.map(\.text).joined().filter { $0 != " " }
        for words in [Self.address, Self.key, "-end", "note-END.md"] {
            #expect(text.contains(words.filter { $0 != " " }))
        }
        #expect(terms.allSatisfy { DisplayWidth.of($0.text.trimmed) <= width - 4 })
        #expect(!text.contains("…"))
        // Of the rows, each is on the screen at some place of the scroll.
        for (index, term) in terms.enumerated() {
            var scrolled = workspace
            let last = ConsentView.lastScroll(workspace.drafting, workspace.core)
            scrolled.modal = .panel(ConsentPanel(scroll: min(index, last)))
            #expect(render(scrolled).snapshot().contains(term.text.trimmed), "\(term.text)")
        }
    }

    @Test(arguments: [(80, 24), (40, 12), (24, 9)])
    func agreeingTakesHavingSeenTheTerms(width: Int, height: Int) {
        var workspace = asked(width, height)
        let (terms, _) = ConsentView.lines(workspace.drafting, workspace.core)
        var presses = 0
        while type("y", into: &workspace).isEmpty, presses < 100 {
            guard let scroll = workspace.core.panel(ConsentPanel.self)?.scroll else { break }
            #expect(scroll + height - 5 < terms.count)
            type("<PageDown>", into: &workspace)
            presses += 1
        }
        #expect(presses > 0 && presses < 100)
        #expect(workspace.assistant.proposal != nil && workspace.drafting.terms?.question == nil)
    }

    @Test func blanksOverTheEndOfARowCostNoLetter() {
        #expect(Chrome.clipped("agrees to ", to: 9) == "agrees to")
        #expect(Chrome.clipped("agrees to  ", to: 8) == "agrees …")
    }

    @Test func theWritersOwnProviderIsSentToAtOnce() {
        var workspace = asked(40, 12, question: nil)
        #expect(!type("<Enter>", into: &workspace).isEmpty)
    }

    @Test func theKeysFitASmallWindowAndScrollingEndsAtTheEnd() {
        var workspace = asked(40, 12)
        #expect(render(workspace).snapshot().contains("PgDn read on first · Esc no"))
        for _ in 0..<100 { type("<PageDown>", into: &workspace) }
        #expect(render(workspace).snapshot().contains("y agree and send · PgDn on · Esc no"))
        let last = render(workspace).snapshot()
        type("<Up>", into: &workspace)
        #expect(render(workspace).snapshot() != last)
        workspace = asked(6, 6)
        #expect(type("y", into: &workspace).isEmpty)
    }
}

extension String {
    fileprivate var trimmed: String {
        String(reversed().drop { $0 == " " }.reversed().drop { $0 == " " })
    }
}
