import JSON

extension JSONValue {
    var first: JSONValue? { elements?.first }

    /// Text as a string, or, as some servers send it, as a list of parts.
    var content: String? {
        guard let parts = elements else { return string }
        return parts.compactMap { $0["text"]?.string ?? $0.string }.joined()
    }

    /// What an error's body says, in the forms servers use.
    var errorMessage: String? {
        if let error = self["error"] { return error["message"]?.string ?? error.string ?? "" }
        return first?.errorMessage
    }
}
