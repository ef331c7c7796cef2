import ArgumentParser
import Foundation

/// Sends the workspace whatever may come, and says what it can't take.
@main struct WorkbenchFuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "WorkbenchFuzz",
        abstract: "Random keys, pastes, mouse reports, sizes and answers for the studio without a terminal.")

    @Option(help: "What all random numbers are made of; another one each time without it.")
    var seed: UInt64?
    @Option(help: "How many events to send.")
    var events = 200_000
    @Option(help: "Steps from one start of a studio to the next.")
    var length = 250
    @Flag(help: "Go on behind a failure, to find others.")
    var keepGoing = false
    @Option(help: "Play this sequence, as a failure prints it.")
    var replay: String?
    @Flag(help: "Say what happens in it.")
    var describe = false

    @Option(help: .hidden)
    var from: Int?
    @Option(help: .hidden)
    var to: Int?
    @Option(help: .hidden)
    var progress: String?

    func run() throws {
        var player = Player(progress: progress, describes: describe)
        if let replay {
            guard let sequence = StepSequence(written: replay) else { throw ValidationError("That is no sequence.") }
            player.play(sequence, number: 0)
        } else if let from, let to, let seed {
            for number in from..<to {
                player.play(StepSequence(seed: seed, number: number, length: length), number: number)
            }
            print(player.events)
        } else {
            try hunt()
        }
    }

    private func hunt() throws {
        let seed = seed ?? UInt64.random(in: 0...0xFFFF_FFFF)
        print("seed \(seed)")
        fflush(nil)
        let (events, found) = try Hunt(
            Hunt.Plan(seed: seed, events: self.events, length: length, keepsGoing: keepGoing)
        ).run()
        for failure in found {
            print(
                "\n\(failure.signature) \(failure.site)\nsequence \(failure.number) of seed \(seed), shortened to \(failure.sequence.steps.count) steps:"
            )
            let output = Child.run(["--replay", failure.sequence.written, "--describe"], traces: true).output
            // Registers and images say nothing here.
            print(output.components(separatedBy: "\n\nRegisters:")[0])
            print("WorkbenchFuzz --replay \(failure.sequence.written)")
        }
        print("\(events) events, \(found.count) failures")
        if !found.isEmpty { throw ExitCode(1) }
    }
}
