import Assistant
import Foundation
import Retrieval
import Review
import Screen
import Testing
import TextCore

@testable import Workbench

/// Proposals that aren't whole, that belong to one of several articles, and that outlive the program.
@Suite struct StoredProposalTests {
    private let article = "# Title\n\nOpening.\n\n## Empty\n\n## Last\n\nThe end.\n"
    private let ready = ProviderState.ready(
        destination: "127.0.0.1:9", defaults: RequestDefaults(model: "test-model"))

    private func started(_ text: String? = nil) -> Workspace {
        var workspace = makeWorkspace(text ?? article, provider: ready)
        pin([makePassage(1)], &workspace)
        return workspace
    }

    /// Asks for a draft of the section `title`, which is sent.
    private func ask(for title: String = "Empty", _ workspace: inout Workspace) throws -> Ticket {
        let place = try #require(workspace.editor.text.string.range(of: "## " + title))
        let caret = workspace.editor.text.string.utf8.distance(
            from: workspace.editor.text.string.startIndex, to: place.lowerBound)
        workspace.withEditor { $0.select(Selection(caret)) }
        let effects = type("<Alt-d>Be brief.<Enter><Enter>", into: &workspace)
        guard case .drafting(.send(let ticket, _))? = effects.first else { throw Missing() }
        return ticket
    }

    private struct Missing: Error {}

    /// A workspace with the proposal `text` waiting, and what was asked to be kept of it last.
    private func waiting(_ text: String, end: Result<String?, Failure> = .success(nil)) throws -> (Workspace, [Effect])
    {
        var workspace = started()
        let ticket = try ask(&workspace)
        _ = handle(.drafting(.text(ticket, text)), &workspace)
        let effects = handle(.drafting(.ended(ticket, end)), &workspace)
        return (workspace, effects)
    }

    private func kept(_ effects: [Effect]) -> (kept: StoredProposal<Passage>, text: Text)? {
        for case .drafting(.keep(let kept, let text)) in effects { return (kept, text) }
        return nil
    }

    private func removed(_ effects: [Effect]) -> [String] {
        effects.compactMap { if case .drafting(.remove(let path)) = $0 { path } else { nil } }
    }

    // MARK: What may be accepted

    @Test(arguments: ["", " \n\u{3000}", "<think>Hm.</think>", "## Empty\n", "\u{200B}\u{1B}\u{E0041}"])
    func nothingIsNotAccepted(_ text: String) throws {
        var (workspace, effects) = try waiting(text)
        #expect(kept(effects) == nil)
        for _ in 0..<3 { type("a", into: &workspace) }
        #expect(workspace.editor.text.string == article)
        #expect(workspace.notice?.text == "There is nothing to accept: the answer holds no text.")
    }

    @Test(arguments: [
        Result<String?, Failure>.success("The answer stops at the model's limit."),
        .failure(Failure(message: "It was cut.")),
    ])
    func aPartIsAcceptedWhenAskedForTwice(_ end: Result<String?, Failure>) throws {
        var (workspace, _) = try waiting("Half a", end: end)
        type("a", into: &workspace)
        #expect(workspace.editor.text.string == article)
        #expect(workspace.notice?.text == "This is not the whole answer; accept again to take what there is.")
        type("a", into: &workspace)
        #expect(workspace.editor.text.string.contains("## Empty\n\nHalf a\n"))
    }

    @Test func aStoppedOneIsAPartToo() throws {
        var workspace = started()
        let ticket = try ask(&workspace)
        _ = handle(.drafting(.text(ticket, "Half a")), &workspace)
        let effects = type("<Esc>", into: &workspace)
        #expect(effects.names == ["cancelSend", "proposals"])
        #expect(kept(effects)?.kept.state == .stopped)
        type("a", into: &workspace)
        #expect(workspace.editor.text.string == article)
        type("a", into: &workspace)
        #expect(workspace.editor.text.string.contains("Half a"))
    }

    // MARK: One beside each article

