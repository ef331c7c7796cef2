/// How large files, folders and functions may be, so that each can be read at once.
enum SizeRules {
    static let mostBytes = 24 << 10
    static let mostFiles = 30
    static let mostLines = 80
    static let mostParameters = 6

    /// What is larger, and why. A line is `file:function`; a line without need is a breach too.
    static let exceptions: [String: String] = [
        "Attention.swift:attend": "the hot path of the encoder: buffers that are made once and belong to nobody",
        "PackedLinear.swift:apply": "the hot path of the encoder: a value made of these would be built at every call",
        "Tokens.swift:lookUp": "the hot path of the encoder, as its C counterpart takes them",
        "Encoder.swift:run": "the hot path of the encoder: what a thread works on and what it works with",
        "Encoder.swift:apply": "the hot path of the encoder: what a thread works on and what it works with",
    ]
    static let mostExceptions = 10

    static func breaches(_ tree: SourceTree, exceptions: [String: String] = exceptions) -> [String] {
        var breaches: [String] = []
        var unused = Set(exceptions.keys)
        for (folder, files) in Dictionary(grouping: tree.files, by: \.folder).sorted(by: { $0.key < $1.key })
        where files.count > mostFiles {
            breaches.append("\(folder) has \(files.count) files")
        }
        for file in tree.files {
            if file.text.utf8.count > mostBytes { breaches.append("\(file.path) has \(file.text.utf8.count) bytes") }
            for function in FunctionScan(file.text).functions {
                let key = "\(file.name):\(function.name)"
                var found: [String] = []
                if function.lines > mostLines {
                    found.append("\(file.path): \(function.name) has \(function.lines) lines")
                }
                // A memberwise initializer has as many parameters as its type has properties.
                if function.parameters > mostParameters, !function.isMemberwise {
                    found.append("\(file.path): \(function.name) has \(function.parameters) parameters")
                }
                if found.isEmpty { continue }
                if exceptions[key] != nil { unused.remove(key) } else { breaches += found }
            }
        }
        breaches += unused.sorted().map { "\($0) needs no exception" }
        if exceptions.count > mostExceptions {
            breaches.append("\(exceptions.count) exceptions are more than \(mostExceptions)")
        }
        return breaches
    }
}
