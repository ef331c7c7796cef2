import Foundation
import TestSupport
import Testing
import VectorSearch

@testable import Kernels

/// The matrix products of every machine this one can be, against the plain formula.
@Suite struct PackedLinearTests {
    /// Rows, inputs and outputs: one of each, what a tile holds and one more, a group of bytes and more.
    static let shapes = [(1, 1, 1), (2, 5, 3), (7, 33, 17), (12, 64, 32), (13, 192, 33), (29, 200, 96), (3, 385, 40)]
    static let machines = InstructionSet.allCases.filter(\.isAvailable)

    struct Case {
        let x: [Float], w: [Float], bias: [Float]
        let rows: Int, inputs: Int, outputs: Int

        init(_ shape: (Int, Int, Int)) {
            (rows, inputs, outputs) = shape
            x = Case.numbers(rows * inputs, 1)
            w = Case.numbers(outputs * inputs, 2)
            bias = Case.numbers(outputs, 3)
        }

        static func numbers(_ count: Int, _ seed: UInt64) -> [Float] {
            var random = SeededGenerator(seed: seed)
            return (0..<count).map { _ in
                Float(random.next() >> 40) / Float(1 << 23) - 1
            }
        }

        func layer(_ precision: Precision, _ machine: InstructionSet, _ activation: Activation = .none) -> PackedLinear
        {
            PackedLinear(
                [(Tensor(w, rows: outputs, columns: inputs), Tensor(bias, rows: 1, columns: outputs))],
                activation: activation, precision: precision, machine: machine)
        }

        func result(_ layer: PackedLinear, share: Range<Int>? = nil) -> [[Float]] {
            let output = Activations(rows: rows, columns: outputs)
            layer.apply(
                Activations(x, rows: rows, columns: inputs), rows: 0..<rows, into: output,
                share: share ?? 0..<layer.panels, bytes: RowBytes(rows: rows, columns: inputs))
            return (0..<rows).map(output.row)
        }

        func expected(_ row: Int, _ output: Int) -> Double {
            (0..<inputs).reduce(Double(bias[output])) {
                $0 + Double(x[row * inputs + $1]) * Double(w[output * inputs + $1])
            }
        }
    }

    @Test(arguments: machines, shapes)
    func floatsAreTheSumOfProducts(_ machine: InstructionSet, _ shape: (Int, Int, Int)) {
        let one = Case(shape)
        let rows = one.result(one.layer(.fp32, machine))
        for r in 0..<one.rows {
            for o in 0..<one.outputs { #expect(abs(Double(rows[r][o]) - one.expected(r, o)) < 1e-4) }
        }
    }

    @Test(arguments: machines, shapes)
    func bytesComeClose(_ machine: InstructionSet, _ shape: (Int, Int, Int)) {
        let one = Case(shape)
        let rows = one.result(one.layer(.int8, machine))
        // A step of an input is 2/254 and of a weight 1/127 at most; errors add up like a random walk.
        let bound = 0.03 * Double(one.inputs).squareRoot() + 0.01
        for r in 0..<one.rows {
            for o in 0..<one.outputs { #expect(abs(Double(rows[r][o]) - one.expected(r, o)) < bound) }
        }
    }

    @Test(arguments: shapes)
    func everyMachineTakesTheSameBytes(_ shape: (Int, Int, Int)) {
        let one = Case(shape)
        let expected = one.result(one.layer(.int8, .portable))
        for machine in Self.machines {
            for (row, other) in zip(one.result(one.layer(.int8, machine)), expected) {
                #expect(zip(row, other).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($1)) }, "\(machine)")
            }
        }
    }

    /// Bytes at both ends, where sums of products would leave sixteen bits.
    @Test(arguments: machines)
    func largeBytesDoNotSaturate(_ machine: InstructionSet) {
        for (x, w) in [(Float(1), Float(1)), (-1, 1), (1, -1), (-1, -1)] {
            let (rows, inputs) = (3, 384)
            let layer = PackedLinear(
                [
                    (
                        Tensor([Float](repeating: w, count: inputs), rows: 1, columns: inputs),
                        Tensor([0], rows: 1, columns: 1)
                    )
                ],
                precision: .int8, machine: machine)
            let output = Activations(rows: rows, columns: 1)
            layer.apply(
                Activations([Float](repeating: x, count: rows * inputs), rows: rows, columns: inputs),
                rows: 0..<rows, into: output, share: 0..<1, bytes: RowBytes(rows: rows, columns: inputs))
            #expect(abs(output.row(2)[0] - x * w * Float(inputs)) < 0.5)
        }
    }

    @Test(arguments: machines, Precision.allCases)
    func aRowDoesNotDependOnItsNeighbours(_ machine: InstructionSet, _ precision: Precision) {
        let all = Case((29, 200, 96))
        let layer = all.layer(precision, machine)
        let together = all.result(layer)
        for row in [0, 13, 28] {
            let output = Activations(rows: 1, columns: all.outputs)
            layer.apply(
                Activations(all.x, rows: all.rows, columns: all.inputs), rows: row..<row + 1, into: output,
                outputStart: row, share: 0..<layer.panels, bytes: RowBytes(rows: 1, columns: all.inputs))
            #expect(output.row(0) == together[row])
        }
    }

    @Test func partsLieSideBySide() {
        let parts = [Case((1, 7, 32)), Case((1, 7, 16))]
        let layer = PackedLinear(
            parts.map { (Tensor($0.w, rows: $0.outputs, columns: 7), Tensor($0.bias, rows: 1, columns: $0.outputs)) })
        #expect(layer.outputs == 48 && layer.panels == 2)
        let output = Activations(rows: 1, columns: 48)
        layer.apply(
            Activations(parts[0].x, rows: 1, columns: 7), rows: 0..<1, into: output, share: 0..<2,
            bytes: RowBytes(rows: 1, columns: 7))
        #expect(
            output.row(0) == parts[0].result(parts[0].layer(.fp32, .best))[0]
                + parts[1].result(parts[1].layer(.fp32, .best))[0])
    }

    @Test(arguments: [Activation.gelu, .geluTanh, .relu, .tanh, .none])
    func activationsFollowTheSum(_ activation: Activation) {
        let values = stride(from: Float(-12), through: 12, by: 0.0625).map { $0 }
        let one = PackedLinear(
            [(Tensor([1], rows: 1, columns: 1), Tensor([0], rows: 1, columns: 1))], activation: activation)
        let output = Activations(rows: values.count, columns: 1)
        one.apply(
            Activations(values, rows: values.count, columns: 1), rows: 0..<values.count, into: output,
            share: 0..<1, bytes: RowBytes(rows: values.count, columns: 1))
        for (index, value) in values.enumerated() {
            let x = Double(value)
            let expected =
                switch activation {
                case .none: x
                case .gelu: 0.5 * x * (1 + erf(x / 2.0.squareRoot()))
                case .geluTanh: 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
                case .relu: max(x, 0)
                case .tanh: tanh(x)
                }
            #expect(abs(Double(output.row(index)[0]) - expected) < 2e-6, "\(activation) of \(x)")
        }
    }
}
