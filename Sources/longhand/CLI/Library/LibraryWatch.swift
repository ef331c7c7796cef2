import Embedding
import Retrieval
import Watching

/// `longhand index --watch`: keeps a library up to date and says so, until Ctrl-C.
struct LibraryWatch {
    let opened: OpenedProject
    let encoder: (any PassageEncoder)?
    let remote: RemoteEmbeddingChoice?
    let isJSON: Bool

    /// - Throws: `LibraryError.cancelled` on Ctrl-C, which is how it ends; what keeps standard output from being written.
    func run() throws {
        // Whoever didn't agree above isn't asked again at each change.
        if let remote, try remote.agreedEncoder() == nil { throw CommandError.usage(remote.missingAgreement) }
        let watch = FolderWatch(root: opened.project.root)
        Interruption.wakes(watch.wakeDescriptor)
        let output = WatchOutput(isJSON: isJSON)
        let layout = opened.settings.layout(of: opened.project, paths: opened.paths)
        let updater = LibraryUpdater(
            source: LibraryUpdater.Source(
                open: { [encoder, output] () throws(LibraryError) in
                    try output.library.withLock { library throws(LibraryError) in
                        if let library { return library }
                        let opened = try Library(project: layout, encoder: encoder)
                        library = opened
                        return opened
                    }
                },
                renew: { [output] damaged throws(LibraryError) in
                    output.library.withLock { $0 = nil }
                    return try Library.quarantine(project: layout, opened: damaged)
                }),
            watch: watch, isInterrupted: { [output] in Interruption.isRequested || output.isBroken.isRaised },
            report: { [output, watch] in output.show($0, watching: watch.count) })
        updater.run()
        if output.isBroken.isRaised { try Console.output.finish() }
        throw LibraryError.cancelled
    }
}
