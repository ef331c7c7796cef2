internal import CKernels

/// What follows a linear layer's sum.
public enum Activation: String, Sendable, Equatable {
    case none
    /// x * Phi(x), by the error function.
    case gelu
    /// GELU by its tanh form.
    case geluTanh
    case relu
    case tanh
}

/// A linear layer, y = activation(x · weightᵀ + bias), packed for the matrix products.
///
/// The outputs are in panels of 32. A panel is one piece of work, so that several threads can share
/// a product: each takes some panels. A row's sum is taken in the same order whatever rows are
/// computed with it, so a text's vector doesn't depend on its neighbours.
///
/// The weights of a panel lie in the order in which the products read them: as floats or, with `int8`, as bytes with
/// a scale for each 192 inputs. `matmul_tiles.h` is the product, written once for every width of vector, and the
/// files `bytes_*.h` say how each machine multiplies bytes.
public final class PackedLinear: @unchecked Sendable {
    // Unchecked: nothing writes to the memory after init.
    /// Numbers in a row of input.
    public let inputs: Int
    /// Numbers in a row of output, those of all parts together.
    public let outputs: Int
    /// How the weights are packed and the products computed.
    public let precision: Precision
    /// The function that each sum goes through.
    public let activation: Activation
    /// How many panels there are.
    public let panels: Int

    private let machine: InstructionSet
    private let weights: UnsafeMutableRawPointer
    private let columns: UnsafeMutablePointer<lh_byte_columns>
    private let bias: UnsafeMutablePointer<Float>
    private let panelBytes: Int
    /// Groups of inputs that share a scale, with bytes.
    private let groups: Int

    /// Packs `parts`, whose outputs are put side by side: [outputs, inputs] each, as PyTorch keeps a
    /// linear layer, with a bias of [1, outputs].
    public init(
        _ parts: [(weight: Tensor, bias: Tensor)], activation: Activation = .none,
        precision: Precision = .fp32, machine: InstructionSet = .best
    ) {
        precondition(!parts.isEmpty, "a linear layer without weights")
        let inputs = parts[0].weight.columns
        for (weight, bias) in parts {
            precondition(
                weight.columns == inputs && weight.type == parts[0].weight.type
                    && bias.rows == 1 && bias.columns == weight.rows, "shapes don't fit")
        }
        self.inputs = inputs
        self.precision = precision
        self.activation = activation
        self.machine = machine
        outputs = parts.reduce(0) { $0 + $1.weight.rows }
        panels = (outputs + panelColumns - 1) / panelColumns
        panelBytes = (precision == .fp32 ? inputs * 4 : (inputs + 3) / 4 * 4) * panelColumns
        weights = .allocate(byteCount: max(panels * panelBytes, 1), alignment: 64)
        groups = lh_groups(inputs)
        columns = .allocate(capacity: precision == .int8 ? panels * groups : 0)
        bias = .allocate(capacity: panels * panelColumns)
        bias.initialize(repeating: 0, count: panels * panelColumns)
        for (index, value) in parts.flatMap(\.bias.values).enumerated() { bias[index] = value }
        var rows: [UnsafeRawPointer?] = parts.flatMap { part in (0..<part.weight.rows).map(part.weight.row) }
        rows += [UnsafeRawPointer?](repeating: nil, count: panels * panelColumns - rows.count)
        let type = parts[0].weight.type
        pack(rows, type)
    }

    private func pack(_ rows: [UnsafeRawPointer?], _ type: ElementType) {
        let scratch = Activations(rows: 1, columns: inputs)
        rows.withUnsafeBufferPointer { rows in
            guard let first = rows.baseAddress else { return }
            for panel in 0..<panels {
                let start = weights + panel * panelBytes
                let outputs = first + panel * panelColumns
                switch precision {
                case .fp32:
                    lh_pack_floats(start.assumingMemoryBound(to: Float.self), outputs, type.code, inputs)
                case .int8:
                    lh_pack_bytes(
                        start.assumingMemoryBound(to: Int8.self), columns + panel * groups, outputs,
                        type.code, inputs, scratch.base)
                }
            }
        }
    }

    /// output[r, 32 * p...] for each row r of `rows` and each panel p of `share`.
    ///
    /// - Parameters:
    ///   - input: at least [rows, inputs]; its row r - `inputStart` is row r's
    ///   - output: its row r - `outputStart` is row r's
    ///   - share: the panels to compute
    ///   - bytes: this thread's scratch, used with int8
    ///   - isFirst: whether `bytes` has yet to take these rows; false for more panels of the same rows
    public func apply(
        _ input: Activations, rows: Range<Int>, inputStart: Int = 0, into output: Activations,
        outputStart: Int = 0, share: Range<Int>, bytes: RowBytes, isFirst: Bool = true
    ) {
        precondition(
            input.columns >= inputs && rows.lowerBound >= max(inputStart, outputStart)
                && rows.upperBound - inputStart <= input.rows
                && rows.upperBound - outputStart <= output.rows
                && share.lowerBound >= 0 && share.upperBound <= panels
                && panels * panelColumns <= output.stride, "shapes don't fit")
        let x = input.base + (rows.lowerBound - inputStart) * input.stride
        let y = output.base + (rows.lowerBound - outputStart) * output.stride
        if precision == .int8, isFirst { bytes.quantise(x, input.stride, rows: rows.count, columns: inputs) }
        for panel in share {
            let start = weights + panel * panelBytes
            let target = y + panel * panelColumns
            switch precision {
            case .fp32:
                lh_multiply_floats(
                    machine.code, x, input.stride, rows.count,
                    start.assumingMemoryBound(to: Float.self), inputs, bias + panel * panelColumns, target,
                    output.stride)
            case .int8:
                lh_multiply_bytes(
                    machine.code, bytes.base, bytes.stride, bytes.scales, rows.count,
                    start.assumingMemoryBound(to: Int8.self), inputs, columns + panel * groups,
                    bias + panel * panelColumns, target, output.stride)
            }
            // While the panel's outputs are in the first cache.
            activate(target, output.stride, rows: rows.count)
        }
    }

    private func activate(_ x: UnsafeMutablePointer<Float>, _ stride: Int, rows: Int) {
        switch activation {
        case .none: break
        case .gelu: lh_gelu(x, stride, rows, panelColumns)
        case .geluTanh: lh_gelu_tanh(x, stride, rows, panelColumns)
        case .relu: lh_relu(x, stride, rows, panelColumns)
        case .tanh: for row in 0..<rows { lh_tanh(x + row * stride, panelColumns) }
        }
    }
}

/// One thread's scratch for rows of bytes.
public final class RowBytes {
    let base: UnsafeMutablePointer<UInt8>
    let scales: UnsafeMutablePointer<lh_row_scale>
    let stride: Int
    private let rows: Int
    private let columns: Int

    /// Room for `rows` rows of `columns` numbers.
    public init(rows: Int, columns: Int) {
        self.rows = rows
        stride = (columns + 63) / 64 * 64 + 64
        self.columns = columns
        base = .allocate(capacity: max(rows, 1) * stride)
        scales = .allocate(capacity: max(rows, 1) * lh_groups(columns))
    }

    deinit {
        base.deallocate()
        scales.deallocate()
    }

    func quantise(_ x: UnsafePointer<Float>, _ xStride: Int, rows: Int, columns: Int) {
        precondition(rows <= self.rows && columns <= self.columns, "scratch too small")
        lh_quantise_rows(x, xStride, rows, columns, base, stride, scales)
    }
}
