/// A history as bytes, to outlive the process; it belongs to one text, and refuses every other.
///
/// Composed: `LHUN`, the format's version, the hash that the caller gave the text, the steps done (the oldest first) and undone
/// (the next to be redone last), and a checksum of all that (FNV-1a, 64 bits). A step is its selections and its
/// replacements; each of them has the bytes it keeps before it, what it deletes and what it inserts, which is enough for both
/// directions. Numbers are little-endian base 128, as in DWARF.
///
/// Reading replays every step against the text, so that what can be read is right to the last byte.
public enum HistoryRecord {
    static let magic: [UInt8] = Array("LHUN".utf8)
    static let version: UInt8 = 1

    /// The history of a text that is saved, behind all its steps.
    ///
    /// - Parameters:
    ///   - document: at its saved state: see `Document.atSavedState()`.
    ///   - hash: what the caller tells texts by; given back on reading only for the same one.
    ///   - limit: bytes; the steps that are farthest from now are left out beyond it.
    public static func encode(_ document: Document, hash: [UInt8], limit: Int) -> [UInt8] {
        var room = max(0, limit - hash.count - 64)
        /// The encoded steps, the nearest first, until the room is used up or one can't be said.
        func take(_ steps: [Step]) -> [[UInt8]] {
            var taken: [[UInt8]] = []
            for step in steps.reversed() {
                guard let bytes = encode(step), bytes.count <= room else { break }
                room -= bytes.count
                taken.append(bytes)
            }
            return taken
        }
        // Half of the room at least is for what can be undone.
        let all = room
        room = all / 2
        let undone = take(document.history.undone)
        room += all - all / 2
        let done = take(document.history.done)
        var bytes = magic + [version]
        RecordBytes.put(hash.count, &bytes)
        bytes += hash
        RecordBytes.put(document.text.utf8Count, &bytes)
        for steps in [done, undone] {
            RecordBytes.put(steps.count, &bytes)
            for step in steps.reversed() { bytes += step }
        }
        return bytes + Checksum.of(bytes[...])
    }

    /// The hash that a record was made with, without looking at the rest; nil where the bytes are none.
    public static func hash(of bytes: [UInt8]) -> [UInt8]? {
        var reader = RecordReader(rest: bytes[...])
        guard reader.take(magic.count).map(Array.init) == magic, reader.take(1)?.first == version,
            let count = reader.number()
        else { return nil }
        return reader.take(count).map(Array.init)
    }

    /// The history in `bytes`, if it is that of `text`; nil where it isn't, or where a byte of it is damaged.
    public static func decode(_ bytes: [UInt8], hash: [UInt8], for text: Text) -> History? {
        guard bytes.count > 8, Checksum.of(bytes.dropLast(8)) == Array(bytes.suffix(8)), self.hash(of: bytes) == hash
        else { return nil }
        var reader = RecordReader(rest: bytes.dropLast(8))
        _ = reader.take(magic.count + 1)
        _ = reader.number().flatMap { reader.take($0) }
        guard reader.number() == text.utf8Count else { return nil }
        guard let done = steps(&reader), let undone = steps(&reader), reader.rest.isEmpty else { return nil }
        var text = text
        for step in done.reversed() {
            guard fits(step.changes, against: step.inverse, text) else { return nil }
            // A step that doesn't fit means that the record is of another text: nil says so.
            guard (try? step.inverse.apply(to: &text)) != nil else { return nil }
        }
        // Nil as above.
        for step in done { guard (try? step.changes.apply(to: &text)) != nil else { return nil } }
        for step in undone.reversed() {
            guard fits(step.inverse, against: step.changes, text) else { return nil }
            // Nil as above.
            guard (try? step.changes.apply(to: &text)) != nil else { return nil }
        }
        return History(done: done, undone: undone)
    }

