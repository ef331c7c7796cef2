import Manuscript

extension ExportPlan {
    /// A change of the text. What lies between two changes is passed on as it is.
    struct Change {
        var range: Range<Int>
        var with: String
    }

    /// The finished text. `title`, from the front matter, becomes its first heading unless a heading of level 1 says the same.
    func render(title: String?, language: String?) -> String {
        var changes = footnotes.references.compactMap(change)
        for (index, definition) in footnotes.definitions.enumerated() where !dropped.contains(index) {
            changes += definition.references.compactMap(change)
        }
        changes += removals()
        if let front = frontMatter(title) { changes.append(front) }
        if let list = references(language) { changes.append(list) }
        var out = written(
            changes.sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) })
        end(&out)
        return String(decoding: out, as: UTF8.self)
    }

    /// The language of the article's own text; nil where that can't be told.
    var detectedLanguage: String? {
        guard !entries.isEmpty else { return nil }
        var text = ""
        tree.inOrder { index in
            if case .footnoteDefinition = tree.nodes[index].kind { return false }
            for run in tree.runs(of: index) where text.utf8.count < 50_000 {
                text += String(decoding: run.bytes, as: UTF8.self) + "\n"
            }
            return tree.nodes[index].isContainer
        }
        // "a" is a word of many languages, and often none at all.
        let words = text.split { !$0.isLetter }.filter { $0.utf8.count > 1 }
        return Language.detect(words.joined(separator: " "))?.code
    }

    /// How the article ends its lines: with CR LF where all are ended so. A single line says too little.
    private var lineEnd: String {
        var ends = 0
        for i in bytes.indices where bytes[i] == .newline {
            guard i > 0, bytes[i - 1] == 0x0D else { return "\n" }
            ends += 1
        }
        return ends > 1 ? "\r\n" : "\n"
    }

    private var bytes: [UInt8] { tree.bytes }

    private func written(_ changes: [Change]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + 1_024)
        var from = 0
        for change in changes where change.range.lowerBound >= from {
            out += bytes[from..<change.range.lowerBound]
            out += Array(change.with.utf8)
            from = change.range.upperBound
        }
        return out + bytes[from...]
    }

    /// One line end at the end; blank lines there say nothing, except in what is still open.
    private func end(_ out: inout [UInt8]) {
        let isOpen = entries.isEmpty && tree.nodes.contains { $0.closer != nil }
        while !isOpen {
            let before = out.count
            let last = out.lastIndex(of: .newline) ?? -1
            guard last >= 0, out[(last + 1)...].allSatisfy(Self.isBlank) else { break }
            let previous = out[..<last].lastIndex(of: .newline) ?? -1
            if out[(previous + 1)..<last].allSatisfy(Self.isBlank) {
                out.removeSubrange((previous + 1)...)
            } else {
                out.removeSubrange((last + 1)...)
            }
            if out.count == before { break }
        }
        if out.last == .newline { out.removeLast() }
        while out.last == 0x0D { out.removeLast() }
        out += Array(lineEnd.utf8)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte.isSpaceOrTab || byte == 0x0D }

    // MARK: References to footnotes

    private func change(_ reference: Footnotes.Reference) -> Change? {
        let end = reference.range.upperBound
        let next = end < bytes.count ? bytes[end] : nil
        let isFollowed = LineScan.footnoteLabel(bytes, end, bytes.count) != nil
        return replacement(reference, next: next, isFollowedByFootnote: isFollowed).map {
            Change(range: reference.range, with: $0)
        }
    }

    // MARK: Definitions

    private var removed: Set<Int> { Set(dropped.map { footnotes.definitions[$0].node }) }

    /// What takes the citing definitions out, without joining what stood around them.
    private func removals() -> [Change] {
        let nodes = removed
        var done: Set<Int> = []
        var changes: [Change] = []
        for index in dropped.sorted() {
            let first = footnotes.definitions[index].node
            guard !done.contains(first) else { continue }
            // One inside of another goes with it.
            if isInside(first, nodes) { continue }
            let siblings = tree.nodes[tree.nodes[first].parent].children
            guard let start = siblings.firstIndex(of: first) else { continue }
            var end = start
            while end < siblings.count, nodes.contains(siblings[end]) {
                done.insert(siblings[end])
                end += 1
            }
            changes.append(
                removal(
                    from: first, to: siblings[end - 1], before: start > 0 ? siblings[start - 1] : nil,
                    after: end < siblings.count ? siblings[end] : nil))
        }
        return changes
    }

    private func isInside(_ node: Int, _ removed: Set<Int>) -> Bool {
        var parent = tree.nodes[node].parent
        while parent > 0 {
            if removed.contains(parent) { return true }
            parent = tree.nodes[parent].parent
        }
        return false
    }

    private func removal(from first: Int, to last: Int, before: Int?, after: Int?) -> Change {
        let start = tree.nodes[first].range.lowerBound
        let line = lineStart(start)
        let end = LineScan.line(bytes, at: lineStart(tree.nodes[last].range.upperBound))
        let prefix = bytes[line..<start]
        if let mark = separator(before, after) { return Change(range: start..<end.end, with: mark) }
        let isTop = tree.nodes[first].parent == 0
        guard isTop || before != nil && prefix.allSatisfy(\.isSpaceOrTab) else {
            // Marks of the blocks around it stay.
            let blanks = prefix.reversed().prefix { $0.isSpaceOrTab }.count
            return Change(range: start - blanks..<end.end, with: "")
        }
        let isBlankBefore = line == textStart || lineIsBlank(endingAt: line)
        let isBlankBehind = end.next >= bytes.count || LineScan.line(bytes, at: end.next).isBlank
        // Without a blank line the neighbours could be read as one.
        if after != nil, !isBlankBefore, !isBlankBehind { return Change(range: line..<end.end, with: "") }
        guard isTop else { return Change(range: lineEnd(before: line)..<end.end, with: "") }
        return Change(range: line..<(isBlankBefore ? blankLines(from: end.next) : end.next), with: "")
    }

    /// What must stand between two blocks that weren't neighbours before: two lists would become one, and an indented paragraph
    /// part of an item.
    private func separator(_ before: Int?, _ after: Int?) -> String? {
        guard let before, let after, case .list(let kind) = tree.nodes[before].kind else { return nil }
        let start = tree.nodes[after].range.lowerBound
        let isIndented = start > 0 && bytes[start - 1].isSpaceOrTab && tree.nodes[after].parent == 0
        return tree.nodes[after].kind == .list(kind) || isIndented ? "<!-- -->" : nil
    }

    private func lineStart(_ offset: Int) -> Int {
        var start = min(offset, bytes.count)
        while start > textStart, bytes[start - 1] != .newline { start -= 1 }
        return start
    }

    /// Where the line above the one that starts at `start` ends.
    private func lineEnd(before start: Int) -> Int {
        guard start > textStart else { return start }
        return start > 1 && bytes[start - 2] == 0x0D ? start - 2 : start - 1
    }

    private func lineIsBlank(endingAt start: Int) -> Bool {
        LineScan.line(bytes, at: lineStart(start - 1)).isBlank
    }

    private func blankLines(from start: Int) -> Int {
        var line = LineScan.line(bytes, at: min(start, bytes.count))
        while line.start < bytes.count, line.isBlank { line = LineScan.line(bytes, at: line.next) }
        return line.start
    }

    // MARK: Front matter

    private func frontMatter(_ title: String?) -> Change? {
        let removed = removed
        guard let first = tree.top.first, tree.nodes[first].kind == .frontMatter else { return nil }
        let range = tree.nodes[first].range
        let body = blankLines(from: LineScan.line(bytes, at: lineStart(range.upperBound)).next)
        let second = tree.top.dropFirst().first { !removed.contains($0) }
        if let title, !hasHeading(title) {
            let gap = body < bytes.count ? lineEnd + lineEnd : ""
            return Change(range: range.lowerBound..<body, with: "# \(Self.headingText(title))\(gap)")
        }
        guard let second, tree.nodes[second].kind == .thematicBreak else {
            return Change(range: range.lowerBound..<body, with: "")
        }
        // What comes to stand at the top must not begin a front matter there.
        return Change(range: range.lowerBound..<tree.nodes[second].range.upperBound, with: "***")
    }

    /// `title` as the text of a heading: signs at its end would be taken for the heading's own.
    private static func headingText(_ title: String) -> String {
        let line = CitationForm.oneLine(title)
        return line.hasSuffix("#") ? line.dropLast() + "\\#" : line
    }

    private func hasHeading(_ title: String) -> Bool {
        let plain = TextRun.plain(title)
        return tree.top.contains { tree.nodes[$0].kind == .heading(level: 1) && tree.plainText(of: $0) == plain }
    }

    // MARK: The list

    /// The references, below the article's own heading for them if it has one, else at the end below a new one.
    private func references(_ language: String?) -> Change? {
        guard !entries.isEmpty else { return nil }
        let gap = lineEnd + lineEnd
        let removed = removed
        let list = entries.indices.map { item($0) }.joined(separator: lineEnd)
        if let section = ReferencesHeading.section(in: tree) {
            let last = section.last { index in
                if case .footnoteDefinition = tree.nodes[index].kind { false } else { true }
            }
            guard let last else { return nil }
            var with = gap + list
            if case .list = tree.nodes[last].kind { with = gap + "<!-- -->" + with }
            if let closer = tree.nodes[last].closer { with = lineEnd + closer + with }
            let position = tree.nodes[last].range.upperBound
            let next = LineScan.line(bytes, at: LineScan.line(bytes, at: lineStart(position)).next)
            if !next.isBlank { with += lineEnd }
            return Change(range: position..<position, with: with)
        }
        let text = "## \(ReferencesHeading.text(language: language))\(gap)\(list)"
        // Definitions that leave from the end, and blank lines, must not come between.
        let last = tree.top.last { !removed.contains($0) && tree.nodes[$0].kind != .frontMatter }
        guard let last else { return Change(range: bytes.count..<bytes.count, with: text) }
        let closer = tree.nodes[last].closer.map { lineEnd + $0 } ?? ""
        let position = tree.nodes[last].range.upperBound
        return Change(range: position..<position, with: closer + gap + text + (position < bytes.count ? lineEnd : ""))
    }

    private func item(_ index: Int) -> String {
        var remarks: [String] = []
        for definition in entries[index].definitions {
            if let remark = remark(of: definition), !remarks.contains(remark) { remarks.append(remark) }
        }
        return "\(firstNumber + index). \(entries[index].markdown(remarks: remarks))"
    }

    /// What the writer added to a citation, with the footnotes in it as they are now called.
    private func remark(of index: Int) -> String? {
        let definition = footnotes.definitions[index]
        guard let run = definition.text else { return nil }
        var text: [UInt8] = []
        var from = 0
        for reference in definition.references {
            let end = reference.local.upperBound
            let next = end < run.bytes.count ? run.bytes[end] : nil
            let isFollowed = LineScan.footnoteLabel(run.bytes, end, run.bytes.count) != nil
            text += run.bytes[from..<reference.local.lowerBound]
            text +=
                replacement(reference, next: next, isFollowedByFootnote: isFollowed).map { Array($0.utf8) }
                ?? Array(run.bytes[reference.local])
            from = end
        }
        return CitationForm(String(decoding: text + run.bytes[from...], as: UTF8.self))?.remark
    }
}
