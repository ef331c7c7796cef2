import Assistant
import Retrieval
import Screen
import Testing
import TextCore

@testable import Workbench

/// From asking for a draft to the text in the article.
@Suite struct DraftTests {
    private let article = "# Title\n\nOpening.\n\n## Empty\n\n## Last\n\nThe end.\n"
    private let ready = ProviderState.ready(
        destination: "127.0.0.1:9", defaults: RequestDefaults(model: "test-model"))

    /// A workspace with the caret in the empty section, asked for a draft, and the effects of that.
    private func asked(pinned: [Passage] = [], terms: ProviderDisclosure? = nil) -> (Workspace, [Effect]) {
        var workspace = makeWorkspace(article, provider: ready)
        workspace.configure { $0.providerTerms = terms }
        workspace.withEditor { $0.select(Selection("# Title\n\nOpening.\n\n## Emp".utf8.count)) }
        pin(pinned, &workspace)
        let effects = type("<Alt-d>Be brief.<Enter>", into: &workspace)
        return (workspace, effects)
    }

    @Test func withoutAProviderItSaysHowToSetOne() {
        var workspace = makeWorkspace(article)
        #expect(type("<Alt-d>", into: &workspace).isEmpty)
        #expect(workspace.notice?.text == "No provider is set. Set base_url.")
    }

    @Test func nothingIsSentBeforeTheWriterSawIt() {
        var (workspace, effects) = asked(pinned: [makePassage(1)])
        #expect(effects.isEmpty)
        let screen = render(workspace).snapshot()
        #expect(screen.contains("127.0.0.1:9"))
        #expect(screen.contains("test-model"))
        #expect(screen.contains("notes/note-1.md"))
        type("<Esc>", into: &workspace)
        #expect(workspace.assistant.proposal == nil)
        #expect(workspace.modal == nil)
    }

    /// The pane looks for its own passages meanwhile, and neither takes the other's.
    @Test func theResearchPaneGoesOnWhileADraftWaitsForItsPassages() {
        var (workspace, effects) = asked()
        guard case .drafting(.gather(let ticket, _))? = effects.first else {
            Issue.record("no passages were looked for")
            return
        }
        let summary = IndexSummary(notes: 3, passages: 10, embedded: 1, problems: [])
        let asked = handle(.research(.indexed(.success(summary), isAsked: false)), &workspace)
        guard case .research(.search(let other, _))? = asked.first else {
            Issue.record("the pane asked nothing")
            return
        }
        _ = handle(.research(.hits(ticket, .success([makeHit(2)]))), &workspace)
        _ = handle(.research(.hits(other, .success([makeHit(3)]))), &workspace)
        #expect(workspace.modal == nil && workspace.research.hits == [makeHit(3)])
        #expect(handle(.drafting(.sources(ticket, .success([makePassage(1)]))), &workspace).names.isEmpty)
        #expect(workspace.research.hits == [makeHit(3)])
        #expect(workspace.assistant.request?.sources == [makePassage(1)])
        #expect(render(workspace).snapshot().contains("This would be sent"))
    }

    @Test func onlySharedNotesGoAlongUnasked() {
        var (workspace, effects) = asked()
        guard case .drafting(.gather(let ticket, _))? = effects.first else {
            Issue.record("no passages were looked for")
            return
        }
        let secret = makePassage(2, text: "A private thought.", scope: .index)
        _ = handle(.drafting(.sources(ticket, .success([makePassage(1), secret]))), &workspace)
        let sent = workspace.assistant.request?.messages.map(\.content).joined() ?? ""
        #expect(sent.contains("Vectors of like words"))
        #expect(!sent.contains("A private thought."))
    }

