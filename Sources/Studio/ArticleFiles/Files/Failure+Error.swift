import Diagnostics
import Workbench

extension Failure {
    /// Any error as the screen says it; one that was not made to be read is named by its type.
    package init(_ error: any Error) {
        if let error = error as? any UserFacingError {
            self.init(message: terminalSafe(error.message), hint: error.hint.map { terminalSafe($0) })
        } else {
            self.init(message: terminalSafe("\(error)"))
        }
    }
}
