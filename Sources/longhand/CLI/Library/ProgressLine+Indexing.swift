import Retrieval

extension ProgressLine {
    func show(_ progress: IndexProgress) {
        if progress.phase == .waiting {
            let writer = progress.writer.map { " (process \($0))" } ?? ""
            // Said at once, and so that it stays.
            clear()
            Console.error("longhand: another Longhand\(writer) is writing this library; waiting until it is done.")
            return
        }
        guard progress.total > 0, progress.phase != .finished else { return }
        show(
            "\(progress.phase.rawValue) \(progress.done)/\(progress.total)"
                + (progress.timeLeft.map { ", " + $0 } ?? ""))
    }
}
