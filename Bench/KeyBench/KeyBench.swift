import Dispatch
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
        let environment = StudioEnvironment(
            root: "/project", projectName: "project", theme: .ink, provider: .notConfigured(Failure(message: "None.")),
            modelName: nil)
        let editor = Editor(path: "/project/a.md", displayName: "a.md", libraryPath: "a.md", text: Text(text))
        var workspace = Workspace(environment: environment, editor: editor, width: 140, height: 40)
        _ = start(&workspace)
        let rounds = (0..<9).map { _ in round(&workspace) }.sorted()
        print(
            "a key, handled and drawn: \(tenths(rounds[0])) us at best, \(tenths(rounds[4])) us in the middle of 9 rounds"
        )
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
