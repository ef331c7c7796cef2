import Assistant
import Dispatch
import Retrieval
import Screen
import TextCore
import Workbench

/// What one key costs without a terminal: handled, and drawn in a window of 140 by 40.
///
/// Typing and Backspace in the middle of an article of 10 KB, 9 rounds of 4,000 keys; the fastest round counts, since
/// nothing but the machine makes one slower. To compare two commits, run both in turn.
@main
struct KeyBench {
    static func main() {
        let paragraph =
            "An article about *meaning* and vectors, with enough words to be wrapped over some rows of the screen.\n\n"
        var text = "# Title\n\n"
        while text.utf8.count < 10_000 { text += "## Head\n\n" + paragraph + paragraph }
        let environment = environment(.notConfigured(Failure(message: "None.")))
        let editor = Editor(path: "/project/a.md", displayName: "a.md", libraryPath: "a.md", text: Text(text))
        var workspace = Workspace(environment: environment, editor: editor, width: 140, height: 40)
        _ = start(&workspace)
        let rounds = (0..<9).map { _ in round(&workspace) }.sorted()
        print(
            "a key, handled and drawn: \(tenths(rounds[0])) us at best, \(tenths(rounds[4])) us in the middle of 9 rounds"
        )
        proposal(editor)
    }

    /// A key beside a proposal of a megabyte, scrolled while one reads.
    private static func proposal(_ editor: Editor) {
        let environment = environment(.ready(destination: "localhost", defaults: RequestDefaults(model: "m")))
        var workspace = Workspace(environment: environment, editor: editor, width: 140, height: 40)
        _ = start(&workspace)
        var waiting = press([.alt("d"), .enter], &workspace)
        let passage = Passage(
            id: "p", path: "notes/a.md", title: "A", heading: "", line: 1, endLine: 1, text: "A passage.", tags: [],
            date: nil, scope: .share)
        let sentence = "An answer that goes on for a megabyte, sentence by sentence and paragraph by paragraph.\n\n"
        while let effect = waiting.popLast() {
            guard case .drafting(let effect) = effect else { continue }
            switch effect {
            case .gather(let ticket, _):
                _ = handle(.drafting(.sources(ticket, .success([passage]))), &workspace)
                waiting += press([.enter], &workspace)
            case .send(let ticket, _):
                for _ in 0..<12_000 { _ = handle(.drafting(.text(ticket, sentence)), &workspace) }
                waiting += handle(.drafting(.ended(ticket, .success(nil))), &workspace)
            case .compare(let ticket, let proposal):
                _ = handle(.drafting(.compared(ticket, proposal.diff())), &workspace)
            default: break
            }
        }
        let begin = DispatchTime.now().uptimeNanoseconds
        for index in 0..<200 {
            _ = handle(.terminal(.key(index % 2 == 0 ? .down : .pageDown)), &workspace)
            _ = render(workspace)
        }
        let time = Double(DispatchTime.now().uptimeNanoseconds - begin) / 200_000
        print("a key beside a proposal of 1 MB: \(tenths(time)) us")
    }

    private static func environment(_ provider: ProviderState) -> StudioEnvironment {
        StudioEnvironment(
            root: "/project", projectName: "project", theme: .ink, provider: provider, modelName: nil)
    }

    private static func press(_ keys: [Key], _ workspace: inout Workspace) -> [Effect] {
        keys.flatMap { handle(.terminal(.key($0)), &workspace) }
    }

    /// Microseconds a key.
    private static func round(_ workspace: inout Workspace) -> Double {
        let begin = DispatchTime.now().uptimeNanoseconds
        for index in 0..<4_000 {
            let key: Key = index % 80 >= 40 ? .backspace : .character(index % 6 == 5 ? " " : "e")
            _ = handle(.terminal(.key(key)), &workspace)
            _ = render(workspace)
        }
        return Double(DispatchTime.now().uptimeNanoseconds - begin) / 4_000_000
    }

    private static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
