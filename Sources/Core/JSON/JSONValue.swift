/// A JSON value as a tree: for small files, and for what a server sent.
public enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

/// Asking for what is expected: whatever isn't as expected is nil.
extension JSONValue {
    /// The value that `text` spells; nil when it isn't JSON. Of a key that comes twice, the last counts.
    public init?(_ text: some Sequence<UInt8>) {
        var reader = JSONReader(Array(text), duplicateKeys: .lastCounts)
        do throws(JSONReader.Failure) {
            self = try reader.value()
            try reader.end()
        } catch {
            return nil
        }
    }

    /// The member called `key`; nil when there is none or it is `null`.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self, let value = members[key], value != .null else { return nil }
        return value
    }

    /// The elements of an array.
    public var elements: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The text of a string.
    public var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// A number that is whole and fits.
    public var integer: Int? {
        guard case .number(let value) = self else { return nil }
        return Int(exactly: value)
    }
}
