import TestSupport
import Testing

@testable import TextCore

/// The bytes of journals: what is read is right as far as it goes, whatever became of them.
@Suite struct JournalTests {
    private struct Made {
        var bytes: [UInt8] = []
        /// Where the header and each record end.
        var ends: [Int] = []
        /// The text behind the header and behind each record.
        var texts: [Text] = []
        /// How many changes were written when each record was: the version of the text.
        var versions: [Int] = []
        var base: Text { texts[0] }
    }

    private func made(_ random: inout SeededGenerator, changes count: Int, inline: Bool = true) -> Made {
        var text = Text(randomString(&random, pieces: Int.random(in: 0...30, using: &random)))
        var writer = JournalWriter()
        var made = Made()
        func add(_ bytes: [UInt8], _ version: Int) {
            made.bytes += bytes
            made.ends.append(made.bytes.count)
            made.texts.append(text)
            made.versions.append(version)
        }
        add(
            writer.begin(
                JournalHeader(
                    path: "/home/me/词.md", format: "crlf", stamp: "1 2 3", baseLength: text.utf8Count,
                    baseHash: inline ? "base" : "",
                    base: inline ? text.string : nil)), 0)
        if !inline { add(writer.bytes(of: .base(hash: "base")), 0) }
        for version in 1...max(1, count) {
            let changes = randomChange(&random, of: text)
            try? changes.apply(to: &text)
            add(writer.bytes(of: .change(changes, version: version)), version)
            if Int.random(in: 0..<5, using: &random) == 0 {
                add(writer.bytes(of: .saving(version: version, hash: "v\(version)")), version)
            }
        }
        return made
    }

