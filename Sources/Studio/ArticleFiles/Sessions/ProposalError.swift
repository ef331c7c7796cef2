import Diagnostics

/// Why a proposal that was kept can't be had.
package enum ProposalError: UserFacingError {
    /// `place` is where the file is now.
    case damaged(article: String, filePath: String)
    /// A newer Longhand wrote it.
    case newer(article: String, filePath: String)

    package var message: String {
        switch self {
        case .damaged(let article, let filePath):
            "The proposal kept for \(terminalSafe(article)) is damaged; it was put aside as \(terminalSafe(filePath))."
        case .newer(let article, let filePath):
            "The proposal kept for \(terminalSafe(article)) was written by a newer Longhand; it was put aside as \(terminalSafe(filePath))."
        }
    }

    package var status: ExitStatus { .badInput }
}
