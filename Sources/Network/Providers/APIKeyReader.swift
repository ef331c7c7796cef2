#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads a provider's key when it is needed. What it returns goes into one header and nowhere else.
///
/// The key is in no value that the workspace, an error or a log could hold.
public enum APIKeyReader {
    /// The key, or nil when the source says that none is needed.
    public static func key(
        from source: KeySource, isCancelled: () -> Bool, timeoutSeconds: Int = 20
    ) throws(ProviderError) -> String? {
        switch source {
        case .none:
            return nil
        case .environment(let name):
            guard let value = getenv(name) else { throw .keyMissing(variable: name) }
            let key = trimmed(Array(String(cString: value).utf8))
            guard !key.isEmpty else { throw .keyMissing(variable: name) }
            guard isUsable(key) else {
                throw .notConfigured(
                    reason: "the environment variable \(name) holds characters that no key has")
            }
            return key
        case .command(let command):
            let key = trimmed(try KeyCommand.output(of: command, isCancelled, timeoutSeconds))
            guard !key.isEmpty else { throw .keyCommand(reason: "printed nothing") }
            guard isUsable(key) else { throw .keyCommand(reason: "printed more than a key") }
            return key
        }
    }

    /// A key becomes part of a header's line: visible ASCII only.
    private static func isUsable(_ key: String) -> Bool {
        key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static func trimmed(_ bytes: [UInt8]) -> String {
        var rest = bytes[...]
        while let first = rest.first, first <= 0x20 { rest.removeFirst() }
        while let last = rest.last, last <= 0x20 { rest.removeLast() }
        return String(decoding: rest, as: UTF8.self)
    }
}
