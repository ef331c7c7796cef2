import Retrieval
import Screen
import TextCore

/// The request itself before it is sent: the destination, the model, whose notes leave, and every message as sent.
///
/// Nothing of it is cut off: what a stranger wrote could hide where it leads behind an ellipsis. What has no room is
/// scrolled to.
enum ConsentView {
    typealias Line = (text: String, role: ThemeRole)

    static func draw(_ scroll: Int, _ drafting: DraftingState, _ core: StudioCore, on grid: inout Grid) {
        let theme = core.theme
        guard drafting[core.editor.path].request != nil else { return }
        let inner = ModalView.box(
            core, title: "This would be sent", width: widest, height: core.height - 2, on: &grid)
        let body = Rect(x: inner.x, y: inner.y, width: inner.width, height: inner.height - 1)
        let (terms, messages) = lines(drafting, core)
        ModalView.drawLines(terms + messages, scroll: scroll, in: body, theme: theme, on: &grid)
        let keys = keyLines(drafting, core, scroll: scroll)
        let line = keys.first { DisplayWidth.of($0) <= inner.width } ?? keys[keys.count - 1]
        _ = grid.put(line, x: inner.x, y: inner.maxY - 1, style: theme[.prompt], maxWidth: inner.width)
    }

    /// The furthest the panel scrolls.
    static func lastScroll(_ drafting: DraftingState, _ core: StudioCore) -> Int {
        let (terms, messages) = lines(drafting, core)
        return max(0, terms.count + messages.count - size(core).height)
    }

    /// Whether the last row of what the writer agrees to is on the screen, or was passed.
    static func hasShownTerms(scroll: Int, _ drafting: DraftingState, _ core: StudioCore) -> Bool {
        let (width, height) = size(core)
        // Narrower, rows are cut.
        guard width >= 4, height >= 1 else { return false }
        let (terms, messages) = lines(drafting, core)
        return VisibleRows.from(scroll, of: terms.count + messages.count, height: height).upperBound >= terms.count
    }

    private static let widest = 96

    /// The room of the lines within the frame.
    private static func size(_ core: StudioCore) -> (width: Int, height: Int) {
        (min(widest, core.width) - 4, core.height - 5)
    }

    /// What is agreed to, then the messages.
    static func lines(_ drafting: DraftingState, _ core: StudioCore) -> (terms: [Line], messages: [Line]) {
        guard let request = drafting[core.editor.path].request,
            case .ready(let destination, _) = core.environment.provider
        else { return ([], []) }
        let width = size(core).width
        var terms: [Line] = []
        func add(_ label: String, _ value: String) {
            terms += hanging(label.padded(to: 7) + value, by: width >= 24 ? 7 : 2, width: width).map { ($0, .strong) }
        }
        if let known = drafting.terms {
            if let question = known.question { terms += Chrome.rows(of: question, width: width).map { ($0, .error) } }
            add("To", known.address)
            add("", "as \(known.addressOrigin) says")
            add("Key", known.key)
        } else {
            add("To", destination)
        }
        add("Model", request.model)
        add("Notes", noteSummary(request.sources))
        add("Size", "\(request.json(stream: true).count) bytes; the messages below are all there is in it")
        var messages: [Line] = [("", .overlay)]
        for message in request.messages {
            messages.append(("── \(message.role.rawValue)", .heading))
            messages += Chrome.rows(of: message.content, width: width).map { ($0, .overlay) }
        }
        return (terms, messages)
    }

    /// `text` in rows, those after the first moved in, so that none of them looks like a line of the panel's own.
    private static func hanging(_ text: String, by indent: Int, width: Int) -> [String] {
        guard DisplayWidth.of(text) > width else { return [text] }
        let rows = Chrome.rows(of: text, width: width - indent)
        return rows.enumerated().map {
            $0.offset == 0 ? $0.element : String(repeating: " ", count: indent) + $0.element
        }
    }

    /// What the keys do, the longest form first.
    private static func keyLines(_ drafting: DraftingState, _ core: StudioCore, scroll: Int) -> [String] {
        guard drafting.terms?.question != nil else {
            return ["Enter send · ↑↓ PgDn read on · Esc send nothing", "Enter send · PgDn on · Esc no", "Enter · Esc"]
        }
        return hasShownTerms(scroll: scroll, drafting, core)
            ? [
                "y agree and send · ↑↓ PgDn read on · Esc send nothing", "y agree and send · PgDn on · Esc no",
                "y · Esc",
            ]
            : ["↑↓ PgDn read on, before you can agree · Esc send nothing", "PgDn read on first · Esc no", "PgDn · Esc"]
    }

    private static func noteSummary(_ sources: [Passage]) -> String {
        guard !sources.isEmpty else { return "none leave this machine (pin passages, or mark a folder share)" }
        var paths: [String] = []
        for source in sources where !paths.contains(source.path) { paths.append(source.path) }
        let count = sources.count == 1 ? "1 passage" : "\(sources.count) passages"
        return "\(count) from \(paths.joined(separator: ", "))"
    }
}

/// The request before it is sent, which the writer agrees to or not.
struct ConsentPanel: Panel {
    var scroll = 0

    func press(_ key: Key) -> Event { .drafting(.consentKey(key)) }

    func draw(_ workspace: Workspace, in row: Rect, on grid: inout Grid) {
        ConsentView.draw(scroll, workspace.drafting, workspace.core, on: &grid)
    }
}