    @Test func aDraftStreamsInAndIsAcceptedAsOneStep() throws {
        var (workspace, _) = asked(pinned: [makePassage(1)])
        guard case .drafting(.send(let ticket, let request))? = type("<Enter>", into: &workspace).first else {
            Issue.record("nothing was sent")
            return
        }
        #expect(request.messages.map(\.content).joined().contains("Be brief."))
        _ = handle(.drafting(.text(ticket, "Meaning is ")), &workspace)
        _ = handle(.drafting(.text(ticket, "direction.[^1]")), &workspace)
        #expect(render(workspace).snapshot().contains("Meaning is direction."))
        _ = handle(.drafting(.ended(ticket, .success(nil))), &workspace)
        #expect(workspace.editor.text.string == article)
        type("a", into: &workspace)
        let after = workspace.editor.text.string
        #expect(after.contains("## Empty\n\nMeaning is direction."))
        #expect(after.contains("## Last\n\nThe end."))
        #expect(after.contains("notes/note-1.md"))
        type("<Ctrl-U>", into: &workspace)
        #expect(workspace.editor.text.string == article)
    }

    /// What a project chose isn't sent by a key that is pressed out of habit.
    @Test func aProvidersOriginIsShownAndAProjectsIsAskedAbout() {
        let terms = ProviderDisclosure(
            address: "https://api.example.com/v1", addressOrigin: "/project/longhand.toml",
            key: "the key in your environment variable A_KEY",
            question: "The project chose it.")
        var (workspace, _) = asked(pinned: [makePassage(1)], terms: terms)
        let shown = render(workspace).snapshot()
        for words in [
            "The project chose it.", "https://api.example.com/v1", "as /project/longhand.toml says", "variable A_KEY",
            "y agree and send",
        ] {
            #expect(shown.contains(words), "\(words)")
        }
        #expect(!shown.contains("Enter send"))
        #expect(type("<Enter>", into: &workspace).isEmpty && type("s", into: &workspace).isEmpty)
        let effects = type("y", into: &workspace)
        guard effects.count == 2, case .drafting(.agreeToProvider) = effects[0], case .drafting(.send) = effects[1]
        else {
            Issue.record("\(effects)")
            return
        }
        #expect(workspace.drafting.terms?.question == nil)
    }

    @Test func aDraftThatCantBeAcceptedIsKept() {
        var (workspace, _) = asked(pinned: [makePassage(1)])
        guard case .drafting(.send(let ticket, _))? = type("<Enter>", into: &workspace).first else {
            Issue.record("nothing was sent")
            return
        }
        _ = handle(.drafting(.text(ticket, "Some text.")), &workspace)
        _ = handle(.drafting(.ended(ticket, .success(nil))), &workspace)
        workspace.withEditor { editor in
            editor.isReadOnly = true
            editor.lockOwner = LockOwner(processID: 4711, terminal: "pts/3", since: "10:02")
        }
        // Whether the other has left is asked, and what was refused has no other effect.
        #expect(type("a", into: &workspace).names == ["disk"])
        #expect(workspace.editor.text.string == article && workspace.notice?.kind == .error)
        #expect(workspace.assistant.proposal?.text == "Some text.")
    }

    @Test func rejectingLeavesTheArticleAlone() {
        var (workspace, _) = asked(pinned: [makePassage(1)])
        guard case .drafting(.send(let ticket, _))? = type("<Enter>", into: &workspace).first else {
            Issue.record("nothing was sent")
            return
        }
        _ = handle(.drafting(.text(ticket, "Some text.")), &workspace)
        #expect(type("r", into: &workspace).names == ["cancelSend"])
        #expect(workspace.editor.text.string == article)
        #expect(workspace.assistant.proposal == nil)
        // What still arrives belongs to nobody.
        _ = handle(.drafting(.text(ticket, "More.")), &workspace)
        #expect(workspace.assistant.proposal == nil)
    }

