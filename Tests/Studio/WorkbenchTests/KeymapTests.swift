import Diagnostics
import Screen
import Testing
import TextCore

@testable import Workbench

@Suite struct KeymapTests {
    private let place = KeymapError.Location(path: "config.toml", line: 7)

    private func bound(_ bindings: [(String, [String])], on base: Keymap.Base = .standard) throws -> Keymap {
        try Keymap(
            base,
            rebinding: bindings.enumerated().map {
                KeyBinding(
                    command: $1.0, chords: $1.1, location: KeymapError.Location(path: "config.toml", line: $0 + 1))
            })
    }

    private func failure(_ bindings: [(String, [String])], on base: Keymap.Base = .standard) -> KeymapError? {
        do { _ = try bound(bindings, on: base) } catch { return error as? KeymapError }
        return nil
    }

    @Test(arguments: Keymap.Base.allCases)
    func noBaseKeymapHasConflicts(base: Keymap.Base) {
        #expect(Keymap(base).conflicts() == [])
    }

    @Test func chordsAreReadAsWrittenInEitherStyle() {
        #expect(KeyChord(name: "ctrl-x ctrl-s")?.name == "Ctrl-X Ctrl-S")
        #expect(KeyChord(name: "C-x C-s") == KeyChord(name: "Ctrl-X Ctrl-S"))
        #expect(KeyChord(name: "M-<")?.keys == [.alt("<")])
        #expect(KeyChord(name: "M-DEL")?.keys == [.altBackspace])
        #expect(KeyChord(name: "C-SPC")?.keys == [.control(" ")])
        #expect(KeyChord(name: "C-/")?.keys == [.control("_")])
        #expect(KeyChord(name: "g g")?.keys == [.character("g"), .character("g")])
        #expect(KeyChord(name: "space w")?.name == "Space w")
        #expect(KeyChord(name: "ctrl-sideways") == nil)
        #expect(KeyChord(name: "") == nil)
    }

    @Test(arguments: Keymap.Base.allCases)
    func everyChordsNameIsReadBack(base: Keymap.Base) {
        let keymap = Keymap(base)
        for command in CommandTable.all {
            for chord in keymap.chords(for: command.name) { #expect(KeyChord(name: chord.name) == chord) }
        }
    }

    @Test func theLayersNameKeysThatAreThere() {
        for (name, chords) in Keymap.emacsLayer {
            for chord in chords { #expect(KeyChord(name: chord) != nil, "\(name): \(chord)") }
        }
    }

    @Test func aCommandGetsOtherKeysOrNone() throws {
        let keymap = try bound([("save", ["ctrl-k ctrl-s", "f12"]), ("delete-to-line-end", []), ("export", [])])
        #expect(keymap.chords(for: "save").map(\.name) == ["Ctrl-K Ctrl-S", "F12"])
        var workspace = makeWorkspace("text")
        workspace.configure { $0.keymap = keymap }
        #expect(type("<F12>", into: &workspace).names == ["save"])
        #expect(type("<Ctrl-S>", into: &workspace).names == [])
        #expect(type("<Alt-e>", into: &workspace).names == [])
        #expect(type("<Ctrl-K>", into: &workspace).names == [])
        #expect(screenText(workspace).contains("Ctrl-K …"))
        let stamp = FileStamp(size: 4, modifiedNanoseconds: 1, inode: 1)
        _ = handle(.saving(.saved(path: workspace.editor.path, version: 0, .success(stamp))), &workspace)
        #expect(type("<Ctrl-S>", into: &workspace).names == ["save"])
        #expect(!screenText(workspace).contains("Ctrl-K …"))
    }

    @Test func aChordThatLeadsNowhereSaysSoAndTypesNothing() {
        var workspace = workspace(before: "a|")
        workspace.configure { $0.keymap = Keymap(.emacs) }
        type("<Ctrl-X>ö", into: &workspace)
        #expect(marked(workspace) == "a|")
        #expect(workspace.notice?.text == "Ctrl-X ö means nothing.")
        type("<Ctrl-X><Esc>b", into: &workspace)
        #expect(marked(workspace) == "ab|")
    }

    @Test func wrongBindingsAreToldWithTheirPlaceInOneSentence() {
        #expect(failure([("sav", ["f12"])]) == .unknownCommand(.init(path: "config.toml", line: 1), name: "sav"))
        #expect(
            failure([("save", ["ctrl-sideways"])])
                == .unreadableKey(.init(path: "config.toml", line: 1), command: "save", key: "ctrl-sideways"))
        #expect(
            failure([("save", ["ctrl-f"])])
                == .twoCommands(.init(path: "config.toml", line: 1), chord: "Ctrl-F", command: "save", other: "find"))
        #expect(
            failure([("save", ["f12"]), ("quit", ["f12"])])
                == .twoCommands(.init(path: "config.toml", line: 2), chord: "F12", command: "quit", other: "save"))
        #expect(
            failure([("save", ["ctrl-x ctrl-s"])])
                == .hiddenChord(
                    .init(path: "config.toml", line: 1), short: "Ctrl-X", command: "cut", long: "Ctrl-X Ctrl-S",
                    other: "save"))
        #expect(failure([("save", ["ctrl-f"]), ("find", ["f12"])]) == nil)
        #expect(failure([("save", ["ctrl-s", "ctrl-x ctrl-s"]), ("find", ["f12"])], on: .emacs) == nil)
        let message = failure([("save", ["ctrl-f"])])?.message
        #expect(message == "config.toml:1: Ctrl-F would be both save and find.")
        #expect(throws: KeymapError.unknownKeymap(place, name: "vi")) {
            try Keymap(named: "vi", at: place, rebinding: [])
        }
    }

    /// A pane's own keys may be general ones too: they come first there.
    @Test func aPanesKeyMayHideAGeneralOne() {
        #expect(failure([("research.cite", ["ctrl-s"])]) == nil)
    }

    @Test func theHintsAndThePaletteShowTheKeysInUse() {
        var workspace = makeWorkspace("text")
        workspace.configure { $0.keymap = Keymap(.emacs) }
        #expect(screenText(workspace).contains("Alt-x commands"))
        type("<Alt-x>", into: &workspace)
        type("save", into: &workspace)
        #expect(screenText(workspace).contains("Ctrl-X Ctrl-S"))
    }

    private func screenText(_ workspace: Workspace) -> String {
        let grid = render(workspace)
        return (0..<grid.height).map { grid.row($0).map(\.text).joined() }.joined(separator: "\n")
    }
}

