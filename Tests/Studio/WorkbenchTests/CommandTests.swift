import Screen
import Testing

@testable import Workbench

@Suite struct CommandTests {
    @Test func noKeyMeansTwoCommandsInOnePlace() {
        for context in Command.Context.allCases {
            var owners: [Key: String] = [:]
            for command in CommandTable.all where command.context == context {
                for key in command.keys {
                    #expect(owners[key] == nil, "\(key.name) is \(command.name) and \(owners[key] ?? "")")
                    owners[key] = command.name
                }
            }
        }
    }

    /// The editor's own keys hide the general ones, so none may be both.
    @Test func theEditorHidesNoGeneralKey() {
        let general = Set(CommandTable.all.filter { $0.context == .everywhere }.flatMap(\.keys))
        for command in CommandTable.all where command.context == .editor {
            for key in command.keys { #expect(!general.contains(key), "\(key.name): \(command.name)") }
        }
    }

    @Test func namesAreUniqueAndEveryCommandIsExplained() {
        let names = CommandTable.all.map(\.name)
        #expect(Set(names).count == names.count)
        for command in CommandTable.all {
            #expect(!command.title.isEmpty && command.help.hasSuffix("."), "\(command.name)")

        }
    }

    @Test func everyCommandRunsOnAnEmptyArticle() {
        for command in CommandTable.all {
            var workspace = makeWorkspace("")
            _ = handle(command.event, &workspace)
            workspace.prepareForDisplay()
            _ = render(workspace)
        }
    }

    @Test func paletteFindsCommandsByAnyWordOfTheirTitle() {
        var palette = Palette()
        palette.field.insert("draft sec")
        #expect(palette.matches.first?.name == "draft")
    }

    @Test func paletteRunsWhatIsChosen() {
        var workspace = makeWorkspace("text")
        let effects = type("<Ctrl-P>export<Enter>", into: &workspace)
        #expect(effects.names == ["export"])
        #expect(workspace.modal == nil)
    }

    @Test func theFocusMovesBothWays() {
        var workspace = makeWorkspace("# One")
        let start = workspace.focus
        var forwards: [Pane] = []
        var backwards: [Pane] = []
        for _ in Pane.allCases {
            type("<F6>", into: &workspace)
            forwards.append(workspace.focus)
        }
        #expect(workspace.focus == start && Set(forwards) == Set(Pane.allCases))
        for _ in Pane.allCases {
            type("<Shift-F6>", into: &workspace)
            backwards.append(workspace.focus)
        }
        #expect(workspace.focus == start)
        #expect(backwards.dropLast() == forwards.dropLast().reversed()[...])
    }

    @Test func escapeNeverQuits() {
        var workspace = makeWorkspace("text")
        for _ in 0..<5 { #expect(!type("<Esc>", into: &workspace).names.contains("quit")) }
    }
}
