import FoundationEssentials

/// JSON that was received, to be asked for what is expected in it. Whatever isn't as expected is nil.
indirect enum JSONValue: Decodable {
    case object([String: JSONValue])
    case array([JSONValue])
    case string(String)
    case number(Double)
    case boolean(Bool)
    case null

    /// Nil when `text` isn't JSON.
    init?(_ text: some Sequence<UInt8>) {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(text)) else { return nil }
        self = value
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self, let value = members[key] else { return nil }
        if case .null = value { return nil }
        return value
    }

    var first: JSONValue? {
        guard case .array(let items) = self else { return nil }
        return items.first
    }

    var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    var integer: Int? {
        guard case .number(let value) = self else { return nil }
        return Int(exactly: value)
    }

    /// Text as a string, or, as some servers send it, as a list of parts.
    var content: String? {
        guard case .array(let parts) = self else { return string }
        return parts.compactMap { $0["text"]?.string ?? $0.string }.joined()
    }

    /// What an error's body says, in the forms servers use.
    var errorMessage: String? {
        if let error = self["error"] { return error["message"]?.string ?? error.string ?? "" }
        if case .array = self { return first?.errorMessage }
        return nil
    }
}
