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
    var workspace = Workspace(environment: environment, editor: editor, width: width, height: height)
    answerOutline(start(&workspace), &workspace)
    _ = handle(
        .indexed(.success(IndexSummary(notes: 3, passages: 9, embedded: 0, problems: [])), isAsked: true), &workspace)
    return workspace
}

/// Answers an effect that asks for the outline, as the runner would.
func answerOutline(_ effects: [Effect], _ workspace: inout Workspace) {
    for case .outline(let ticket, let text) in effects {
        let outline = Outline(text)
        _ = handle(.outline(ticket, outline, words: outline.sections.reduce(0) { $0 + $1.words }), &workspace)
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
    return handle(.disk(.examined(look, finding)), &workspace)
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

/// Gives the research pane `hits`, as the runner's answer to its last question.
func giveHits(_ hits: [Hit], _ workspace: inout Workspace) {
    let effects = workspace.requestResearch(force: true)
    for case .research(let ticket, _) in effects { _ = handle(.hits(ticket, .success(hits)), &workspace) }
}

extension [Effect] {
    var names: [String] {
        map { effect in
            switch effect {
            case .wait(let timer, _): "wait \(timer)"
            case .research: "research"
            case .outline: "outline"
            case .save: "save"
            case .journal: "journal"
            case .removeJournal: "removeJournal"
            case .recovery: "recovery"
            case .open: "open"
            case .index: "index"
            case .indexFile: "indexFile"
            case .pauseIndexing(let isPaused): isPaused ? "pauseIndexing" : "resumeIndexing"
            case .agreeToProvider: "agreeToProvider"
            case .gatherSources: "gatherSources"
            case .send: "send"
            case .cancelSend: "cancelSend"
            case .export: "export"
            case .copy: "copy"
            case .readClipboard: "readClipboard"
            case .loadThemes: "loadThemes"
            case .rememberView: "rememberView"
            case .spelling: "spelling"
            case .recordWords(_, let change): "recordWords \(change)"
            case .loadHistory: "loadHistory"
            case .find: "find"
            case .articles: "articles"
            case .versions: "versions"
            case .disk: "disk"
            case .proposals: "proposals"
            case .suspend: "suspend"
            case .redraw: "redraw"
            case .quit: "quit"
            }
        }
    }
}

extension Effect {
    var isSave: Bool { if case .save = self { true } else { false } }
}
