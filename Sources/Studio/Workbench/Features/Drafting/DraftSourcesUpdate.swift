import Manuscript
import Notes
import Retrieval
import TextCore

/// Gathers what a draft may draw on. Nothing of it is the research pane's: that goes on by itself.
extension Workspace {
    /// The sources for a draft of the section at `index`: those pinned, else the closest passages, which are looked for first.
    mutating func gatherSources(section index: Int, outline: Outline, instruction: String) -> [Effect] {
        assistant.sources = DraftSources()
        guard research.pinned.isEmpty, !leavesLibraryAlone else {
            assistant.sources.passages = research.pinned
            prepareConsent(section: index, outline: outline)
            return []
        }
        let section = outline.sections[index]
        let ticket = ticket()
        assistant.sources.gathering = ticket
        let body = String(editor.text.slice(section.bodyRange).prefix(1_500))
        var query = Query(text: [section.title, instruction, body].joined(separator: "\n"))
        query.limit = 8
        query.excludingPath = editor.libraryPath
        say("Looking for the passages closest to “\(section.title)”…")
        return [.gatherSources(ticket, query)]
    }

    /// The passages for a draft arrived, or none could be had. Only notes that the writer marked `share` go along unasked.
    mutating func receive(sources result: Result<[Passage], Failure>, _ ticket: Ticket) -> [Effect] {
        guard let index = editors.firstIndex(where: { $0.assistant.sources.gathering == ticket }) else { return [] }
        let found = (try? result.get()) ?? []
        editors[index].assistant.sources.gathering = nil
        editors[index].assistant.sources.passages = found.filter { $0.scope == .share }
        guard editors[index].path == editor.path else {
            say("Nothing was sent: the draft was for \(editors[index].displayName).")
            return []
        }
        notice = nil
        let current = Outline(editor.text)
        guard let section = current.index(at: editor.caret) else { return [] }
        prepareConsent(section: section, outline: current)
        return []
    }
}
