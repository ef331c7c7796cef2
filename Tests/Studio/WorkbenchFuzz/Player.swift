import Foundation
import Workbench

/// Plays sequences in a process of its own, which may trap, hang or run out of its stack.
struct Player {
    /// Seconds after which an event counts as one that never ends.
    static let patience: UInt32 = 30
    static let violated: Int32 = 3

    /// Where the parent reads how far it came: two numbers.
    let progress: FileHandle?
    let describes: Bool
    private(set) var events = 0

    init(progress: String?, describes: Bool) {
        self.progress = progress.flatMap { FileHandle(forWritingAtPath: $0) }
        self.describes = describes
    }

    /// Plays one sequence; ends the process where something is violated.
    mutating func play(_ sequence: StepSequence, number: Int) {
        var count = 0
        report(number, 0)
        do throws(Violation) {
            var world = World(setup: sequence.setup)
            for (index, step) in sequence.steps.enumerated() where !world.isFull {
                report(number, index)
                alarm(Self.patience)
                try world.take(step) { event in
                    count += 1
                    if describes { print("  \(index + 1): \(Self.words(for: event))") }
                }
            }
            report(number, sequence.steps.count)
            try world.finish()
        } catch {
            if describes, let screen = error.screen {
                for y in 0..<screen.height { print("  |" + screen.row(y).map(\.text).joined() + "|") }
            }
            print("violation: \(error)")
            exit(Self.violated)
        }
        alarm(0)
        events += count
    }

    private func report(_ number: Int, _ step: Int) {
        guard let progress else { return }
        var numbers = (Int64(number), Int64(step))
        _ = pwrite(progress.fileDescriptor, &numbers, MemoryLayout.size(ofValue: numbers), 0)
        // What was printed must be there when the next event kills the process.
        if describes { fflush(nil) }
    }

    private static func words(for event: Event) -> String {
        switch event {
        case .terminal(.key(let key)): "key \(key.name)"
        case .terminal(.paste(let text)): "paste \(text.debugDescription)"
        case .terminal(let event): "\(event)"
        default: String("\(event)".prefix(160))
        }
    }
}
