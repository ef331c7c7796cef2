import Retrieval
import Screen
import Testing

@testable import Workbench

@Suite struct ResearchFilterTests {
    private func asked(_ effects: [Effect]) -> Query? {
        for case .research(.search(_, let query)) in effects { return query }
        return nil
    }

    private func pane() -> Workspace {
        var workspace = makeWorkspace("A paragraph about vectors and what they mean.", width: 200, height: 50)
        giveHits([makeHit(1)], &workspace)
        workspace.focus = .research
        return workspace
    }

    @Test func aFilterIsAskedForShownAndKept() throws {
        var workspace = pane()
        let query = asked(type("Ftag:x year>=2020<Enter>", into: &workspace))
        #expect(try query?.filter == Filter.parse(line: "tag:x year>=2020"))
        #expect(render(workspace).snapshot().contains("Research [tag:x year>=2020]"))
        // It holds for what is looked up, and for the next paragraph.
        #expect(try asked(type("/owl<Enter>", into: &workspace))?.filter == Filter.parse(line: "tag:x year>=2020"))
        #expect(asked(type("f", into: &workspace))?.filter.tags == ["x"])
        giveHits([], &workspace)
        #expect(render(workspace).snapshot().contains("lets through"))
    }

    @Test func theLineIsThereToBeChangedAndEmptyClears() {
        var workspace = pane()
        type("Ftag:x<Enter>F", into: &workspace)
        guard case .prompt(let prompt) = workspace.modal else {
            Issue.record("no prompt")
            return
        }
        #expect(prompt.field.text == "tag:x")
        let query = asked(type("<Backspace><Backspace><Backspace><Backspace><Backspace><Enter>", into: &workspace))
        #expect(query?.filter.isEmpty == true)
        #expect(workspace.research.filter == nil)
        #expect(!render(workspace).snapshot().contains("["))
    }

    @Test func escChangesNothing() {
        var workspace = pane()
        type("Ftag:x<Enter>", into: &workspace)
        #expect(type("Fyy<Esc>", into: &workspace).isEmpty)
        #expect(workspace.research.filter?.line == "tag:x")
        #expect(workspace.modal == nil)
    }

    @Test func whatCannotBeReadIsKeptWithTheCaretAtThePlace() {
        var workspace = pane()
        #expect(type("Ftag:x after:soon y=1<Enter>", into: &workspace).isEmpty)
        guard case .prompt(let prompt) = workspace.modal else {
            Issue.record("no prompt")
            return
        }
        #expect(prompt.field.text == "tag:x after:soon y=1")
        #expect(prompt.field.beforeCaret == "tag:x after:")
        #expect(workspace.research.filter == nil)
        #expect(render(workspace).snapshot().contains("expected a date"))
    }
}
