import Screen

extension CommandTable {
    static let lookup: [Command] = [
        Command(
            "lookup", "Look something up", "Ask your notes a question in your own words.", in: .everywhere, [.alt("r")],
            .research(.askLookup))
    ]

    static let library: [Command] = [
        Command(
            "index", "Index the notes", "Read notes that are new or changed into the library.", in: .everywhere,
            [.alt("i")], .research(.index)),
        Command(
            "pause-indexing", "Pause indexing, or go on",
            "Leave the library as it is until you go on; what is done stays.", in: .everywhere, [.alt("x")],
            .research(.pauseOrResume)),
    ]

    static let research: [Command] = [
        Command(
            "research.up", "Previous passage", "Select the passage above.", in: .research, [.up, .character("k")],
            .research(.move(by: -1))),
        Command(
            "research.down", "Next passage", "Select the passage below.", in: .research, [.down, .character("j")],
            .research(.move(by: 1))),
        Command(
            "research.preview", "Preview the passage", "Show it whole, with the parts of its score.", in: .research,
            [.enter, .character(" ")], .research(.togglePreview)),
        Command(
            "research.cite", "Cite the passage", "Insert it as a quotation with a footnote that names its note.",
            in: .research, [.character("c")], .research(.cite)),
        Command(
            "research.open", "Open the note", "Open the note at the passage's line.", in: .research, [.character("o")],
            .research(.openNote)),
        Command(
            "research.pin", "Pin the passage", "Choose it as a source of the next draft, or let it go.", in: .research,
            [.character("p")], .research(.togglePin)),
        Command(
            "research.lookup", "Look something up", "Ask your notes a question.", in: .research, [.character("/")],
            .research(.askLookup)),
        Command(
            "research.filter", "Filter the passages",
            "Show only some: tag:x path:notes/ lang:zh after:2020 year>=2020. Empty shows all.", in: .research,
            [.character("F")], .research(.askFilter)),
        Command(
            "research.follow", "Follow the cursor", "Leave the lookup; research follows the paragraph again.",
            in: .research, [.character("f")], .research(.follow)),
    ]
}
