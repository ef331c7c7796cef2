import Diagnostics
import Workbench

extension Failure {
    /// Any error as the screen says it; one that was not made to be read is named by its type.
    package init(_ error: any Error) {
        if let spoken = error as? any SpokenError {
            self.init(message: terminalSafe(spoken.message), hint: spoken.hint.map { terminalSafe($0) })
        } else {
            self.init(message: terminalSafe("\(error)"))
        }
    }
}
