import Diagnostics

/// Why an answer isn't put into an article.
package enum AnswerError: UserFacingError {
    /// - Parameter gap: a sentence that says what is missing.
    case notWhole(article: String, gap: String)

    package var message: String {
        switch self {
        case .notWhole(let article, let gap):
            "\(terminalSafe(article)) is as it was, since this is not the whole answer: \(terminalSafe(gap))"
        }
    }

    package var hint: String? {
        switch self {
        case .notWhole: "--apply-incomplete puts in what there is."
        }
    }

    package var status: ExitStatus { .network }
}
