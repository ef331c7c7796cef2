import JSON
import Retrieval
import Synchronization

/// What `longhand index --watch` writes: a line a batch to standard output, all else to standard error.
final class WatchOutput: Sendable {
    let library = Mutex<Library?>(nil)
    /// Standard output takes nothing any more.
    let isBroken = CancelFlag()
    private let isJSON: Bool
    private let line = ProgressLine()
    private let batches = Mutex(0)

    init(isJSON: Bool) { self.isJSON = isJSON }

    func show(_ event: LibraryUpdater.Event, watching folders: Int) {
        switch event {
        case .progress(let progress):
            line.show(progress)
        case .updated(let report, let isAsked):
            line.clear()
            // The first look at everything found what the run before it left.
            if isAsked {
                Console.error(
                    folders > 0
                        ? "longhand: watching \(folders) \(folders == 1 ? "folder" : "folders"); Ctrl-C ends."
                        : "longhand: looking for changes; Ctrl-C ends.")
            }
            if !isAsked || report.changed > 0 { printBatch(report) }
        case .weakness(let weakness):
            line.clear()
            Console.error("longhand: " + weakness.sentence)
        case .renewed(let sentence):
            line.clear()
            Console.error("longhand: " + sentence)
        case .failed(let error):
            line.clear()
            Console.complain(error)
        case .paused:
            break
        }
    }

    private func printBatch(_ report: IndexReport) {
        let batch = batches.withLock { batches in
            batches += 1
            return batches
        }
        do {
            if isJSON {
                try Console.print(OrderedJSON.document([("batch", .integer(batch))] + report.fields).compact)
            } else {
                try Console.print(
                    "\(report.changed) changed: \(report.notes) notes, \(report.passages) passages, "
                        + "embedded \(report.embedded), \(report.removed) notes removed (\(report.tookMs) ms)")
            }
        } catch {
            isBroken.raise()
        }
    }
}
