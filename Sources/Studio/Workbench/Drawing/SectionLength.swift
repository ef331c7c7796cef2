import Manuscript

/// A section's length in a list of headings.
enum SectionLength {
    /// A section's length in the outline: with its target, how much of it there is.
    ///
    /// - Parameter isNarrow: the title needs the room more than a bar does.
    static func words(_ index: Int, isNarrow: Bool, _ core: StudioCore) -> String {
        let words = core.headings.sections[index].words
        guard let sections = core.counts?.sections, sections.indices.contains(index),
            let target = sections[index].target
        else { return words == 0 ? "–" : words.grouped }
        let whole = sections[index].whole.total
        if isNarrow {
            return whole >= target
                ? "\(whole.grouped) ✓" : "\(ProgressBar(value: whole, of: target, cells: 1).percent)%"
        }
        return "\(whole.grouped)/\(target.grouped) "
            + (whole >= target ? "✓" : ProgressBar(value: whole, of: target, cells: 4).text)
    }
}
