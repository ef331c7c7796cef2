import Foundation
import Testing
import TextCore

@testable import Workbench

/// Every state of a save with everything that can happen: where it leads is what the table in `SaveState`'s comment says,
/// and whatever happens no text is lost and none is written beside another.
@Suite struct SaveStateTests {
    // MARK: All states and all that happens

    private static func save(_ version: Int, isAsked: Bool = true) -> Save {
        Save(text: Text("\(version)"), version: version, isAsked: isAsked)
    }

    private static let change = ExternalChange(
        file: FileReading(
            text: "theirs", stamp: FileStamp(size: 6, modifiedNanoseconds: 1, inode: 1), format: FileFormat(),
            isReadOnly: false),
        changes: ChangeSet(length: 0, replacing: []), version: 0)

    /// By the name of its row; those without one differ in what a table would only repeat.
    private static let states: [(row: String?, state: SaveState)] = {
        var states: [(String?, SaveState)] = [("idle", .idle), ("held", .held)]
        for isAsked in [true, false] {
            for hasNext in [false, true] {
                for looksAgain in [false, true] {
                    let next = hasNext ? save(2, isAsked: false) : nil
                    let row: String? =
                        switch (isAsked, hasNext, looksAgain) {
                        case (true, false, false): "writing"
                        case (true, false, true): "writing, again"
                        case (true, true, false): "writing, next"
                        case (false, false, false): "writing unasked"
                        default: nil
                        }
                    states.append((row, .writing(save(1, isAsked: isAsked), next: next, looksAgain: looksAgain)))
                }
            }
        }
        for (row, next, looksAgain) in [
            ("naming", nil, false), ("naming, again", nil, true), ("naming, next", save(2), false),
            (nil, save(2), true),
        ] as [(String?, Save?, Bool)] {
            states.append((row, .naming(next: next, looksAgain: looksAgain)))
        }
        states.append(("looking", .looking(save(1))))
        states.append(("changed", .changed(change, .open)))
        states.append(("changed, put off", .changed(change, .putOff)))
        states.append(("changed, saving", .changed(change, .saving(save(1)))))
        return states
    }()

    private static let happenings: [(column: String, happening: SaveState.Happening)] = [
        ("wanted", .wanted(save(9))), ("naming", .naming), ("written", .written), ("refused", .refused),
        ("failed", .failed), ("seen", .seen), ("changed", .changed(change)), ("same", .same), ("gone", .gone),
        ("shown", .shown), ("kept", .kept), ("putOff", .putOff),
    ]

    // MARK: The table

    private static func name(_ state: SaveState) -> String {
        switch state {
        case .idle: "idle"
        case .held: "held"
        case .writing(_, let next, let looksAgain):
            "writing" + (next == nil ? "" : ", next") + (looksAgain ? ", again" : "")
        case .naming(let next, let looksAgain): "naming" + (next == nil ? "" : ", next") + (looksAgain ? ", again" : "")
        case .looking: "looking"
        case .changed(_, .open): "changed"
        case .changed(_, .putOff): "changed, put off"
        case .changed(_, .saving): "changed, saving"
        }
    }

    private static func name(_ step: SaveState.Step) -> String? {
        switch step {
        case .nothing: nil
        case .write: "write"
        case .look: "look"
        case .lookAgain: "look again"
        }
    }

    /// A cell of the table: where it leads and what is to be done, or a dash where nothing happens.
    private static func cell(_ state: SaveState, _ happening: SaveState.Happening) -> String {
        var next = state
        let step = next.take(happening)
        if name(step) == nil, name(next) == name(state) { return "-" }
        return name(next) + (name(step).map { ": " + $0 } ?? "")
    }

