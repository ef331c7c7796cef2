import TestSupport

/// What happens in one studio from its start: numbers of which each tells one step.
struct StepSequence {
    var setup: UInt64
    var steps: [UInt64]

    /// The sequence that has a number among those of a seed.
    init(seed: UInt64, number: Int, length: Int) {
        // Seeds next to each other would make the same numbers, one place on.
        var mixed = SeededGenerator(seed: seed ^ UInt64(number) << 32)
        var random = SeededGenerator(seed: mixed.next())
        setup = random.next()
        steps = (0..<length).map { _ in random.next() }
    }

    init(setup: UInt64, steps: [UInt64]) {
        self.setup = setup
        self.steps = steps
    }

    /// As `--replay` takes it.
    init?(written: String) {
        let numbers = written.split(separator: ",").map { UInt64($0, radix: 16) }
        guard let first = numbers.first, let setup = first else { return nil }
        self.setup = setup
        steps = numbers.dropFirst().compactMap(\.self)
        guard steps.count == numbers.count - 1 else { return nil }
    }

    var written: String { ([setup] + steps).map { String($0, radix: 16) }.joined(separator: ",") }
}
