import Encodings

/// Runs a `LinearRegex` over a text, a scalar at a time, all threads in step.
///
/// A thread is an instruction with its saved offsets; the list is ordered by priority, and no instruction is in it
/// twice, which bounds the work for each scalar by the length of the program.
struct RegexMachine {
    private let regex: LinearRegex
    let text: Text
    /// No match ends behind it.
    var limit: Int
    private let slots: Int
    /// The threads before and behind a scalar, in turns.
    private var lists: [ThreadList]
    private var now = 0
    /// The saved offsets of the match; -1 where nothing was saved.
    private(set) var found: [Int] = []
    private var stack: [Pending] = []
    private var scratch: [Int]
    private var window: [UInt8] = []
    private var windowStart = 0
    /// Grows as a search goes on, so that matches close to each other copy little.
    private var windowSize = 256
    /// Threads fed since it was last asked whether to go on.
    private var work = 0
    private static let workBetweenQuestions = 1 << 16

    private struct ThreadList {
        var instructions: [Int] = []
        var saved: [Int] = []
        /// For each instruction, the step in which it was last added.
        var added: [Int]
        var step = 0

        init(count: Int) { added = [Int](repeating: -1, count: count) }

        mutating func clear() {
            instructions.removeAll(keepingCapacity: true)
            saved.removeAll(keepingCapacity: true)
            step += 1
        }
    }

    /// What is left to follow of a thread's branching.
    private enum Pending {
        case follow(Int)
        case restore(slot: Int, value: Int)
    }

    init(_ regex: LinearRegex, text: Text, limit: Int, slots: Int) {
        self.regex = regex
        self.text = text
        self.limit = limit
        self.slots = slots
        lists = [ThreadList(count: regex.program.count), ThreadList(count: regex.program.count)]
        scratch = [Int](repeating: -1, count: slots)
    }

    mutating func run(from start: Int, isAnchored: Bool, isCancelled: () -> Bool) -> Range<Int>? {
        var position = start
        var before = start > 0 ? value(before: start) : nil
        found = []
        lists[now].clear()
        while true {
            if found.isEmpty, !isAnchored || position == start {
                if lists[now].instructions.isEmpty, let table = regex.firstBytes {
                    // Nothing is under way: on to the next byte that a match may begin with.
                    let next = skip(to: table, from: position, isAnchored: isAnchored, isCancelled)
                    guard let next else { return nil }
                    if next != position {
                        position = next
                        before = value(before: position)
                    }
                }
                for slot in 0..<slots { scratch[slot] = -1 }
                scratch[0] = position
                add(0, at: position, before: before, to: now)
            }
            if lists[now].instructions.isEmpty, isAnchored || !found.isEmpty { break }
            guard let (raw, length) = scalar(at: position, isCancelled) else {
                finish(at: position)
                break
            }
            let value = regex.ignoresCase ? CaseFolding.fold(raw) : raw
            work += lists[now].instructions.count
            if work >= Self.workBetweenQuestions {
                work = 0
                if isCancelled() { return nil }
            }
            lists[1 - now].clear()
            step(value, at: position, next: position + length, raw)
            now = 1 - now
            position += length
            before = raw
            if lists[now].instructions.isEmpty, !found.isEmpty || isAnchored { break }
        }
        return found.isEmpty ? nil : found[0]..<found[1]
    }

    /// Feeds one scalar to all threads, in their order; a match ends those behind it.
    private mutating func step(_ value: UInt32, at position: Int, next: Int, _ raw: UInt32) {
        for index in lists[now].instructions.indices {
            let pc = lists[now].instructions[index]
            let isTaken: Bool
            switch regex.program[pc] {
            case .scalar(let wanted): isTaken = wanted == value
            case .any: isTaken = value != 0x0A
            case .set(let set): isTaken = regex.holds(set, value)
            case .match:
                keep(index, end: position)
                return
            default: isTaken = false
            }
            if isTaken {
                for slot in 0..<slots { scratch[slot] = lists[now].saved[index * slots + slot] }
                add(pc + 1, at: next, before: raw, to: 1 - now)
            }
        }
    }

    /// The text is over: the first thread that has matched wins.
    private mutating func finish(at position: Int) {
        for index in lists[now].instructions.indices {
            if case .match = regex.program[lists[now].instructions[index]] { return keep(index, end: position) }
        }
    }

    private mutating func keep(_ index: Int, end: Int) {
        found = Array(lists[now].saved[index * slots..<(index + 1) * slots])
        found[1] = end
    }

