/// The functions of a Swift source, with how long they are and how much they are given.
///
/// A scan of bytes, not a parser: enough to count by, and it needs no library.
struct FunctionScan {
    struct Function: Equatable {
        /// `draw` or `init`.
        var name: String
        var parameters: Int
        /// From the line of its name to that of its closing brace; 1 without a body.
        var lines: Int
        /// Whether it is an initializer that only gives properties their values, as the compiler would write it.
        var isMemberwise: Bool
    }

    /// Without what stands in comments and in quotation marks.
    private let code: [UInt8]

    init(_ source: String) { code = Self.blanked(Array(source.utf8)) }

    var functions: [Function] {
        var found: [Function] = []
        var index = 0
        while index < code.count {
            guard Self.isLetter(code[index]) else { index += 1; continue }
            let word = word(at: index)
            let isStart = index == 0 || code[index - 1] != UInt8(ascii: ".")
            if isStart, word == "func", let function = function(at: index, isInitializer: false) {
                found.append(function)
            }
            if isStart, word == "init", isDeclared(at: index), let function = function(at: index, isInitializer: true) {
                found.append(function)
            }
            index += max(1, word.utf8.count)
        }
        return found
    }

    /// - Parameter start: where `func` or `init` stands.
    private func function(at start: Int, isInitializer: Bool) -> Function? {
        var index = start + 4
        var name = "init"
        if !isInitializer {
            index = skipBlanks(index)
            let end =
                code[index...].firstIndex { Self.isBlank($0) || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "<") }
                ?? code.count
            // An operator has its angle brackets in its name.
            name = String(decoding: code[index..<max(end, index)], as: UTF8.self)
            index = end
        }
        guard let open = code[index...].firstIndex(of: UInt8(ascii: "(")), let close = closing(open) else { return nil }
        let parameters = parameters(open + 1..<close)
        guard let body = bodyStart(close + 1), let end = closing(body) else {
            return Function(name: name, parameters: parameters, lines: 1, isMemberwise: false)
        }
        let lines = code[start...end].count { $0 == UInt8(ascii: "\n") } + 1
        return Function(
            name: name, parameters: parameters, lines: lines, isMemberwise: isInitializer && onlyStores(body + 1..<end))
    }

    /// Colons outside of brackets: one a parameter.
    private func parameters(_ range: Range<Int>) -> Int {
        var depth = 0
        var count = 0
        for index in range {
            switch code[index] {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ":") where depth == 0: count += 1
            default: break
            }
        }
        return count
    }

    /// The brace that opens the body; nil for a requirement of a protocol.
    private func bodyStart(_ start: Int) -> Int? {
        var index = start
        while index < code.count {
            switch code[index] {
            case UInt8(ascii: "{"): return index
            case UInt8(ascii: "}"), UInt8(ascii: ";"), UInt8(ascii: "="): return nil
            case UInt8(ascii: "\n"):
                // A signature goes on with one of a few words.
                let next = skipBlanks(index)
                guard next < code.count else { return nil }
                let goesOn = ["where", "throws", "async", "rethrows"].contains(word(at: next))
                if !goesOn, code[next] != UInt8(ascii: "{"), code[next] != UInt8(ascii: "-") { return nil }
                index = next
                if code[index] == UInt8(ascii: "{") { return index }
            default: break
            }
            index += 1
        }
        return nil
    }

    /// Whether each line gives one property its value.
    private func onlyStores(_ body: Range<Int>) -> Bool {
        String(decoding: code[body], as: UTF8.self).split(separator: "\n").allSatisfy { line in
            let words = line.split(separator: " ")
            guard let first = words.first else { return true }
            return words.count > 2 && words[1] == "=" && (first.hasPrefix("self.") || first.allSatisfy(\.isLetter))
        }
    }

    /// Whether `init` declares and isn't called: it stands behind a line's start or a word.
    private func isDeclared(at index: Int) -> Bool {
        var before = index - 1
        while before >= 0, code[before] == UInt8(ascii: " ") { before -= 1 }
        return before < 0 || code[before] == UInt8(ascii: "\n") || Self.isLetter(code[before])
            || code[before] == UInt8(ascii: "{")
    }

    private func closing(_ open: Int) -> Int? {
        var depth = 0
        for index in open..<code.count {
            switch code[index] {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return index }
            default: break
            }
        }
        return nil
    }

    private func word(at index: Int) -> String {
        String(decoding: code[index...].prefix { Self.isLetter($0) || (0x30...0x39).contains($0) }, as: UTF8.self)
    }

    private func skipBlanks(_ index: Int) -> Int {
        code[index...].firstIndex { !Self.isBlank($0) } ?? code.count
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A }
    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
    }

    /// The source with blanks for comments and texts in quotation marks; its lines stay.
    static func blanked(_ source: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(source.count)
        var index = 0
        func stands(_ text: StaticString, at index: Int) -> Bool {
            text.withUTF8Buffer { source[index...].starts(with: $0) }
        }
        while index < source.count {
            let end: Int
            if source[index] == UInt8(ascii: "/"), stands("//", at: index) {
                end = source[index...].firstIndex(of: 0x0A) ?? source.count
            } else if source[index] == UInt8(ascii: "\"") || source[index] == UInt8(ascii: "#"),
                let text = endOfText(source, index)
            {
                end = text
            } else {
                result.append(source[index])
                index += 1
                continue
            }
            result.append(contentsOf: source[index..<end].map { $0 == 0x0A ? 0x0A : 0x20 })
            index = end
        }
        return result
    }

    /// Behind the text in quotation marks that begins at `start`; nil when none does.
    private static func endOfText(_ source: [UInt8], _ start: Int) -> Int? {
        let hashes = source[start...].prefix { $0 == UInt8(ascii: "#") }.count
        var index = start + hashes
        guard index < source.count, source[index] == UInt8(ascii: "\"") else { return nil }
        let quotes = source[index...].starts(with: Array("\"\"\"".utf8)) ? 3 : 1
        let mark =
            [UInt8](repeating: UInt8(ascii: "\""), count: quotes) + [UInt8](repeating: UInt8(ascii: "#"), count: hashes)
        let escape = [UInt8(ascii: "\\")] + [UInt8](repeating: UInt8(ascii: "#"), count: hashes)
        index += quotes
        while index < source.count {
            if source[index] == UInt8(ascii: "\""), source[index...].starts(with: mark) { return index + mark.count }
            if source[index] == UInt8(ascii: "\\"), source[index...].starts(with: escape) {
                index += escape.count
                guard index < source.count else { break }
                index = source[index] == UInt8(ascii: "(") ? endOfInterpolation(source, index) : index + 1
            } else {
                index += 1
            }
        }
        return source.count
    }

    /// - Parameter start: where the bracket opens.
    private static func endOfInterpolation(_ source: [UInt8], _ start: Int) -> Int {
        var depth = 0
        var index = start
        while index < source.count {
            switch source[index] {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return index + 1 }
            case UInt8(ascii: "\""):
                index = endOfText(source, index) ?? index + 1
                continue
            default: break
            }
            index += 1
        }
        return index
    }
}
