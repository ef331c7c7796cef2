import JSON

/// What is printed as JSON, for scripts and people: a version first, and null for what isn't known.
extension OrderedJSON {
    static func optional(_ value: String?) -> OrderedJSON { value.map { .string($0) } ?? .null }
    static func optional(_ value: Double?) -> OrderedJSON { value.map { .number($0) } ?? .null }
    static func optional(_ value: Int?) -> OrderedJSON { value.map { .integer($0) } ?? .null }
    static func strings(_ values: [String]) -> OrderedJSON { .array(values.map { .string($0) }) }

    /// The document every `--json` prints: its version first.
    static func document(_ fields: [(String, OrderedJSON)]) -> OrderedJSON {
        .object([("version", .integer(1))] + fields)
    }
}