    /// The rows and columns in the comment above `SaveState`.
    private static func table() throws -> [String: [String: String]] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../../Sources/Studio/Workbench/Features/Saving/SaveState.swift")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter {
            $0.hasPrefix("/// |")
        }
        var table: [String: [String: String]] = [:]
        var columns: [String] = []
        for line in lines where !line.contains("---") {
            let cells = line.dropFirst(5).split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            if cells[0] == "state" {
                columns = Array(cells.dropFirst())
            } else {
                for (column, cell) in zip(columns, cells.dropFirst()) { table[cells[0], default: [:]][column] = cell }
            }
        }
        return table
    }

    @Test func theTableSaysWhereEachLeads() throws {
        let table = try Self.table()
        let rows = Set(Self.states.compactMap(\.row))
        #expect(Set(table.keys) == rows)
        for (row, state) in Self.states {
            guard let row else { continue }
            for (column, happening) in Self.happenings {
                #expect(table[row]?[column] == Self.cell(state, happening), "\(row), \(column)")
            }
        }
    }

    // MARK: What is true of every pair

    /// The texts that a state still has to bring into the file.
    private static func owed(_ state: SaveState) -> [Int] {
        switch state {
        case .writing(let save, let next, _): [save.version] + (next.map { [$0.version] } ?? [])
        case .naming(let next, _): next.map { [$0.version] } ?? []
        case .looking(let save), .changed(_, .saving(let save)): [save.version]
        case .idle, .held, .changed: []
        }
    }

    @Test func nothingIsWrittenWhileSomethingIs() {
        for (_, state) in Self.states where state.isBusy {
            for (column, happening) in Self.happenings where !["written", "refused", "failed"].contains(column) {
                var next = state
                let step = next.take(happening)
                #expect(next.isBusy, "\(Self.name(state)), \(column)")
                if case .write = step { Issue.record("\(Self.name(state)), \(column): two are written at once") }
            }
        }
    }

    @Test func whatIsWantedIsWrittenOrWaits() {
        for (_, state) in Self.states {
            var next = state
            let step = next.take(.wanted(Self.save(9)))
            if case .write(let save) = step { #expect(save.version == 9) }
            #expect(Self.owed(next).contains(9), "\(Self.name(state))")
        }
    }

    /// A text that is owed goes only when it was written, or failed in the sight of the writer, or a newer one, or the
    /// writer's own choice, takes its place.
    @Test func noTextIsForgotten() {
        for (_, state) in Self.states {
            for (column, happening) in Self.happenings {
                var next = state
                _ = next.take(happening)
                guard let last = Self.owed(state).last, !Self.owed(next).contains(last) else { continue }
                var isAccounted = ["wanted", "written", "shown", "failed"].contains(column)
                // Nobody had asked for it.
                if case .held = next { isAccounted = true }
                // The file is gone or another's: the article shows what is not saved, and the writer is told or asked.
                if case .looking = state, column == "gone" { isAccounted = true }
                if case .changed = state { isAccounted = true }
                #expect(isAccounted, "\(Self.name(state)), \(column)")
            }
        }
    }

    @Test func whatWasSeenOfAFileWhileItWasWrittenIsLookedAtAgain() {
        for (_, state) in Self.states where state.isBusy {
            for (column, happening) in Self.happenings where ["seen", "changed", "same", "gone"].contains(column) {
                var next = state
                _ = next.take(happening)
                var isLookedAt = false
                for _ in 0..<3 { if case .lookAgain = next.take(.written) { isLookedAt = true } }
                #expect(isLookedAt && !next.isBusy, "\(Self.name(state)), \(column)")
            }
        }
    }

    @Test func anArticleThatClosesOnceItIsSavedClosesThough() {
        var closing = Self.save(1)
        closing.closes = true
        var state = SaveState.idle
        _ = state.take(.wanted(closing))
        _ = state.take(.wanted(Self.save(2)))
        guard case .write(let next) = state.take(.written) else {
            Issue.record("nothing is written")
            return
        }
        #expect(next.version == 2 && next.closes)
    }
}

/// Prints the table for the comment, after a change that is meant.
extension SaveStateTests {
    @Test(.enabled(if: ProcessInfo.processInfo.environment["LONGHAND_RECORD"] == "1"))
    func printTable() {
        for columns in [0..<5, 5..<9, 9..<12] {
            let happenings = Self.happenings[columns]
            var rows = [["state"] + happenings.map(\.column)]
            for (row, state) in Self.states {
                guard let row else { continue }
                rows.append([row] + happenings.map { Self.cell(state, $0.happening) })
            }
            let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
            for (index, row) in rows.enumerated() {
                let cells = zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
                print("/// | " + cells.joined(separator: " | ") + " |")
                let rule = widths.map { String(repeating: "-", count: $0 + 2) }
                if index == 0 { print("/// |" + rule.joined(separator: "|") + "|") }
            }
            print("///")
        }
    }
}
