import TOMLKit

extension SettingsFile {
    /// Reads `profile`, `[provider]` and `[providers.NAME]`.
    func providers(_ root: TOMLTable, _ reader: TableReader, _ choice: inout ProviderChoice) throws(ConfigurationError)
    {
        var tables: [ProviderTable] = []
        if let table = try reader.table(root, "provider") {
            tables.append(try provider(table, ProviderProfile.defaultName, section: "provider", reader))
        }
        if let named = try reader.table(root, "providers") {
            for name in named.keys {
                let section = "providers." + name
                let line = reader.line(ofSection: section)
                guard let table = named[name]?.table else {
                    throw .wrongType(path: path, line: line, key: section, expected: "a table, as in [\(section)]")
                }
                guard !name.isEmpty,
                    name.unicodeScalars.allSatisfy({
                        $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_"
                    })
                else {
                    throw .badValue(
                        path: path, line: line, key: "providers",
                        reason: "has a profile whose name isn't letters, digits, - and _")
                }
                guard name != ProviderProfile.defaultName || tables.isEmpty else {
                    throw .badValue(
                        path: path, line: line, key: section, reason: "is the same as [provider]; keep one of the two")
                }
                tables.append(try provider(table, name, section: section, reader))
            }
        }
        var name: String?
        try reader.string(root, "profile", prefix: "") { name = $0 }
        let named = name.map { ProviderChoice.Named(name: $0, origin: path, line: reader.line(of: "profile")) }
        if isProject {
            choice.project = tables
            choice.byProject = named
        } else {
            choice.own = tables.filter { $0 != ProviderTable(name: $0.name, path: path, isOfProject: false) }
            choice.byWriter = named
        }
    }

    private func provider(_ table: TOMLTable, _ name: String, section: String, _ reader: TableReader)
        throws(ConfigurationError) -> ProviderTable
    {
        let prefix = section + "."
        func line(_ key: String) -> Int? { reader.line(of: key, in: section) }
        for name in ["key", "api_key", "token"] where table[name] != nil {
            throw .literalKey(path: path, line: line(name))
        }
        let known = ["base_url", "model", "key_env", "key_command", "temperature", "max_tokens", "allow_plain_http"]
        try reader.check(table, known: known, prefix: prefix)
        var read = ProviderTable(name: name, path: path, isOfProject: isProject)
        try reader.string(table, "base_url", prefix: prefix) { read.baseURL = $0.isEmpty ? nil : $0 }
        if let url = read.baseURL {
            try ProviderAddress.check(url, path: path, line: line("base_url"), key: prefix + "base_url")
        }
        try reader.string(table, "model", prefix: prefix) { read.model = $0 }
        try reader.string(table, "key_env", prefix: prefix) { read.key = .environment($0) }
        try refuseLiteral(read.key, line: line("key_env"))
        if table["key_command"] != nil {
            guard !isProject else { throw .commandInProject(path: path, line: line("key_command")) }
            try reader.string(table, "key_command", prefix: prefix) { read.key = .command($0) }
        }
        try reader.number(table, "temperature", prefix: prefix, in: 0...2) { read.temperature = $0 }
        try reader.integer(table, "max_tokens", prefix: prefix, in: 1...1_000_000) { read.maxTokens = $0 }
        if table["allow_plain_http"] != nil {
            guard !isProject else {
                throw .ownFileOnly(path: path, line: line("allow_plain_http"), key: prefix + "allow_plain_http")
            }
            try reader.boolean(table, "allow_plain_http", prefix: prefix) { read.allowsPlainHTTP = $0 }
        }
        return read
    }

    /// Reads `[embedding]`.
    func embedding(_ root: TOMLTable, _ reader: TableReader, _ settings: inout Settings) throws(ConfigurationError) {
        guard root["embedding"] != nil else { return }
        // A project that was cloned could otherwise send notes away.
        guard !isProject else { throw .embeddingInProject(path: path, line: reader.line(of: "embedding")) }
        guard let table = try reader.table(root, "embedding") else { return }
        func line(_ key: String) -> Int? { reader.line(of: key, in: "embedding") }
        for name in ["key", "api_key", "token"] where table[name] != nil {
            throw .literalKey(path: path, line: line(name))
        }
        let known = ["base_url", "model", "key_env", "key_command", "dimensions", "send_notes", "allow_plain_http"]
        try reader.check(table, known: known, prefix: "embedding.")
        try reader.string(table, "base_url", prefix: "embedding.") { settings.embedding.baseURL = $0 }
        try reader.string(table, "model", prefix: "embedding.") { settings.embedding.model = $0 }
        try reader.string(table, "key_env", prefix: "embedding.") { settings.embedding.key = .environment($0) }
        try refuseLiteral(settings.embedding.key, line: line("key_env"))
        try reader.string(table, "key_command", prefix: "embedding.") { settings.embedding.key = .command($0) }
        try reader.integer(table, "dimensions", prefix: "embedding.", in: 1...16_384) {
            settings.embedding.dimensions = $0
        }
        try reader.boolean(table, "send_notes", prefix: "embedding.") { settings.embedding.sendNotes = $0 }
        try reader.boolean(table, "allow_plain_http", prefix: "embedding.") { settings.embedding.allowsPlainHTTP = $0 }
        guard settings.embedding.isConfigured else {
            throw .badValue(
                path: path, line: reader.line(of: "embedding"), key: "embedding",
                reason: "needs both base_url and model")
        }
        try ProviderAddress.check(
            settings.embedding.baseURL, path: path, line: line("base_url"), key: "embedding.base_url")
    }

    private func refuseLiteral(_ key: Settings.KeySetting?, line: Int?) throws(ConfigurationError) {
        guard case .environment(let name)? = key, !ProviderAddress.isVariable(name) else { return }
        throw .literalKey(path: path, line: line)
    }
}

extension TableReader {
    /// The line on which `key` is set within `[section]`; that of the key anywhere where the file is written otherwise.
    func line(of key: String, in section: String) -> Int? {
        lines(in: section).first { line in
            line.text.prefix { $0 != "=" }.filter { $0 != " " && $0 != "\t" && $0 != "\"" && $0 != "'" } == key
        }?.number ?? line(of: key)
    }

    /// The line of `[section]`.
    func line(ofSection section: String) -> Int? { lines(in: section).first?.number ?? line(of: section) }

    /// The header and the lines of `[section]`, without the blanks before them.
    private func lines(in section: String) -> [(number: Int, text: Substring)] {
        var current = ""
        var found: [(number: Int, text: Substring)] = []
        for (index, line) in source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let trimmed = line.drop { $0 == " " || $0 == "\t" }
            if trimmed.first == "[" {
                current = trimmed.dropFirst().prefix { $0 != "]" }.filter { $0 != " " && $0 != "\"" && $0 != "'" }
            }
            if current == section { found.append((index + 1, trimmed)) }
        }
        return found
    }
}
