/// A pattern for project-relative paths, matched over bytes.
///
/// `*` and `?` stay within one name, `**` crosses folders, `[a-z]` and `[!a-z]` are sets. A pattern
/// without `/` matches a name at any depth; any pattern that matches a folder matches all below it.
/// Limits: sets are of ASCII bytes, case matters, no braces.
public struct Glob: Sendable, Equatable {
    private let parts: [[UInt8]]

    public init(_ pattern: String) {
        var text = Substring(pattern)
        if text.hasPrefix("./") { text = text.dropFirst(2) }
        var parts = text.split(separator: "/").map { Array($0.utf8) }
        let anchored = text.hasPrefix("/") || parts.count > 1
        if !anchored, !parts.isEmpty { parts.insert(Array("**".utf8), at: 0) }
        self.parts = parts
    }

    /// How many names the pattern spells out: the deeper of two folders has more.
    var depth: Int { parts.lazy.filter { $0 != Glob.any }.count }

    /// Whether the file at `path`, or a folder above it, matches.
    public func matches(_ path: String) -> Bool {
        let names = path.split(separator: "/").map { Array($0.utf8) }
        guard !parts.isEmpty, !names.isEmpty else { return false }
        return Glob.match(parts[...], names[...])
    }

    private static let any = Array("**".utf8)

    private static func match(_ parts: ArraySlice<[UInt8]>, _ names: ArraySlice<[UInt8]>) -> Bool {
        // Names left over lie below the folder that matched.
        guard let part = parts.first else { return true }
        if part == any {
            let rest = parts.dropFirst().drop { $0 == any }
            if rest.isEmpty { return !names.isEmpty }
            var tail = names
            while !tail.isEmpty {
                if match(rest, tail) { return true }
                tail = tail.dropFirst()
            }
            return false
        }
        guard let name = names.first, matchName(part, name) else { return false }
        return match(parts.dropFirst(), names.dropFirst())
    }

    /// The usual two-pointer walk: on a mismatch, the last star takes one byte more.
    private static func matchName(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
        var p = 0
        var n = 0
        var star = -1
        var mark = 0
        while n < name.count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                star = p
                mark = n
                p += 1
            } else if p < pattern.count, let next = matchOne(pattern, p, name, n) {
                p = next.pattern
                n = next.name
            } else if star >= 0 {
                p = star + 1
                mark += 1
                n = mark
            } else {
                return false
            }
        }
        while p < pattern.count, pattern[p] == UInt8(ascii: "*") { p += 1 }
        return p == pattern.count
    }

    private static func matchOne(
        _ pattern: [UInt8], _ p: Int, _ name: [UInt8], _ n: Int
    ) -> (pattern: Int, name: Int)? {
        switch pattern[p] {
        case UInt8(ascii: "?"):
            // One character, whatever its length in UTF-8.
            var end = n + 1
            while end < name.count, name[end] & 0xC0 == 0x80 { end += 1 }
            return (p + 1, end)
        case UInt8(ascii: "["):
            guard let close = pattern[(p + 1)...].dropFirst().firstIndex(of: UInt8(ascii: "]")) else {
                return name[n] == pattern[p] ? (p + 1, n + 1) : nil
            }
            var i = p + 1
            let negated = pattern[i] == UInt8(ascii: "!") || pattern[i] == UInt8(ascii: "^")
            if negated { i += 1 }
            var found = false
            while i < close {
                if i + 2 < close, pattern[i + 1] == UInt8(ascii: "-") {
                    if pattern[i] <= name[n], name[n] <= pattern[i + 2] { found = true }
                    i += 3
                } else {
                    if pattern[i] == name[n] { found = true }
                    i += 1
                }
            }
            return found != negated ? (close + 1, n + 1) : nil
        default:
            return pattern[p] == name[n] ? (p + 1, n + 1) : nil
        }
    }
}
