import ModelInstall

extension ProgressLine {
    /// Shows how far an installation is, which Ctrl-C ends.
    var installProgress: InstallProgress {
        InstallProgress(show: { [self] in show($0) }, isCancelled: { Interruption.isRequested })
    }
}

extension ModelStore {
    /// Takes the model for this process, and says so where another has it.
    func lock(_ name: String) throws(ModelInstallError) -> ModelLock {
        try lock(
            name, onWait: { Console.error("Another longhand is busy with \(name); waiting for it.") },
            isCancelled: { Interruption.isRequested })
    }
}
