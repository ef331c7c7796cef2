import Foundation

/// Lists and fields as the database keeps them: JSON with its keys in order.
enum ColumnCoding {
    static func encode<T: Encodable>(_ value: T) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decode<T: Decodable>(_ type: T.Type, _ text: String) -> T? {
        // Nil is the answer for a text that was damaged: callers take it as an empty value.
        try? JSONDecoder().decode(type, from: Data(text.utf8))
    }

    /// A list of strings that was encoded here. Ten thousand notes are read at once, and hardly any has something to
    /// unescape.
    static func list(_ text: String) -> [String] {
        quoted(text) ?? decode([String].self, text) ?? []
    }

    /// Fields that were encoded here.
    static func fields(_ text: String) -> [String: String] {
        guard let parts = quoted(text), parts.count % 2 == 0 else {
            return decode([String: String].self, text) ?? [:]
        }
        var fields: [String: String] = [:]
        for index in stride(from: 0, to: parts.count, by: 2) { fields[parts[index]] = parts[index + 1] }
        return fields
    }

    /// What stands between quotation marks; nil when something is escaped.
    private static func quoted(_ text: String) -> [String]? {
        var text = text
        return text.withUTF8 { bytes in
            if bytes.contains(0x5C) { return nil }
            var parts: [String] = []
            var start: Int?
            for (index, byte) in bytes.enumerated() where byte == 0x22 {
                if let first = start {
                    parts.append(String(decoding: bytes[first..<index], as: UTF8.self))
                    start = nil
                } else {
                    start = index + 1
                }
            }
            return parts
        }
    }
}
