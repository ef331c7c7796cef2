import Diagnostics

/// Why a proposal that was kept can't be had.
package enum ProposalError: SpokenError {
    /// `place` is where the file is now.
    case damaged(article: String, place: String)
    /// A newer Longhand wrote it.
    case newer(article: String, place: String)

    package var message: String {
        switch self {
        case .damaged(let article, let place): "The proposal kept for \(terminalSafe(article)) is damaged; it was put aside as \(terminalSafe(place))."
        case .newer(let article, let place): "The proposal kept for \(terminalSafe(article)) was written by a newer Longhand; it was put aside as \(terminalSafe(place))."
        }
    }

    package var status: ExitStatus { .badInput }
}
