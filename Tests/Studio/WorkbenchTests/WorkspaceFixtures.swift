import Assistant
import Manuscript
import Notes
import Retrieval
import Screen
import TextCore

@testable import Workbench

/// A workspace on `article`, in a window of the given size, with its outline known.
func makeWorkspace(
    _ article: String, width: Int = 120, height: Int = 40, provider: ProviderState? = nil
) -> Workspace {
    let environment = StudioEnvironment(
        root: "/project", projectName: "project", theme: .plain,
        provider: provider ?? .notConfigured(Failure(message: "No provider is set.", hint: "Set base_url.")),
        modelName: "all-MiniLM-L6-v2")
    let editor = Editor(
        path: "/project/article.md", displayName: "article.md", libraryPath: "article.md", text: Text(article))
    return begun(Workspace(environment: environment, editor: editor, width: width, height: height))
}

/// The studio after its start, with its outline known and a library read.
private func begun(_ workspace: Workspace) -> Workspace {
    var workspace = workspace
    answerOutline(start(&workspace), &workspace)
    let summary = IndexSummary(notes: 3, passages: 9, embedded: 0, problems: [])
    _ = handle(.research(.indexed(.success(summary), isAsked: true)), &workspace)
    return workspace
}

/// Answers an effect that asks for the outline, as the runner would.
func answerOutline(_ effects: [Effect], _ workspace: inout Workspace) {
    for case .outline(.read(let ticket, let text)) in effects {
        let outline = Outline(text)
        let words = outline.sections.reduce(0) { $0 + $1.words }
        _ = handle(.outline(.found(ticket, outline, words: words)), &workspace)
    }
}

/// Answers a look at a file: `text` is in it now.
@discardableResult
func findFile(_ text: String, _ look: FileCheck, _ workspace: inout Workspace, stamp: Int = 7) -> [Effect] {
    let file = FileReading(
        text: Text(text), stamp: FileStamp(size: text.utf8.count, modifiedNanoseconds: Int64(stamp), inode: 1),
        format: FileFormat(), isReadOnly: false)
    let isKnown = look.purpose != .rereading && file.text == look.known
    let finding = isKnown ? FileFinding.same(file) : .changed(file, .difference(from: look.text, to: file.text))
    return handle(.saving(.examined(look, finding)), &workspace)
}

/// Types keys by name, `<Enter>` for those with a name of more than one character.
@discardableResult
func type(_ keys: String, into workspace: inout Workspace) -> [Effect] {
    var effects: [Effect] = []
    var rest = keys[...]
    while let first = rest.first {
        let key: Key
        if first == "<", let end = rest.firstIndex(of: ">"),
            let named = Key(name: String(rest[rest.index(after: rest.startIndex)..<end]))
        {
            key = named
            rest = rest[rest.index(after: end)...]
        } else {
            key = first == "\n" ? .enter : .character(first)
            rest = rest.dropFirst()
        }
        effects = handle(.terminal(.key(key)), &workspace)
    }
    return effects
}

/// The article with `#[`, `]#` around the selection, or `|` at the caret.
func marked(_ workspace: Workspace) -> String {
    let text = workspace.editor.text
    let range = workspace.editor.document.selection.range
    let selected = text.slice(range)
    let middle = range.isEmpty ? "|" : "#[" + selected + "]#"
    return text.slice(0..<range.lowerBound) + middle + text.slice(range.upperBound..<text.utf8Count)
}

/// A workspace whose caret is where `|` stands in `before`.
func workspace(before: String, width: Int = 120, height: Int = 40) -> Workspace {
    let parts = before.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    var workspace = makeWorkspace(parts.joined(), width: width, height: height)
    workspace.withEditor { $0.select(Selection(parts[0].utf8.count)) }
    workspace.prepareForDisplay()
    return workspace
}

func makePassage(_ number: Int, text: String = "Vectors of like words point the same way.", scope: Scope = .share)
    -> Passage
{
    Passage(
        id: "id\(number)", path: "notes/note-\(number).md", title: "Note \(number)", heading: "Part › Whole", line: 7,
        endLine: 9, text: text, tags: ["vectors"], date: "2025-03-01", scope: scope)
}

func makeHit(_ number: Int, similarity: Double = 0.71, text: String = "Vectors of like words point the same way.")
    -> Hit
{
    Hit(
        passage: makePassage(number, text: text), rank: number, score: 0.03, strength: max(0, similarity * 2 - 0.6),
        similarity: similarity, textScore: 2.5, zScore: 4, fused: 4.5, penalty: 0.5, vectorRank: number,
        textRank: number + 1, sentence: text, matchedTerms: ["vectors", "words"])
}