    @Test func eachArticleHasItsOwn() throws {
        var (workspace, _) = try waiting("For the first.")
        type("<Esc>", into: &workspace)
        let other = Editor(
            path: "/project/other.md", displayName: "other.md", libraryPath: "other.md", text: Text(article))
        workspace.core.show(other)
        #expect(!render(workspace).snapshot().contains("1 proposal"))
        let ticket = try ask(for: "Last", &workspace)
        _ = handle(.drafting(.text(ticket, "For the ")), &workspace)
        // It arrives for its article while the writer is in another.
        type("<Alt-n>", into: &workspace)
        #expect(workspace.editor.path == "/project/article.md")
        type("<Alt-d>", into: &workspace)
        _ = handle(.drafting(.text(ticket, "second.")), &workspace)
        let effects = handle(.drafting(.ended(ticket, .success(nil))), &workspace)
        #expect(kept(effects)?.kept.article == "/project/other.md" && kept(effects)?.kept.text == "For the second.")
        #expect(workspace.assistant.proposal?.text == "For the first.")
        #expect(workspace.waitingProposals?.contains("“Empty” in article.md, “Last” in other.md") == true)
        type("<Alt-p>a", into: &workspace)
        #expect(
            workspace.editor.text.string.contains("For the first.") && !workspace.editor.text.string.contains("second"))
        type("<Alt-n><Alt-p>a", into: &workspace)
        #expect(workspace.editor.path == "/project/other.md")
        #expect(workspace.editor.text.string.contains("## Last\n\nFor the second.\n"))
    }

    @Test func oneArrivesAtATime() throws {
        var workspace = started()
        _ = try ask(&workspace)
        workspace.core.show(
            Editor(path: "/project/other.md", displayName: "other.md", libraryPath: "other.md", text: Text(article)))
        type("<Alt-d>", into: &workspace)
        #expect(workspace.modal == nil)
        #expect(workspace.notice?.text == "The draft for article.md is still arriving: wait for it, or stop it there.")
    }

    // MARK: Keeping

    @Test func whatArrivesIsKeptBeforeItsEnd() throws {
        var workspace = started()
        let ticket = try ask(&workspace)
        #expect(handle(.drafting(.text(ticket, "One ")), &workspace).names == ["wait proposal"])
        #expect(handle(.drafting(.text(ticket, "two")), &workspace).names == [])
        let effects = handle(.drafting(.keepArriving), &workspace)
        #expect(kept(effects)?.kept.text == "One two" && kept(effects)?.kept.state == .stopped)
        #expect(handle(.drafting(.text(ticket, ".")), &workspace).names == ["wait proposal"])
    }

    @Test func closingTheArticleKeepsItAndAsksForNoMore() throws {
        var workspace = started()
        let ticket = try ask(&workspace)
        _ = handle(.drafting(.text(ticket, "Half")), &workspace)
        workspace.core.add(
            Editor(path: "/project/other.md", displayName: "other.md", libraryPath: "other.md", text: Text(article)))
        let effects = type("<Ctrl-W>", into: &workspace)
        #expect(workspace.editor.path == "/project/other.md")
        #expect(kept(effects)?.kept.text == "Half" && effects.names.contains("cancelSend"))
    }

    @Test func quittingKeepsItAndSaysSo() throws {
        var (workspace, _) = try waiting("The draft.")
        type("<Esc>", into: &workspace)
        #expect(type("<Ctrl-Q>", into: &workspace).names.contains("quit"))
        #expect(kept(farewell(workspace))?.kept.text == "The draft.")
        #expect(
            workspace.waitingProposals
                == "The proposal for “Empty” in article.md is kept, and offered when the article is opened again.")
        type("x<Ctrl-Q>", into: &workspace)
        #expect(render(workspace).snapshot().contains("is kept, and offered"))
        type("<Esc>", into: &workspace)
        #expect(kept(handle(.terminate, &workspace))?.kept.text == "The draft.")
    }

    @Test(arguments: ["a", "r"])
    func whatIsSettledIsKeptNoMore(_ key: String) throws {
        var (workspace, _) = try waiting("The draft.")
        let effects = type(key, into: &workspace)
        #expect(removed(effects) == ["/project/article.md"])
        #expect(kept(farewell(workspace)) == nil && workspace.waitingProposals == nil)
        guard key == "a" else { return }
        // The text is in the journal first.
        let names = effects.names
        let (journal, removal) = (names.firstIndex(of: "journal"), names.firstIndex(of: "proposals"))
        #expect(try #require(journal) < #require(removal))
    }

    @Test func itGoesAlongWithANewName() throws {
        var (workspace, _) = try waiting("The draft.")
        type("<Esc>", into: &workspace)
        workspace.withEditor { $0.move(to: "/project/named.md", root: "/project") }
        workspace.core.announce(.articleMoved(from: "/project/article.md", to: "/project/named.md"))
        let effects = workspace.settleMessages()
        #expect(kept(effects)?.kept.article == "/project/named.md")
        #expect(removed(effects) == ["/project/article.md"])
        #expect(removed(type("<Alt-p>r", into: &workspace)) == ["/project/named.md"])
    }

    // MARK: Offering again

    /// The workspace of a next run on `text`, offered what the last one kept.
    private func next(_ text: String, _ kept: StoredProposal<Passage>, knows version: Int? = nil) -> Workspace {
        var workspace = started(text)
        _ = handle(.drafting(.recalled(kept, version: version)), &workspace)
        return workspace
    }

    @Test func itIsOfferedAgainAndAcceptedAsBefore() throws {
        let (_, effects) = try waiting("Meaning.[^1]")
        let kept = try #require(kept(effects)?.kept)
        var workspace = next(article, kept, knows: 0)
        #expect(workspace.notice?.text.contains("waits from an earlier time") == true)
        #expect(render(workspace).snapshot().contains("1 proposal"))
        #expect(workspace.editor.text.string == article)
        #expect(type("<Alt-p>a", into: &workspace).names.contains("proposals"))
        #expect(workspace.editor.text.string.contains("## Empty\n\nMeaning.[^note-1]\n\n## Last"))
        #expect(workspace.editor.text.string.contains("notes/note-1.md:7"))
    }

    @Test func aPartIsStillOne() throws {
        let (_, effects) = try waiting("Half", end: .failure(Failure(message: "It was cut.")))
        var workspace = next(article, try #require(kept(effects)?.kept))
        type("<Alt-p>a", into: &workspace)
        #expect(workspace.editor.text.string == article)
    }

    @Test func itFindsItsSectionInAChangedArticle() throws {
        let (_, effects) = try waiting("Meaning.")
        let kept = try #require(kept(effects)?.kept)
        var workspace = next("# Title\n\nA longer opening.\n\n## Before\n\nX.\n\n## Empty\n\n## Last\n", kept)
        type("<Alt-p>a", into: &workspace)
        #expect(
            workspace.editor.text.string
                == "# Title\n\nA longer opening.\n\n## Before\n\nX.\n\n## Empty\n\nMeaning.\n\n## Last\n")
    }

    @Test func aSectionThatWasWrittenMeanwhileIsNotReplacedUnasked() throws {
        let (_, effects) = try waiting("Meaning.")
        let changed = "# Title\n\n## Empty\n\nWritten since.\n\n## Last\n"
        var workspace = next(changed, try #require(kept(effects)?.kept))
        type("<Alt-p>a", into: &workspace)
        #expect(workspace.editor.text.string == changed)
        #expect(workspace.notice?.text.contains("You edited this section") == true)
    }

    @Test(arguments: ["# Title\n\nNothing else.\n", "# Title\n\n## Empty\n\nOne.\n\n## Empty\n\nTwo.\n", ""])
    func withoutItsSectionItIsShownAndGoesNowhere(_ text: String) throws {
        let (_, effects) = try waiting("Meaning.")
        var workspace = next(text, try #require(kept(effects)?.kept))
        type("<Alt-p>", into: &workspace)
        #expect(render(workspace).snapshot().contains("Meaning."))
        for _ in 0..<3 { type("a", into: &workspace) }
        #expect(workspace.editor.text.string == text)
        #expect(workspace.notice?.text.contains("no place for the proposal") == true)
        // It stays what it was for the run after this one.
        #expect(kept(farewell(workspace))?.kept.text == "Meaning.")
        #expect(removed(type("r", into: &workspace)) == ["/project/article.md"])
    }

    /// The hash says that the text is the same: then the place is right even where the headings don't tell sections apart.
    @Test func thePlaceCountsInTheSameText() throws {
        let twins = "## Twin\n\n## Twin\n\n## Last\n"
        var workspace = started(twins)
        let ticket = try ask(for: "Twin\n\n## Last", &workspace)
        _ = handle(.drafting(.text(ticket, "Second.")), &workspace)
        let kept = try #require(kept(handle(.drafting(.ended(ticket, .success(nil))), &workspace))?.kept)
        var same = next(twins, kept, knows: 0)
        type("<Alt-p>a", into: &same)
        #expect(same.editor.text.string == "## Twin\n\n## Twin\n\nSecond.\n\n## Last\n")
        var other = next(twins, kept)
        type("<Alt-p>a", into: &other)
        #expect(other.editor.text.string == twins)
    }

    @Test func itIsNotPutOverAnotherNorIntoAReadersCopy() throws {
        let (_, effects) = try waiting("Old.")
        let old = try #require(kept(effects)?.kept)
        var (workspace, _) = try waiting("New.")
        _ = handle(.drafting(.recalled(old, version: 0)), &workspace)
        #expect(workspace.assistant.proposal?.text == "New.")
        var reader = started()
        reader.withEditor { $0.lockOwner = LockOwner(processID: 4711, terminal: "pts/3", since: "10:02") }
        _ = handle(.drafting(.recalled(old, version: 0)), &reader)
        #expect(reader.assistant.proposal == nil)
    }

    @Test func aDamagedPlaceIsNone() throws {
        let (_, effects) = try waiting("Meaning.")
        var kept = try #require(kept(effects)?.kept)
        for (start, end) in [(-5, 3), (9, 2), (0, Int.max), (Int.max, Int.max), (3, 4)] {
            (kept.start, kept.end, kept.firstCitation) = (start, end, Int.max)
            var workspace = next(article, kept, knows: 0)
            type("<Alt-p>a", into: &workspace)
            #expect(workspace.editor.text.string.contains("## Empty\n\nMeaning.\n\n## Last"))
        }
    }
}
