/// Paints the bytes of one line with roles, and reads the runs off at the end.
struct LinePainter {
    private let bytes: [UInt8]
    private var roles: [MarkdownRole]

    init(bytes: [UInt8]) {
        self.bytes = bytes
        roles = Array(repeating: .text, count: bytes.count)
    }

    func runs() -> [(range: Range<Int>, role: MarkdownRole)] {
        var result: [(range: Range<Int>, role: MarkdownRole)] = []
        var i = 0
        while i < roles.count {
            let start = i
            while i < roles.count, roles[i] == roles[start] { i += 1 }
            if roles[start] != .text { result.append((start..<i, roles[start])) }
        }
        return result
    }

    private mutating func fill(_ range: Range<Int>, _ role: MarkdownRole) {
        for i in range { roles[i] = role }
    }

    /// Fills each byte once, however many of the ranges it is in.
    private mutating func fillAll(_ ranges: [Range<Int>], _ role: MarkdownRole) {
        var done = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.upperBound > done {
            fill(max(done, range.lowerBound)..<range.upperBound, role)
            done = range.upperBound
        }
    }

    mutating func paint(_ state: inout LineState) {
        let line = LineScan.line(bytes, at: 0)
        if paintFrontMatter(line, &state) || paintFence(line, &state) { return }
        var from = line.content
        if state.inComment {
            guard let close = HTMLScan.find(Array("-->".utf8), bytes, 0, line.end) else {
                return fill(0..<bytes.count, .comment)
            }
            state.inComment = false
            fill(0..<close + 3, .comment)
            return paintInline(close + 3, line.end, heading: false, &state)
        }
        if line.isBlank {
            state.afterBlank = true
            return
        }
        let afterBlank = state.afterBlank
        if line.indent >= 4, afterBlank, !state.inList {
            return fill(line.start..<line.end, .code)
        }
        state.afterBlank = false
        let quoted = paintPrefix(&from, line, afterBlank: afterBlank, &state)
        if from >= line.end { return }
        if let (fence, _) = LineScan.openingFence(bytes, from, line.end) {
            state.fence = fence
            state.fenceQuoted = quoted
            return fill(from..<line.end, .code)
        }
        if LineScan.atxHeading(bytes, from, line.end) != nil {
            // The next line begins a block of its own.
            state.afterBlank = true
            fill(from..<line.end, .heading)
            return paintInline(from, line.end, heading: true, &state)
        }
        if !afterBlank, !state.inList, LineScan.setextUnderline(bytes, from, line.end) != nil {
            state.afterBlank = true
            return fill(from..<line.end, .heading)
        }
        if LineScan.isThematicBreak(bytes, from, line.end) {
            state.afterBlank = true
            return fill(from..<line.end, .rule)
        }
        if LineScan.tableDelimiter(bytes, from, line.end) != nil {
            return fill(from..<line.end, .table)
        }
        let table = bytes[from] == UInt8(ascii: "|")
        if let definition = LineScan.footnoteDefinition(bytes, from, line.end) {
            paintInline(definition.text, line.end, heading: false, &state)
            return fill(from..<definition.label.upperBound + 2, .footnote)
        }
        paintInline(from, line.end, heading: false, &state)
        if table {
            for i in from..<line.end
            where bytes[i] == UInt8(ascii: "|") && roles[i] == .text && bytes[max(0, i - 1)] != .backslash {
                roles[i] = .table
            }
        }
    }

    /// Paints the line when it belongs to a front matter, and says so.
    private mutating func paintFrontMatter(_ line: Line, _ state: inout LineState) -> Bool {
        let mark = bytes.first
        let fence =
            line.end >= 3 && (mark == UInt8(ascii: "-") || mark == UInt8(ascii: "."))
            && bytes[1] == mark && bytes[2] == mark
            && bytes[3..<line.end].allSatisfy { $0.isSpaceOrTab }
        switch state.part {
        case .body:
            return false
        case .start:
            state.part = .body
            guard fence, mark == UInt8(ascii: "-") else { return false }
            state.part = .frontMatterOpened
        case .frontMatterOpened, .frontMatter:
            if state.part == .frontMatterOpened, line.isBlank {
                state.part = .body
                return false
            }
            state.part = fence ? .body : .frontMatter
        }
        fill(0..<bytes.count, .frontMatter)
        return true
    }

