import Assistant

/// A model that answers in a stream.
public protocol Provider: Sendable {
    /// Sends `request` as it is and blocks until the answer has ended; call it off the main thread.
    ///
    /// - Parameters:
    ///   - isCancelled: asked some twenty times a second.
    ///   - onDelta: called with each piece of text, on the caller's thread. What it was given stays
    ///     valid whatever is thrown later.
    func stream(
        _ request: ChatRequest, isCancelled: @Sendable () -> Bool,
        onDelta: @Sendable (String) -> Void
    ) throws(ProviderError) -> ChatResult
}