    @Test func aCutStreamKeepsWhatArrivedAndSaysSo() {
        var (workspace, _) = asked(pinned: [makePassage(1)])
        guard case .drafting(.send(let ticket, _))? = type("<Enter>", into: &workspace).first else {
            Issue.record("nothing was sent")
            return
        }
        _ = handle(.drafting(.text(ticket, "Half a sen")), &workspace)
        _ = handle(.drafting(.ended(ticket, .failure(Failure(message: "The stream was cut.")))), &workspace)
        #expect(workspace.assistant.proposal?.text == "Half a sen")
        #expect(workspace.notice?.text == "The stream was cut.")
    }

    @Test func editsMadeMeanwhileAreNotReplacedUnasked() {
        var (workspace, _) = asked(pinned: [makePassage(1)])
        guard case .drafting(.send(let ticket, _))? = type("<Enter>", into: &workspace).first else {
            Issue.record("nothing was sent")
            return
        }
        _ = handle(.drafting(.text(ticket, "The draft.")), &workspace)
        _ = handle(.drafting(.ended(ticket, .success(nil))), &workspace)
        type("<Esc>", into: &workspace)
        workspace.withEditor { $0.select(Selection("# Title\n\nOpening.\n\n## Empty\n".utf8.count)) }
        type("\nMine.", into: &workspace)
        type("<Alt-p>a", into: &workspace)
        #expect(workspace.editor.text.string.contains("Mine."))
        type("a", into: &workspace)
        #expect(!workspace.editor.text.string.contains("Mine."))
        #expect(workspace.editor.text.string.contains("The draft."))
    }

    // MARK: Long answers

    /// A long answer is shown as it is while it is compared elsewhere, and as a difference once that is known.
    @Test func aLongAnswerIsComparedOffTheMainThread() throws {
        var (workspace, _) = asked(pinned: [makePassage(1)])
        guard case .drafting(.send(let ticket, _))? = type("<Enter>", into: &workspace).first else {
            Issue.record("nothing was sent")
            return
        }
        let answer = (0..<4_000).map { "Sentence number \($0) of a long answer.\n\n" }.joined()
        _ = handle(.drafting(.text(ticket, answer)), &workspace)
        // While it arrives its end is seen.
        #expect(render(workspace).snapshot().contains("number 3999 "))
        let effects = handle(.drafting(.ended(ticket, .success(nil))), &workspace)
        #expect(workspace.assistant.difference == nil && render(workspace).snapshot().contains("number 0 "))
        guard case .drafting(.compare(let asked, let proposal))? = effects.last else {
            Issue.record("it isn't compared")
            return
        }
        _ = handle(.drafting(.compared(asked, proposal.diff())), &workspace)
        #expect(workspace.assistant.difference?.isEmpty == false)
        // What is kept of its rows is what would be drawn anew, at any place and in any width.
        for keys in ["<PageDown>", "<Down>", "<End>", "<Up>"] {
            type(keys, into: &workspace)
            var fresh = workspace
            fresh.caches = RenderCaches()
            fresh.prepareForDisplay()
            #expect(render(workspace) == render(fresh), "\(keys)")
        }
        _ = handle(.terminal(.resize(width: 80, height: 24)), &workspace)
        #expect(render(workspace).snapshot().contains("Sentence number"))
        // A late answer of another one changes nothing.
        type("r", into: &workspace)
        _ = handle(.drafting(.compared(asked, [])), &workspace)
        #expect(workspace.assistant.proposal == nil && workspace.assistant.difference == nil)
    }

    @Test func aShortAnswerIsADifferenceAtOnce() {
        var (workspace, _) = asked(pinned: [makePassage(1)])
        guard case .drafting(.send(let ticket, _))? = type("<Enter>", into: &workspace).first else {
            Issue.record("nothing was sent")
            return
        }
        _ = handle(.drafting(.text(ticket, "Short.")), &workspace)
        #expect(!handle(.drafting(.ended(ticket, .success(nil))), &workspace).names.contains("compare"))
        #expect(workspace.assistant.difference?.map(\.text).joined().contains("Short.") == true)
    }
}
