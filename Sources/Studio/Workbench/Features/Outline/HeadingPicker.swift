import Manuscript
import Screen
import TextCore

/// The list of the article's headings, narrowed by what is typed; the text shows the chosen one's place at once.
struct HeadingPicker: Panel {
    struct Item: Sendable {
        var title: String
        var level: Int
        /// The heading's place in the text.
        var offset: Int
        var name: FuzzyMatch.Name
        /// Unicode scalars of `name` before the title: those of the headings it is under.
        var titleStart: Int
    }

    var field = TextField("")
    var selected = 0
    /// What is shown: in the text's order while nothing is typed, else the best first.
    var matches: [Item] = []
    private var items: [Item]
    /// Where the caret and the page were, to come back to.
    let origin: (selection: Selection, scroll: ScrollPosition)

    init(_ sections: [Section], origin: (selection: Selection, scroll: ScrollPosition)) {
        items = Self.items(sections)
        self.origin = origin
        match()
        selected = max(0, items.lastIndex { $0.offset <= origin.selection.head } ?? 0)
    }

    var chosen: Item? { matches.indices.contains(selected) ? matches[selected] : nil }

    /// A newer outline; what is chosen stays chosen where it is still there.
    mutating func replace(_ sections: [Section]) {
        let old = chosen?.offset
        items = Self.items(sections)
        match()
        if let old { selected = matches.firstIndex { $0.offset == old } ?? 0 }
    }

    /// Ranks anew after what is typed has changed.
    mutating func match() {
        selected = 0
        guard field.text.contains(where: { !$0.isWhitespace }) else {
            matches = items
            return
        }
        var found: [(score: Int, index: Int)] = []
        for (index, item) in items.enumerated() {
            guard let match = FuzzyMatch(field.text, in: item.name) else { continue }
            found.append((match.score, index))
        }
        found.sort { $0.score != $1.score ? $0.score > $1.score : $0.index < $1.index }
        matches = found.map { items[$0.index] }
    }

    /// The scalars of an item's title that what is typed matches.
    func positions(in item: Item) -> Set<Int> {
        let found = FuzzyMatch(field.text, in: item.name)?.positions ?? []
        return Set(found.filter { $0 >= item.titleStart }.map { $0 - item.titleStart })
    }

    /// Headings are found by the ones they are under too: `method eval` finds “Evaluation” below “Methods”.
    private static func items(_ sections: [Section]) -> [Item] {
        var path: [(level: Int, title: String)] = []
        return sections.map { section in
            path.removeAll { $0.level >= section.level }
            let above = path.map { $0.title + "/" }.joined()
            path.append((section.level, section.title))
            return Item(
                title: section.title, level: section.level, offset: section.range.lowerBound,
                name: FuzzyMatch.Name(above + section.title), titleStart: above.unicodeScalars.count)
        }
    }
}
