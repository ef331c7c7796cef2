package import CKernels

/// The instruction sets that the matrix products are written for.
public enum InstructionSet: String, Sendable, CaseIterable {
    /// Vectors of four floats, which every processor has.
    case portable
    case avx2
    /// With VNNI, the products of bytes.
    case avx512

    /// Whether this processor and its system run it.
    public var isAvailable: Bool { lh_machine_runs(code) != 0 }

    /// The fastest one available.
    public static let best = allCases.last { $0.isAvailable } ?? .portable

    /// The same set as the C kernels name it.
    package var code: lh_machine {
        switch self {
        case .portable: LH_PORTABLE
        case .avx2: LH_AVX2
        case .avx512: LH_AVX512
        }
    }
}

/// What a linear layer computes with.
public enum Precision: String, Sendable, CaseIterable {
    /// 32-bit floats throughout.
    case fp32
    /// Bytes: weights with a scale for each output, inputs with a scale and a zero for each token.
    /// All else stays in 32-bit floats.
    case int8
}
