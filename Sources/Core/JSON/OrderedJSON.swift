/// JSON to be written, whose objects keep the order they were given in.
public indirect enum OrderedJSON {
    case null
    case object([(String, OrderedJSON)])
    case array([OrderedJSON])
    case string(String)
    case number(Double)
    case integer(Int)
    case boolean(Bool)
    /// JSON that was made elsewhere, as it is.
    case verbatim(String)

    /// All in one line, without blanks between the parts.
    public var compact: String {
        var out = ""
        write(to: &out, indent: nil)
        return out
    }

    /// Two blanks a level, one member a line.
    public var pretty: String {
        var out = ""
        write(to: &out, indent: 0)
        return out
    }

    private func write(to out: inout String, indent: Int?) {
        switch self {
        case .null: out += "null"
        case .verbatim(let text): out += text
        case .string(let text): out += quoted(text)
        // JSON has no infinities.
        case .number(let value): out += value.isFinite ? "\(value)" : "null"
        case .integer(let value): out += "\(value)"
        case .boolean(let value): out += value ? "true" : "false"
        case .array(let items):
            OrderedJSON.list(items, "[", "]", to: &out, indent: indent) { item, out, inner in
                item.write(to: &out, indent: inner)
            }
        case .object(let members):
            OrderedJSON.list(members, "{", "}", to: &out, indent: indent) { member, out, inner in
                out += quoted(member.0)
                out += inner == nil ? ":" : ": "
                member.1.write(to: &out, indent: inner)
            }
        }
    }

    private static func list<Item>(
        _ items: [Item], _ open: String, _ close: String, to out: inout String, indent: Int?,
        each: (Item, inout String, Int?) -> Void
    ) {
        out += open
        for (position, item) in items.enumerated() {
            if position > 0 { out += "," }
            if let indent { out += "\n" + String(repeating: "  ", count: indent + 1) }
            each(item, &out, indent.map { $0 + 1 })
        }
        if let indent, !items.isEmpty { out += "\n" + String(repeating: "  ", count: indent) }
        out += close
    }
}
