import Foundation
import TestSupport
import Testing

@testable import Kernels

/// Each kernel against the plain formula in Double.
@Suite struct KernelsTests {
    private func numbers(_ count: Int, seed: UInt64 = 7, scale: Float = 3) -> [Float] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            (Float(random.next() >> 40) / Float(1 << 23) - 1) * scale
        }
    }

    private func expectClose(
        _ a: [Float], _ b: [Double], _ tolerance: Double = 1e-5,
        location: SourceLocation = #_sourceLocation
    ) {
        #expect(a.count == b.count, sourceLocation: location)
        for (x, y) in zip(a, b) {
            #expect(abs(Double(x) - y) <= tolerance * max(1, abs(y)), sourceLocation: location)
        }
    }

    @Test(arguments: [0, 1, 7, 64, 385])
    func dotIsTheSumOfProducts(_ count: Int) {
        let a = numbers(count)
        let b = numbers(count, seed: 9)
        expectClose([dot(a, b)], [zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }])
    }

    @Test(arguments: [8, 384, 1000])
    func layerNormCentresAndScales(_ columns: Int) {
        let x = numbers(2 * columns)
        let addition = numbers(2 * columns, seed: 1)
        let (gain, shift) = (numbers(columns, seed: 4), numbers(columns, seed: 5))
        let norm = LayerNorm(
            gain: Tensor(gain, rows: 1, columns: columns),
            shift: Tensor(shift, rows: 1, columns: columns), epsilon: 1e-12)
        func reference(_ row: [Double]) -> [Double] {
            let mean = row.reduce(0, +) / Double(columns)
            let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(columns)
            return row.indices.map {
                (row[$0] - mean) / (variance + 1e-12).squareRoot() * Double(gain[$0]) + Double(shift[$0])
            }
        }
        let plain = Activations(x, rows: 2, columns: columns)
        norm.apply(to: plain, rows: 0..<2)
        let residual = Activations(x, rows: 2, columns: columns)
        norm.apply(
            to: residual, rows: 1..<2, adding: Activations(addition, rows: 2, columns: columns),
            additionStart: 1)
        for r in 0..<2 {
            expectClose(plain.row(r), reference((0..<columns).map { Double(x[r * columns + $0]) }))
        }
        // The addition's first row belongs to the first row computed.
        expectClose(
            residual.row(1), reference((0..<columns).map { Double(x[columns + $0]) + Double(addition[$0]) }))
        #expect(residual.row(0) == Array(x[..<columns]))
    }

    @Test(
        arguments: InstructionSet.allCases.filter(\.isAvailable),
        [(2, 4, [0, 1, 6, 9]), (2, 33, [0, 70, 72]), (1, 64, [0, 49])])
    func attentionStaysWithinItsSequence(_ machine: InstructionSet, _ shape: (Int, Int, [Int])) {
        let (heads, width, starts) = shape
        let (hidden, tokens) = (heads * width, starts[starts.count - 1])
        let joined = numbers(tokens * 3 * hidden, scale: 1)
        let output = Activations(rows: tokens, columns: hidden)
        let input = Activations(joined, rows: tokens, columns: 3 * hidden)
        let scratch = AttentionScratch()
        // Backwards, so that a head which wrote into its neighbour's columns would be seen.
        for piece in (0..<(starts.count - 1) * heads).reversed() {
            attend(
                input, starts: starts, heads: heads, share: piece..<piece + 1, scratch: scratch, into: output,
                machine: machine)
        }
        func at(_ token: Int, _ part: Int, _ column: Int) -> Double {
            Double(joined[token * 3 * hidden + part * hidden + column])
        }
        for (start, end) in zip(starts, starts.dropFirst()) {
            for token in [start, end - 1] {
                var expected: [Double] = []
                for head in 0..<heads {
                    let columns = head * width..<(head + 1) * width
                    let weights = (start..<end).map { other in
                        exp(columns.reduce(0) { $0 + at(token, 0, $1) * at(other, 1, $1) } / Double(width).squareRoot())
                    }
                    let sum = weights.reduce(0, +)
                    for column in columns {
                        expected.append(
                            (start..<end).reduce(0) { $0 + weights[$1 - start] / sum * at($1, 2, column) })
                    }
                }
                expectClose(output.row(token), expected)
            }
        }
    }

    @Test func lookUpAddsWordPositionAndKind() {
        let output = Activations(rows: 3, columns: 1)
        lookUp(
            [1, 0, 1], positions: [0, 0, 1], rows: 0..<3, word: Tensor([1, 2], rows: 2, columns: 1),
            position: Activations([10, 20], rows: 2, columns: 1), kind: Activations([100], rows: 1, columns: 1),
            into: output)
        #expect((0..<3).map { output.row($0)[0] } == [112, 111, 122])
    }

    @Test func poolingAndNormalizing() {
        let x = Activations([1, 2, 3, 4, 5, 12], rows: 3, columns: 2)
        let output = Activations([0, 0, 0, 0, 0, 0], rows: 3, columns: 2)
        averageRows(1..<3, of: x, into: output, row: 0)
        copyRow(2, of: x, into: output, row: 1)
        #expect(output.row(0) == [4, 8] && output.row(1) == [5, 12])
        normalizeRow(1, of: output)
        normalizeRow(2, of: output)
        expectClose(output.row(1), [5.0 / 13, 12.0 / 13], 1e-6)
        #expect(output.row(2) == [0, 0])
    }

    @Test func sixteenBitFloatsAreWidened() throws {
        let path = FileManager.default.temporaryDirectory.path + "/longhand-half-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        // One, minus two, the largest half, the smallest subnormal, minus zero, infinity.
        let halves: [UInt16] = [0x3C00, 0xC000, 0x7BFF, 0x0001, 0x8000, 0x7C00]
        let brains: [UInt16] = [0x3F80, 0xC000]
        let bytes = (halves + brains).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let file = try MappedFile(path: path)
        let half = Tensor(file: file, offset: 0, type: .float16, rows: 2, columns: 3).values
        #expect(half == [1, -2, 65504, 0x1p-24, -0.0, .infinity])
        #expect(half[4].sign == .minus)
        #expect(Tensor(file: file, offset: 12, type: .bfloat16, rows: 1, columns: 2).values == [1, -2])
    }

    @Test func filesThatCannotBeMappedSayWhy() {
        #expect(throws: MappedFile.Failure.missing) { try MappedFile(path: "/nowhere/at/all") }
        #expect(throws: MappedFile.Failure.refused(reason: "not a regular file")) {
            try MappedFile(path: "/tmp")
        }
    }
}
