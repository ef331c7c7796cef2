/// Finding a literal in a text.
public enum TextSearch {
    /// The first match at or after `from`, or backwards the last one that ends at or before it.
    ///
    /// - Parameters:
    ///   - needle: what is looked for; nothing finds nothing.
    ///   - text: what is searched.
    ///   - from: UTF-8 bytes from its start.
    ///   - backwards: towards the start.
    ///   - ignoringCase: folds ASCII letters; other scripts are compared as they are.
    public static func find(
        _ needle: String, in text: Text, from: Int, backwards: Bool, ignoringCase: Bool
    ) -> Range<Int>? {
        let pattern = needle.utf8.map { ignoringCase ? folded($0) : $0 }
        guard !pattern.isEmpty, pattern.count <= text.utf8Count else { return nil }
        return backwards
            ? last(pattern, in: text, before: from, ignoringCase: ignoringCase)
            : first(pattern, in: text, from: from, ignoringCase: ignoringCase)
    }

    private static let window = 1 << 16

    private static func first(_ pattern: [UInt8], in text: Text, from: Int, ignoringCase: Bool) -> Range<Int>? {
        var start = max(0, from)
        while start + pattern.count <= text.utf8Count {
            let end = min(text.utf8Count, start + window + pattern.count - 1)
            let bytes = text.bytes(in: start..<end)
            if let index = scan(bytes, pattern, ignoringCase, backwards: false) {
                return start + index..<start + index + pattern.count
            }
            start += window
        }
        return nil
    }

    private static func last(_ pattern: [UInt8], in text: Text, before: Int, ignoringCase: Bool) -> Range<Int>? {
        var end = min(text.utf8Count, before)
        while end >= pattern.count {
            let start = max(0, end - window - pattern.count + 1)
            let bytes = text.bytes(in: start..<end)
            if let index = scan(bytes, pattern, ignoringCase, backwards: true) {
                return start + index..<start + index + pattern.count
            }
            guard start > 0 else { return nil }
            end = start + pattern.count - 1
        }
        return nil
    }

    private static func scan(_ bytes: [UInt8], _ pattern: [UInt8], _ ignoringCase: Bool, backwards: Bool) -> Int? {
        guard bytes.count >= pattern.count else { return nil }
        return bytes.withUnsafeBufferPointer { haystack in
            pattern.withUnsafeBufferPointer { pattern in
                func matches(_ start: Int) -> Bool {
                    for offset in 0..<pattern.count {
                        let byte = haystack[start + offset]
                        if (ignoringCase ? folded(byte) : byte) != pattern[offset] { return false }
                    }
                    return true
                }
                let last = haystack.count - pattern.count
                if backwards {
                    for start in stride(from: last, through: 0, by: -1) where matches(start) { return start }
                } else {
                    for start in 0...last where matches(start) { return start }
                }
                return nil
            }
        }
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
    }
}
