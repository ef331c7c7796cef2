import Manuscript
import TextCore

/// How a proposal goes into an article: one edit, as small as the texts' difference allows, so that
/// what points into unchanged words keeps pointing there.
package struct ProposalPlan {
    private let article: Text
    private let string: String
    private let blocks: [Block]
    /// What is replaced, in UTF-8 bytes.
    private let target: Range<Int>

    /// - Parameters:
    ///   - article: as it is now; the edit fits this text only.
    ///   - range: the section's body (`Section.bodyRange`), in UTF-8 bytes of `article`.
    package init(article: Text, range: Range<Int>) {
        self.article = article
        string = article.string
        blocks = MarkdownBlocks.parse(string)
        let lower = max(0, min(range.lowerBound, article.utf8Count))
        let upper = max(lower, min(range.upperBound, article.utf8Count))
        target = MarkdownBlocks.withoutDefinitions(lower..<upper, of: blocks, in: string)
    }

    /// The part of a section's body that is its text.
    package static func replaceable(_ body: Range<Int>, in article: Text) -> Range<Int> {
        let string = article.string
        return MarkdownBlocks.withoutDefinitions(body, of: MarkdownBlocks.parse(string), in: string)
    }

    /// - Parameters:
    ///   - text: what stands in the section's place.
    ///   - added: definitions of footnotes in `text` that the article doesn't have yet, a line each.
    ///   - id: the proposal's, which the edit's origin names.
    package func edit(putting text: String, defining added: [String], id: Int) -> Edit {
        let definitions = keptDefinitions(besides: text) + added
        let old = article.slice(target)
        let lead = lead(old)
        var new = lead + text
        let caret = target.lowerBound + new.utf8.count
        let isLast = target.upperBound >= contentEnd
        var atEnd: [(range: Range<Int>, with: String)] = []
        if !definitions.isEmpty {
            let lines = definitions.joined(separator: "\n")
            // Behind a fence that never closes, a footnote would be code.
            if isLast || FenceScan.openFence(in: string) != nil {
                new += "\n\n" + lines
            } else {
                var gap = "\n\n"
                if case .footnoteDefinition = blocks.last?.kind { gap = "\n" }
                atEnd = [(contentEnd..<article.utf8Count, gap + lines + "\n")]
            }
        }
        new += isLast ? "\n" : "\n\n"
        let end = isLast ? article.utf8Count : target.upperBound
        let replaced = isLast ? article.slice(target.lowerBound..<end) : old
        let replacements = TextDiff.replacements(from: replaced, to: new, at: target.lowerBound)
        return Edit(
            changes: ChangeSet(length: article.utf8Count, replacing: replacements + atEnd),
            selection: Selection(caret), origin: .proposal(id: id))
    }

    /// Definitions that stand between the section's paragraphs and that `text` doesn't repeat: other
    /// sections may refer to them.
    private func keptDefinitions(besides text: String) -> [String] {
        var repeated: Set<String> = []
        for block in MarkdownBlocks.parse(text) {
            if case .footnoteDefinition(let label) = block.kind { repeated.insert(label.lowercased()) }
        }
        return blocks.compactMap { block in
            guard case .footnoteDefinition(let label) = block.kind,
                target.contains(block.range.lowerBound), !repeated.contains(label.lowercased())
            else { return nil }
            return article.slice(block.range)
        }
    }

    /// Behind the article's last byte that is not blank.
    private var contentEnd: Int { blocks.last?.range.upperBound ?? 0 }

    /// The line ends between what precedes the target and its text.
    private func lead(_ old: String) -> String {
        guard target.lowerBound > 0 else { return "" }
        guard article.byte(at: target.lowerBound - 1) == UInt8(ascii: "\n") else { return "\n\n" }
        let blanks = old.prefix { $0.isWhitespace }
        if blanks.count == old.count { return "\n" }
        return String(repeating: "\n", count: blanks.utf8.count { $0 == UInt8(ascii: "\n") })
    }
}