    /// Paints the line when it is inside a code fence, or closes one, and says so.
    private mutating func paintFence(_ line: Line, _ state: inout LineState) -> Bool {
        guard let fence = state.fence else { return false }
        var from = line.content
        if state.fenceQuoted {
            // A quotation's fence ends with the quotation.
            guard from < line.end, bytes[from] == UInt8(ascii: ">") else {
                state.fence = nil
                state.afterBlank = true
                return false
            }
            fill(from..<from + 1, .quote)
            from += 1
            while from < line.end, bytes[from].isSpaceOrTab { from += 1 }
        }
        if LineScan.closes(fence, bytes, from, line.end) {
            state.fence = nil
            state.afterBlank = true
        }
        fill((state.fenceQuoted ? from : 0)..<line.end, .code)
        return true
    }

    /// Paints quotation and list marks and steps `from` behind them; true in a quotation.
    private mutating func paintPrefix(
        _ from: inout Int, _ line: Line, afterBlank: Bool, _ state: inout LineState
    ) -> Bool {
        var quoted = false
        var listed = false
        // The first byte that keeps what is behind `from` from being a rule: looked for once, not at each of many marks.
        var obstacle: Int?
        func isRule(_ from: Int) -> Bool {
            if let obstacle, from <= obstacle, bytes[obstacle] != bytes[from] { return false }
            obstacle = (from..<line.end).first { bytes[$0] != bytes[from] && !bytes[$0].isSpaceOrTab }
            return obstacle == nil && LineScan.isThematicBreak(bytes, from, line.end)
        }
        while from < line.end {
            if bytes[from] == UInt8(ascii: ">") {
                quoted = true
                fill(from..<from + 1, .quote)
                from += 1
            } else if !isRule(from),
                let marker = LineScan.listMarker(bytes, from, line.end),
                listed || afterBlank || state.inList || quoted || marker.interrupts
            {
                listed = true
                fill(from..<from + marker.length, .listMarker)
                from += marker.length
                if let task = taskBox(from, line.end) {
                    fill(task, .listMarker)
                    from = task.upperBound
                }
            } else {
                break
            }
            while from < line.end, bytes[from].isSpaceOrTab { from += 1 }
        }
        if listed {
            state.inList = true
        } else if afterBlank, line.indent < 2 {
            state.inList = false
        }
        if quoted { fill(from..<line.end, .quote) }
        return quoted
    }

    /// The box of a task, `[ ]` or `[x]`, behind a list marker.
    private func taskBox(_ from: Int, _ end: Int) -> Range<Int>? {
        guard from + 4 <= end, bytes[from] == 0x20, bytes[from + 1] == UInt8(ascii: "["),
            bytes[from + 3] == UInt8(ascii: "]"),
            " xX".utf8.contains(bytes[from + 2]), from + 4 == end || bytes[from + 4].isSpaceOrTab
        else { return nil }
        return from + 1..<from + 4
    }

    private mutating func paintInline(
        _ from: Int, _ end: Int, heading: Bool, _ state: inout LineState
    ) {
        guard from < end else { return }
        var scan = InlineScan(bytes: bytes, from: from, to: end, wholeLinks: true)
        var emphasis = EmphasisScan(bytes: bytes, from: from, to: end)
        var found: [(Range<Int>, MarkdownRole)] = []
        var i = from
        while i < end {
            let byte = bytes[i]
            if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "_") {
                i = emphasis.run(at: i)
                continue
            }
            guard let (kind, range) = scan.construct(at: i) else {
                i += 1
                continue
            }
            i = range.upperBound
            switch kind {
            case .escape: continue
            case .code: found.append((range, .code))
            case .comment: found.append((range, .comment))
            case .openComment:
                state.inComment = true
                found.append((range, .comment))
            case .footnote: found.append((range, .footnote))
            case .autolink, .wikilink, .link: found.append((range, .link))
            }
        }
        if !heading {
            let spans = emphasis.spans()
            fillAll(spans.filter { !$0.strong }.map(\.range), .emphasis)
            fillAll(spans.filter(\.strong).map(\.range), .strong)
        }
        for (range, role) in found { fill(range, role) }
    }
}
