/// How an installation tells how far it is, and hears that it is to end.
package struct InstallProgress: Sendable {
    /// Told what is done just now, in words; often.
    package let show: @Sendable (String) -> Void
    /// Whether the writer wants it to end.
    package let isCancelled: @Sendable () -> Bool

    package init(show: @escaping @Sendable (String) -> Void, isCancelled: @escaping @Sendable () -> Bool) {
        self.show = show
        self.isCancelled = isCancelled
    }
}