    @Test func whatIsWrittenIsReadAndReplayedFromEveryTextThatWasSaved() throws {
        var random = SeededGenerator(seed: 4)
        for round in 0..<200 {
            let made = made(&random, changes: Int.random(in: 1...20, using: &random), inline: round.isMultiple(of: 2))
            let journal = try #require(Journal(made.bytes))
            #expect(
                !journal.isDamaged && journal.header.path == "/home/me/词.md" && journal.header.format == "crlf"
                    && journal.baseHash == "base")
            #expect(round.isMultiple(of: 2) ? journal.header.base == made.base.string : journal.header.base == nil)
            let end = try #require(journal.replayed(on: made.base))
            #expect(end.isWhole && end.text == made.texts.last)
            for (version, text) in zip(made.versions, made.texts)
            where journal.savedVersion(hash: "v\(version)") == version {
                let later = try #require(journal.replayed(on: text, after: version))
                #expect(later.isWhole && later.text == made.texts.last)
            }
            // Another text is none of its own, but for the rare one of the same length that no change cuts a scalar of.
            #expect(journal.replayed(on: Text(made.base.string + "x")) == nil)
        }
    }

    @Test func everyCutEndsAtTheLastWholeRecord() throws {
        var random = SeededGenerator(seed: 6)
        let made = made(&random, changes: 12)
        for count in 0..<made.bytes.count {
            guard let journal = Journal(Array(made.bytes[..<count])) else {
                #expect(count < made.ends[0])
                continue
            }
            let whole = try #require(made.ends.lastIndex { $0 <= count })
            #expect(!journal.isDamaged && journal.records.count == whole)
            #expect(journal.replayed(on: made.base)?.text == made.texts[whole])
        }
    }

    @Test func everyFlippedBitEndsBeforeTheDamage() throws {
        var random = SeededGenerator(seed: 8)
        let made = made(&random, changes: 12)
        for index in made.bytes.indices {
            for bit in 0..<8 {
                var damaged = made.bytes
                damaged[index] ^= 1 << bit
                guard let journal = Journal(damaged) else {
                    #expect(index < made.ends[0])
                    continue
                }
                let whole = try #require(made.ends.lastIndex { $0 <= index })
                #expect(journal.records.count == whole, "bit \(bit) of byte \(index)")
                #expect(journal.replayed(on: made.base)?.text == made.texts[whole])
            }
        }
    }

    @Test func recordsOfAnotherJournalOrInAnotherOrderEndIt() throws {
        var random = SeededGenerator(seed: 10)
        let (one, two) = (made(&random, changes: 5), made(&random, changes: 5))
        let mixed = Array(one.bytes[..<one.ends[2]] + two.bytes[two.ends[2]...])
        let journal = try #require(Journal(mixed))
        #expect(journal.records.count == 2 && journal.isDamaged)
        let doubled = Array(one.bytes[..<one.ends[2]] + one.bytes[one.ends[1]..<one.ends[2]])
        #expect(try #require(Journal(doubled)).records.count == 2)
        #expect(Journal([]) == nil && Journal(Array("# A text\n".utf8)) == nil)
    }

    /// With checksums that are right: whatever the bytes say, nothing traps, and what comes of it is text.
    @Test func recordsThatLieAreHarmless() throws {
        var random = SeededGenerator(seed: 12)
        var accepted = 0
        for _ in 0..<400 {
            let made = made(&random, changes: 6)
            var bodies: [(kind: UInt8, body: [UInt8])] = []
            var reader = RecordReader(rest: made.bytes.dropFirst(5))
            while let kind = reader.rest.popFirst(), let count = reader.number(), let body = reader.take(count),
                reader.take(8) != nil
            {
                bodies.append((kind, Array(body)))
            }
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: 0..<bodies.count, using: &random)
                guard !bodies[index].body.isEmpty else { continue }
                let at = Int.random(in: 0..<bodies[index].body.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bodies[index].body[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bodies[index].body.remove(at: at)
                case 2: bodies[index].body.insert(UInt8.random(in: 0...255, using: &random), at: at)
                default: bodies.swapAt(index, Int.random(in: 0..<bodies.count, using: &random))
                }
            }
            var bytes = Array(made.bytes[..<5])
            var checksum = Checksum()
            checksum.add(bytes[...])
            for (kind, body) in bodies {
                var frame = [kind]
                RecordBytes.put(body.count, &frame)
                frame += body
                checksum.add(frame[...])
                let end = checksum.bytes
                checksum.add(end[...])
                bytes += frame + end
            }
            guard let journal = Journal(bytes) else { continue }
            for text in [made.base, made.texts[2], Text(journal.header.base ?? "")] {
                for version in [nil, 2] {
                    guard let (text, _) = journal.replayed(on: text, after: version) else { continue }
                    accepted += 1
                    #expect(String(validating: text.bytes(in: 0..<text.utf8Count), as: UTF8.self) != nil)
                }
            }
        }
        #expect(accepted > 0)
    }

    @Test func joinedChangesLeadToTheSameText() throws {
        var random = SeededGenerator(seed: 14)
        for _ in 0..<200 {
            let base = Text(randomString(&random, pieces: 20))
            var text = base
            var changes: [ChangeSet] = []
            for _ in 0..<Int.random(in: 0...30, using: &random) {
                changes.append(randomChange(&random, of: text))
                try changes[changes.count - 1].apply(to: &text)
            }
            let joined = ChangeSet.joined(changes, limit: Int.random(in: 0...400, using: &random))
            #expect(joined.reduce(0) { $0 + $1.count } == changes.count)
            var again = base
            for (change, _) in joined { try change.apply(to: &again) }
            #expect(again == text)
        }
    }

    @Test func oneChangeTurnsAnyTextIntoAnyOther() throws {
        var random = SeededGenerator(seed: 16)
        for round in 0..<400 {
            let old = Text(randomString(&random, pieces: Int.random(in: 0...40, using: &random)))
            var new = old
            if round.isMultiple(of: 3) {
                new = Text(randomString(&random, pieces: 20))
            } else {
                try randomChange(&random, of: old).apply(to: &new)
            }
            let changes = ChangeSet.turning(old, into: new)
            #expect(
                changes.operations.allSatisfy {
                    if case .insert(let string) = $0 { !string.contains("\u{FFFD}") } else { true }
                })
            var text = old
            try changes.apply(to: &text)
            #expect(text == new)
        }
        // 好 and 她 begin with other bytes and end with others; a change in the middle of one must not cut it.
        var text = Text("a好b")
        try ChangeSet.turning(text, into: "a她b").apply(to: &text)
        #expect(text == "a她b")
        let long = Text(String(repeating: "abcdefg 词\n", count: 4_000))
        var longer = long
        longer.replace(30_000..<30_000, with: "inserted")
        #expect(ChangeSet.turning(long, into: longer).operations.count == 3)
    }
}