    /// Adds a thread and all it comes to without a scalar; `scratch` has its saved offsets.
    private mutating func add(_ start: Int, at position: Int, before: UInt32?, to list: Int) {
        stack.append(.follow(start))
        while let pending = stack.popLast() {
            guard case .follow(var pc) = pending else {
                if case .restore(let slot, let value) = pending { scratch[slot] = value }
                continue
            }
            following: while lists[list].added[pc] != lists[list].step {
                lists[list].added[pc] = lists[list].step
                switch regex.program[pc] {
                case .jump(let target): pc = target
                case .split(let first, let second):
                    stack.append(.follow(second))
                    pc = first
                case .save(let slot):
                    if slot < slots {
                        stack.append(.restore(slot: slot, value: scratch[slot]))
                        scratch[slot] = position
                    }
                    pc += 1
                case .assertion(let assertion):
                    guard holds(assertion, at: position, before: before) else { break following }
                    pc += 1
                default:
                    lists[list].instructions.append(pc)
                    lists[list].saved += scratch
                    break following
                }
            }
        }
    }

    private mutating func holds(_ assertion: RegexAssertion, at position: Int, before: UInt32?) -> Bool {
        switch assertion {
        case .lineStart: return before == nil || before == 0x0A
        case .lineEnd:
            guard position < text.utf8Count else { return true }
            let next = text.byte(at: position)
            return next == 0x0A
                || (next == 0x0D && position + 1 < text.utf8Count && text.byte(at: position + 1) == 0x0A)
        case .wordBoundary, .notWordBoundary, .wordStart, .wordEnd:
            let isWordBefore = before.map { ScalarSet.holds(.word, $0) } ?? false
            let isWordAfter = valueIgnoringLimit(at: position).map { ScalarSet.holds(.word, $0) } ?? false
            switch assertion {
            case .wordStart: return !isWordBefore && isWordAfter
            case .wordEnd: return isWordBefore && !isWordAfter
            default: return (isWordBefore != isWordAfter) == (assertion == .wordBoundary)
            }
        }
    }

    // MARK: Bytes

    private mutating func load(_ offset: Int) {
        windowStart = offset
        window = text.bytes(in: offset..<min(text.utf8Count, offset + windowSize))
        windowSize = min(1 << 16, windowSize * 2)
    }

    private mutating func skip(to table: [Bool], from start: Int, isAnchored: Bool, _ isCancelled: () -> Bool) -> Int? {
        var position = start
        while position < limit {
            if position < windowStart || position >= windowStart + window.count {
                if isCancelled() { return nil }
                load(position)
            }
            let end = min(limit, windowStart + window.count) - windowStart
            let from = position - windowStart
            if isAnchored { return table[Int(window[from])] ? position : nil }
            let hit = window.withUnsafeBufferPointer { bytes in
                table.withUnsafeBufferPointer { table in
                    var index = from
                    // A continuation byte begins nothing.
                    while index < end, !table[Int(bytes[index])] || bytes[index] & 0xC0 == 0x80 { index += 1 }
                    return index
                }
            }
            if hit < end { return windowStart + hit }
            position = windowStart + end
        }
        return nil
    }

    private mutating func scalar(at offset: Int, _ isCancelled: () -> Bool) -> (UInt32, Int)? {
        guard offset < limit else { return nil }
        let end = windowStart + window.count
        if offset < windowStart || offset >= end || (offset + 4 > end && end < text.utf8Count) {
            if isCancelled() { return nil }
            load(offset)
        }
        return Self.decode(window, offset - windowStart)
    }

    private mutating func valueIgnoringLimit(at offset: Int) -> UInt32? {
        guard offset < text.utf8Count else { return nil }
        if offset >= windowStart, offset + 4 <= windowStart + window.count {
            return Self.decode(window, offset - windowStart).0
        }
        return Self.decode(text.bytes(in: offset..<min(text.utf8Count, offset + 4)), 0).0
    }

    private func value(before offset: Int) -> UInt32? {
        guard offset > 0 else { return nil }
        if offset - 4 >= windowStart, offset <= windowStart + window.count {
            var index = offset - 1 - windowStart
            while index > 0, window[index] & 0xC0 == 0x80 { index -= 1 }
            return Self.decode(window, index).0
        }
        let start = text.scalarBoundary(atOrBefore: offset - 1)
        return Self.decode(text.bytes(in: start..<offset), 0).0
    }

    private static func decode(_ bytes: [UInt8], _ index: Int) -> (UInt32, Int) {
        UTF8Scan.decode(bytes, at: index, end: bytes.count)
    }
}
