/// Links in double brackets, of which a passage keeps what a reader sees.
package enum WikiLinks {
    /// `[[target]]` is `target`, `[[target|shown]]` is `shown`; code spans keep theirs.
    package static func markdown(_ line: String) -> String { replaced(line, separator: "|", isOrg: false) }

    /// `[[target]]` is `target`, `[[target][shown]]` is `shown`.
    package static func org(_ line: String) -> String { replaced(line, separator: "][", isOrg: true) }

    private static func replaced(_ line: String, separator: String, isOrg: Bool) -> String {
        let bytes = Array(line.utf8)
        let open = UInt8(ascii: "[")
        let close = UInt8(ascii: "]")
        let mark = Array(separator.utf8)
        var result: [UInt8] = []
        var isChanged = false
        var inCode = false
        var i = 0
        while i < bytes.count {
            if !isOrg, bytes[i] == UInt8(ascii: "`") { inCode.toggle() }
            guard !inCode, bytes[i] == open, i + 1 < bytes.count, bytes[i + 1] == open else {
                result.append(bytes[i])
                i += 1
                continue
            }
            // A link that opens again inside begins there: each byte is passed over once.
            var end = i + 2
            var shown = end
            while end < bytes.count, !(bytes[end] == close && end + 1 < bytes.count && bytes[end + 1] == close) {
                if shown == i + 2, bytes[end...].starts(with: mark) {
                    end += mark.count
                    shown = end
                    continue
                }
                if bytes[end] == open { break }
                end += 1
            }
            guard end + 1 < bytes.count, bytes[end] == close, end > i + 2 else {
                // Of three brackets the last two may be a link's.
                let stop = end == i + 2 ? i + 1 : end
                result += bytes[i..<stop]
                i = stop
                continue
            }
            if !isOrg, result.last == UInt8(ascii: "!") { result.removeLast() }
            result += bytes[(shown == end ? i + 2 : shown)..<end]
            i = end + 2
            isChanged = true
        }
        return isChanged ? String(decoding: result, as: UTF8.self) : line
    }
}