/// Gives the research pane `hits`, as the service's answer to its last question.
func giveHits(_ hits: [Hit], _ workspace: inout Workspace) {
    guard let ticket = askResearch(&workspace) else { return }
    _ = handle(.research(.hits(ticket, .success(hits))), &workspace)
}

/// Has the research pane ask about the paragraph, as for the first time.
func askResearch(_ workspace: inout Workspace) -> Ticket? {
    for case .research(.search(let ticket, _)) in handle(.research(.follow), &workspace) { return ticket }
    return nil
}

/// Pins passages for the next draft.
func pin(_ passages: [Passage], _ workspace: inout Workspace) {
    let hits = workspace.research.hits
    for passage in passages {
        var hit = makeHit(1)
        hit.passage = passage
        giveHits([hit], &workspace)
        _ = handle(.research(.togglePin), &workspace)
    }
    giveHits(hits, &workspace)
    workspace.notice = nil
}

/// Answers what the outline asks now: the lengths are those of `bytes`.
@discardableResult
func count(_ bytes: [UInt8], _ workspace: inout Workspace) -> [Effect] {
    for case .outline(.read(let ticket, _)) in handle(.outline(.textRests), &workspace) {
        return handle(.outline(.counted(ticket, ArticleCounts(Outline(bytes: bytes), bytes: bytes))), &workspace)
    }
    return []
}

/// What is asked for when the studio is left now.
func farewell(_ workspace: Workspace) -> [Effect] {
    var workspace = workspace
    return handle(.input(.leave), &workspace)
}

extension Workspace {
    /// The assistant beside the article on the screen.
    var assistant: AssistantPane { drafting[editor.path] }

    /// What the bottom row says of a search.
    var findSummary: String { find.summary(core) }

    /// Where a search's matches are marked.
    var shownMatches: [Range<Int>] { find.decorations({ 0..<editor.text.utf8Count }, core).map(\.range) }

    /// Whether the article on the screen is being saved or named.
    var isSaving: Bool { saving.files[editor.path]?.state.isBusy == true }

    /// What another program made of its file.
    var outside: ExternalChange? { saving.files[editor.path]?.state.outside }

    /// Begins anew with other settings, on the same text.
    mutating func configure(_ change: (inout StudioEnvironment) -> Void) {
        var environment = environment
        change(&environment)
        let view = view
        self = begun(Workspace(environment: environment, editor: editor, width: width, height: height))
        core.view = view
    }
}

extension [Effect] {
    var names: [String] {
        map { effect in
            switch effect {
            case .wait(let timer, _, _): "wait \(timer)"
            case .terminal(let effect): effect.name
            case .saving(let effect): effect.name
            case .articles: "articles"
            case .research(let effect): effect.name
            case .outline: "outline"
            case .drafting(let effect): effect.name
            case .exporting: "export"
            case .appearance(.loadThemes): "loadThemes"
            case .appearance(.remember): "rememberView"
            case .spelling: "spelling"
            case .progress(.record(_, let change)): "recordWords \(change)"
            case .progress(.loadHistory): "loadHistory"
            case .find, .vim: "find"
            case .versions: "versions"
            case .shelf: "shelf"
            }
        }
    }
}

extension TerminalEffect {
    fileprivate var name: String {
        switch self {
        case .copy: "copy"
        case .readClipboard: "readClipboard"
        case .suspend: "suspend"
        case .redraw: "redraw"
        case .quit: "quit"
        }
    }
}

extension SavingEffect {
    fileprivate var name: String {
        switch self {
        case .save: "save"
        case .open: "open"
        case .journal: "journal"
        case .removeJournal: "removeJournal"
        case .compareRecovered, .discardRecovered, .takeRecovered: "recovery"
        case .writeCopy: "articles"
        case .watch, .look, .examine, .compare, .openAs, .name, .release, .takeOver: "disk"
        }
    }
}

extension ResearchEffect {
    fileprivate var name: String {
        switch self {
        case .search: "research"
        case .index: "index"
        case .indexFile: "indexFile"
        case .pauseIndexing(let isPaused): isPaused ? "pauseIndexing" : "resumeIndexing"
        }
    }
}

extension DraftingEffect {
    fileprivate var name: String {
        switch self {
        case .gather: "gatherSources"
        case .send: "send"
        case .cancelSend: "cancelSend"
        case .compare: "compare"
        case .agreeToProvider: "agreeToProvider"
        case .keep, .remove, .recall: "proposals"
        }
    }
}

extension Effect {
    var isSave: Bool { if case .saving(.save) = self { true } else { false } }
}
