import Screen

extension Keymap {
    /// What vim's keys leave to Longhand's commands. In the editor vim's own come first; these are for the rest, and
    /// for the panes beside it.
    static let vimLayer: [(command: String, chords: [String])] = [
        ("find", []),
        ("find-next", []),
        ("find-previous", []),
        ("find-backward", []),
        ("close-article", []),
        ("next-pane", ["Ctrl-W w", "Ctrl-W Ctrl-W", "F6"]),
        ("focus-outline", ["F2", "Alt-2", "Ctrl-W h"]),
        ("focus-research", ["F3", "Alt-3", "Ctrl-W l"]),
        ("go-to-line", []),
    ]

    /// What vim's own keys do as well.
    private static let doneByVim: Set<String> = [
        "page-up", "word-left", "word-right", "paragraph-up", "paragraph-down", "sentence-left", "sentence-right",
        "section-up", "section-down",
        "text-start", "text-end", "delete-word-backward", "delete-word-forward", "undo", "join-lines", "duplicate",
        "find-next", "find-previous",
    ]

    /// Keys of the editor's commands that vim needs for itself: characters, and letters with Ctrl; with Alt for what vim
    /// does with others, since an Esc and a key that come together are what such a key sends.
    static func isVims(_ chord: KeyChord, of command: String) -> Bool {
        switch chord.keys[0] {
        case .character, .control: true
        case .alt: doneByVim.contains(command)
        default: false
        }
    }

    /// What vim's keys do here, for the help and `longhand keys`: the rows aren't commands of the table, since they have
    /// operands.
    public static let vimKeys: [(keys: String, title: String)] = [
        ("i a I A o O gi", "Insert; Esc, Ctrl-[ or Ctrl-C ends it"),
        ("R r ~ J gJ", "Replace, one character, its case; join lines"),
        ("v V gv", "Select characters, lines, the last selection"),
        ("h j k l w b e ge W B E gE", "Move by character, line and word"),
        ("0 ^ $ g_ | gj gk g0 g$", "Move in the line, and by screen lines"),
        ("f t F T ; ,", "To a character of the line, again, back"),
        ("( ) { } [[ ]]", "By sentence, paragraph, section"),
        ("gg G H M L %", "To a line, a line of the screen, the other bracket"),
        ("/ ? n N * #", "Search"),
        ("m ' `", "Set a mark, go to it; `` comes back from a jump"),
        ("d c y > < gu gU g~", "Operators, doubled for lines; x X s S D C Y"),
        (
            "iw as ip ih i\" i( it",
            "What an operator takes: word, sentence, paragraph, section (h), quotes, brackets, tag"
        ),
        ("p P \"a \"+", "Put; registers a to z, 0 to 9, _, + the clipboard"),
        ("u Ctrl-R .", "Undo, redo, repeat the last change"),
        ("q @ @@", "Record and play a macro"),
        ("Ctrl-F Ctrl-B Ctrl-D Ctrl-U Ctrl-E Ctrl-Y", "Scroll"),
        ("zz zt zb", "The caret's line in the middle, at the top, at the bottom"),
        (":w :q :wq :x :q! :N :s :%s :d :noh", "Commands; ZZ and ZQ"),
        (":e :e! :w NAME :wa :qa :wqa", "Open, read anew, write a copy; all articles"),
        (":ls :b :bn :bp :bd Ctrl-^", "The open articles: list, go to, close, the last one"),
    ]
}