/// Before, keys, after in the Emacs keymap: `|` is the caret, `#[…]#` the selection.
@Suite struct EmacsTests {
    @Test(arguments: [
        ("one |two", "<Ctrl-F><Ctrl-F>x<Ctrl-B>y", "one twy|xo"),
        ("one\ntw|o\nthree", "<Ctrl-P>x<Ctrl-N><Ctrl-N>y", "onxe\ntwo\nthry|ee"),
        ("one two|", "<Ctrl-A>x<Ctrl-E>y", "xone twoy|"),
        ("|one two three", "<Alt-f><Alt-f>x<Alt-b>y", "one y|twox three"),
        ("ab|cd", "<Ctrl-D><Ctrl-D>", "ab|"),
        ("one| two three", "<Alt-d>", "one| three"),
        ("one two| three", "<Alt-Backspace>", "one | three"),
        ("one |two\nthree", "<Ctrl-K>", "one |\nthree"),
        ("one |two\nthree", "<Ctrl-K><Ctrl-K>", "one |three"),
        ("one |two\nthree\n", "<Ctrl-K><Ctrl-K><Ctrl-N><Ctrl-Y>", "one three\ntwo\n|"),
        ("one |two three", "<Alt-d><Alt-d><Ctrl-Y>!", "one two three!|"),
        ("one two| three", "<Alt-Backspace><Alt-Backspace><Ctrl-E> <Ctrl-Y>", " three one two|"),
        ("|one two", "<Ctrl-K><Ctrl-Y><Enter>b<Ctrl-A><Ctrl-K><Ctrl-Y><Ctrl-Y><Alt-y>", "one two\nbone two|"),
        ("ab|", "<Ctrl-X>u", "ab|"),
        ("|one two", "<Ctrl-Space><Alt-f><Ctrl-W><Ctrl-F><Ctrl-Y>", " one|two"),
        ("|one two", "<Ctrl-Space><Alt-f><Alt-w><Ctrl-E><Ctrl-Y>", "one twoone|"),
        ("one| two", "<Ctrl-Space><Ctrl-E><Ctrl-X><Ctrl-X>", "one#[ two]#"),
        ("a|b", "<Ctrl-T>", "ba|"),
        ("ab|", "<Ctrl-T>", "ba|"),
        ("a|", "<Ctrl-T>", "a|"),
        ("one |two", "<Alt-t>", "two one|"),
        ("on|e two", "<Alt-t>", "two one|"),
        ("|one two", "<Alt-u><Alt-c>", "ONE Two|"),
        ("|ONE two", "<Alt-l>", "one| two"),
        ("a|b", "<Ctrl-O>", "a|\nb"),
        ("a|b", "<Ctrl-X>h", "#[ab]#"),
        ("|", "<Ctrl-U>x", "xxxx|"),
        ("|", "<Ctrl-U>12x", "xxxxxxxxxxxx|"),
        ("|", "<Ctrl-U><Ctrl-U>x", "xxxxxxxxxxxxxxxx|"),
        ("|one two three four", "<Ctrl-U>3<Alt-f>x", "one two threex| four"),
        ("|a\nb\nc", "<Alt-g>g3<Enter>x", "a\nb\nx|c"),
        ("|one two one", "<Ctrl-S>one<Ctrl-S><Enter>", "one two #[one]#"),
        ("one two one|", "<Ctrl-R>one<Ctrl-R><Enter>", "#[one]# two one"),
        ("|one two one", "<Ctrl-S>two<Ctrl-G>", "|one two one"),
        ("one two|", "<Ctrl-Space><Ctrl-A><Ctrl-G>", "|one two"),
        ("a|", "bc<Ctrl-X>u", "a|"),
        ("a|", "bc<Ctrl-_>", "a|"),
    ])
    func table(before: String, keys: String, after: String) {
        var workspace = workspace(before: before)
        workspace.configure { $0.keymap = Keymap(.emacs) }
        type(keys, into: &workspace)
        #expect(marked(workspace) == after, "\(keys)")
    }

    @Test func filesAndTheWayOut() {
        var workspace = makeWorkspace("text")
        workspace.configure { $0.keymap = Keymap(.emacs) }
        #expect(type("<Ctrl-X><Ctrl-S>", into: &workspace).names == ["save"])
        #expect(type("<Ctrl-X><Ctrl-C>", into: &workspace).names == ["articles", "cancelSend", "quit"])
        #expect(type("<Ctrl-C>e", into: &workspace).names == ["export"])
    }

    @Test func centeringPutsTheCaretsLineInTheMiddle() {
        var workspace = workspace(before: (0..<200).map { "line \($0)\n" }.joined() + "|")
        workspace.configure { $0.keymap = Keymap(.emacs) }
        workspace.core.goTo(line: 100)
        #expect(type("<Ctrl-L>", into: &workspace).names == ["redraw"])
        #expect(workspace.editor.scroll.line == 99 - workspace.textAreaHeight / 2)
    }
}
