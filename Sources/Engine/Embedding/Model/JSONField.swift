import JSON

/// A value together with where it stands, so that every complaint about it names file and field.
struct JSONField: Sendable {
    let path: String
    /// Such as `normalizer.normalizers.0.type`.
    let name: String
    let value: JSONValue

    /// The member called `key`, or nil when it isn't there or is `null`.
    func member(_ key: String) throws(ModelError) -> JSONField? {
        guard case .object(let members) = value else { throw wrong("it isn't an object") }
        guard let member = members[key], member != .null else { return nil }
        return JSONField(path: path, name: name.isEmpty ? key : name + "." + key, value: member)
    }

    func required(_ key: String) throws(ModelError) -> JSONField {
        guard let member = try member(key) else {
            throw .malformed(
                path: path, field: name.isEmpty ? key : name + "." + key, reason: "the field is missing")
        }
        return member
    }

    func elements() throws(ModelError) -> [JSONField] {
        guard case .array(let elements) = value else { throw wrong("it isn't an array") }
        return elements.enumerated().map { JSONField(path: path, name: "\(name).\($0)", value: $1) }
    }

    func string() throws(ModelError) -> String {
        guard case .string(let string) = value else { throw wrong("it isn't a string") }
        return string
    }

    func bool() throws(ModelError) -> Bool {
        guard case .bool(let bool) = value else { throw wrong("it isn't true or false") }
        return bool
    }

    func integer() throws(ModelError) -> Int {
        guard case .number(let number) = value, let whole = Int(exactly: number) else {
            throw wrong("it isn't a whole number")
        }
        return whole
    }

    func wrong(_ reason: String) -> ModelError {
        .malformed(path: path, field: name.isEmpty ? "JSON" : name, reason: reason)
    }

    /// For what is well formed and unknown here.
    func unsupported() -> ModelError {
        let shown =
            switch value {
            case .null: "null"
            case .bool(let bool): "\(bool)"
            case .number(let number): "\(number)"
            case .string(let string): String(string.prefix(80))
            case .array: "an array"
            case .object: "an object"
            }
        return .unsupported(path: path, field: name, value: shown)
    }
}
