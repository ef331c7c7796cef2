import Manuscript
import TextCore

/// The headings of the active article with their sections, found off the main thread and moved along with each edit.
struct Headings: Sendable {
    var sections: [Section] = []
    var words = 0
    /// The one that is chosen in the outline.
    var selected = 0

    init() {}

    init(_ outline: Outline, words: Int, selected: Int = 0) {
        sections = outline.sections.filter { $0.level > 0 }
        self.words = words
        self.selected = min(selected, max(0, sections.count - 1))
    }

    /// Moves the sections' ranges along with an edit, until the next outline arrives.
    mutating func map(through changes: ChangeSet) {
        // A book has thousands of sections, of which a key changes the ends of a few; the others only move.
        let touched = changes.touched
        let growth = changes.lengthAfter - changes.lengthBefore
        var (starts, ends) = (PositionMapper(changes), PositionMapper(changes))
        func position(_ offset: Int, _ bias: Bias, _ mapper: inout PositionMapper) -> Int {
            if offset < touched.lowerBound { return offset }
            if offset > touched.upperBound { return offset + growth }
            return mapper.map(offset, bias: bias)
        }
        for index in sections.indices {
            let range = sections[index].range
            guard range.upperBound >= touched.lowerBound else { continue }
            if range.lowerBound > touched.upperBound {
                sections[index].range = range.lowerBound + growth..<range.upperBound + growth
            } else {
                let start = position(range.lowerBound, .before, &starts)
                sections[index].range = start..<max(start, position(range.upperBound, .after, &ends))
            }
        }
    }

    /// Where the heading that is chosen in the outline begins, in UTF-8 bytes; nil where there is none.
    func chosenStart(in text: Text) -> Int? {
        sections.indices.contains(selected) ? min(sections[selected].range.lowerBound, text.utf8Count) : nil
    }

    /// The index of the innermost section around `offset`.
    func index(at offset: Int) -> Int? {
        var (low, high) = (0, sections.count)
        while low < high {
            let middle = (low + high) / 2
            if sections[middle].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }
}