    /// Whether `text` is one that `changes` made, as far as can be seen: what it inserted is there, and `inverse`, which is to
    /// be applied to it, deletes whole scalars.
    private static func fits(_ changes: ChangeSet, against inverse: ChangeSet, _ text: Text) -> Bool {
        guard changes.lengthAfter == text.utf8Count, inverse.lengthBefore == text.utf8Count else { return false }
        var position = 0
        for operation in changes.operations {
            switch operation {
            case .retain(let count): position += count
            case .delete: break
            case .insert(let string):
                let range = position..<position + string.utf8.count
                guard range.upperBound <= text.utf8Count, text.bytes(in: range) == Array(string.utf8) else {
                    return false
                }
                position = range.upperBound
            }
            guard text.isScalarBoundary(position) else { return false }
        }
        return true
    }

    // MARK: Steps

    private struct Replacement {
        var kept: Int
        var deleted: String
        var inserted: String
    }

    /// Nil where the two directions of a step don't say the same.
    private static func encode(_ step: Step) -> [UInt8]? {
        guard let forth = spans(step.changes), let back = spans(step.inverse), forth.count == back.count else {
            return nil
        }
        var bytes: [UInt8] = []
        for number in [
            step.before.anchor, step.before.head, step.after.anchor, step.after.head, step.changes.lengthBefore,
            forth.count,
        ] {
            RecordBytes.put(number, &bytes)
        }
        for (forth, back) in zip(forth, back) {
            guard forth.kept == back.kept, forth.deleted == back.inserted.utf8.count,
                back.deleted == forth.inserted.utf8.count
            else { return nil }
            RecordBytes.put(forth.kept, &bytes)
            RecordBytes.put(back.inserted, &bytes)
            RecordBytes.put(forth.inserted, &bytes)
        }
        return bytes
    }

    /// The places that a change replaces: what is kept before each, how much is deleted, what is inserted.
    private static func spans(_ changes: ChangeSet) -> [(kept: Int, deleted: Int, inserted: String)]? {
        var spans: [(kept: Int, deleted: Int, inserted: String)] = []
        var kept = 0
        var isOpen = false
        for operation in changes.operations {
            switch operation {
            case .retain(let count):
                kept = count
                isOpen = false
            case .delete(let count):
                guard !isOpen else { return nil }
                spans.append((kept, count, ""))
                (kept, isOpen) = (0, true)
            case .insert(let string):
                if isOpen {
                    guard spans[spans.count - 1].inserted.isEmpty else { return nil }
                    spans[spans.count - 1].inserted = string
                } else {
                    spans.append((kept, 0, string))
                    (kept, isOpen) = (0, true)
                }
            }
        }
        return spans
    }

    private static func steps(_ reader: inout RecordReader) -> [Step]? {
        guard let count = reader.number(), count <= reader.rest.count else { return nil }
        var steps: [Step] = []
        steps.reserveCapacity(count)
        for _ in 0..<count {
            guard let step = step(&reader) else { return nil }
            steps.append(step)
        }
        return steps
    }

    private static func step(_ reader: inout RecordReader) -> Step? {
        var numbers: [Int] = []
        for _ in 0..<6 {
            guard let number = reader.number() else { return nil }
            numbers.append(number)
        }
        let (length, count) = (numbers[4], numbers[5])
        guard count <= reader.rest.count else { return nil }
        var forth: [(range: Range<Int>, with: String)] = []
        var back: [(range: Range<Int>, with: String)] = []
        var (before, after) = (0, 0)
        for _ in 0..<count {
            guard let kept = reader.number(), let deleted = reader.string(), let inserted = reader.string() else {
                return nil
            }
            guard kept <= length - before, deleted.utf8.count <= length - before - kept else { return nil }
            before += kept
            after += kept
            forth.append((before..<before + deleted.utf8.count, inserted))
            back.append((after..<after + inserted.utf8.count, deleted))
            before += deleted.utf8.count
            after += inserted.utf8.count
        }
        let lengthAfter = after + length - before
        return Step(
            changes: ChangeSet(length: length, replacing: forth),
            inverse: ChangeSet(length: lengthAfter, replacing: back),
            before: Selection(anchor: numbers[0], head: numbers[1]),
            after: Selection(anchor: numbers[2], head: numbers[3]))
    }
}
