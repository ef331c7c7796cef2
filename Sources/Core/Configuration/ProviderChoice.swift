/// What the files, the environment and the command line say of providers, and which profile that comes to.
///
/// `SettingsFile` reads each file's providers as `ProviderTable`s; what comes out here is the `ProviderProfile` in
/// force, with the file that each field is from. A new address drops the key of the old one. Where a project's file
/// names the address or the key, nothing is sent before a `ProviderAgreement` to these terms is among the program's
/// state: `ProviderConsent` asks on the command line, `ProviderDisclosure.question` in the studio's panel.
struct ProviderChoice: Sendable {
    /// Who names a profile, and as what.
    struct Named: Sendable {
        var name: String
        /// The file, variable or flag.
        var origin: String
        var line: Int?
    }

    /// The writer's own.
    var own: [ProviderTable] = []
    /// The project's.
    var project: [ProviderTable] = []
    /// `profile` of the writer's own file, and of the project's.
    var byWriter: Named?
    var byProject: Named?
    /// `LONGHAND_PROFILE` or `--profile`: the writer's word for this time.
    var byHand: Named?
    /// Whether that was `--profile`, which counts more than any variable.
    var isFlag = false

    private func table(_ name: String, in tables: [ProviderTable]) -> ProviderTable? {
        tables.first { $0.name == name }
    }

    /// Each profile of the project's file as it would be if it were chosen.
    var projectProfiles: [ProviderProfile] {
        project.filter { $0 != ProviderTable(name: $0.name, path: $0.path, isOfProject: true) }.map { table in
            let own = self.table(table.name, in: own)
            return table.over(own?.profile ?? ProviderProfile(), namesake: own)
        }
    }

    /// Every name there is.
    private var names: [String] { Set((own + project).map(\.name)).sorted() }

    /// The profile in force before the environment's address, key and model; with a problem nothing can be sent.
    private func chosen() throws(ConfigurationError) -> ProviderProfile {
        if let byHand {
            // The writer means the writer's own; what the project says of one by that name is left out.
            if let table = table(byHand.name, in: own) { return table.profile }
            if let table = table(byHand.name, in: project) { return table.profile }
            throw unknown(byHand)
        }
        let named = byProject ?? byWriter
        let base = table(named?.name ?? ProviderProfile.defaultName, in: own)
        // Where the project names no profile, its [provider] is about the one that the writer's file chooses.
        let name = byProject?.name ?? ProviderProfile.defaultName
        let overlay = table(name, in: project)
        if base == nil, let byWriter, byProject == nil, overlay?.baseURL == nil { throw unknown(byWriter) }
        if base == nil, overlay == nil {
            if let byProject { throw unknown(byProject) }
            guard names.isEmpty else { throw .noProfileChosen(known: names) }
        }
        let profile = base?.profile ?? ProviderProfile()
        return overlay?.over(profile, namesake: table(name, in: own)) ?? profile
    }

    private func unknown(_ named: Named) -> ConfigurationError {
        .unknownProfile(path: named.origin, line: named.line, name: named.name, known: names)
    }

    /// The profile in force, or an empty one and why.
    ///
    /// - Throws: for variables that can't be meant so.
    func resolved(_ environment: [String: String]) throws(ConfigurationError) -> (ProviderProfile, ConfigurationError?)
    {
        var profile = ProviderProfile()
        var problem: ConfigurationError?
        do throws(ConfigurationError) {
            profile = try chosen()
        } catch {
            problem = error
        }
        guard !isFlag else { return (profile, problem) }
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let keyVariable = value("LONGHAND_PROVIDER_KEY_ENV")
        if let keyVariable, !ProviderAddress.isVariable(keyVariable) {
            throw .literalKey(path: "LONGHAND_PROVIDER_KEY_ENV", line: nil)
        }
        if let url = value("LONGHAND_PROVIDER_URL") {
            try ProviderAddress.check(url, path: "LONGHAND_PROVIDER_URL", line: nil, key: "base_url")
            var table = ProviderTable(name: "environment", path: "LONGHAND_PROVIDER_URL", isOfProject: false)
            // Even the address that the key is for: who names an address here names its key too.
            profile.baseURL = ""
            table.baseURL = url
            profile = table.over(profile, namesake: nil)
            profile.name = table.name
            profile.shadowed = nil
            problem = nil
        }
        // The writer's key isn't for the address that a project names.
        if let keyVariable, !profile.isAddressOfProject, problem == nil {
            profile.key = .environment(keyVariable)
            profile.isKeyOfProject = false
            profile.origins["key_command"] = nil
            profile.origins["key_env"] = "LONGHAND_PROVIDER_KEY_ENV"
        }
        if let model = value("LONGHAND_PROVIDER_MODEL") {
            profile.model = model
            profile.origins["model"] = "LONGHAND_PROVIDER_MODEL"
        }
        return (profile, problem)
    }
}

/// What an address of a provider has to be before it is kept or shown.
enum ProviderAddress {
    /// - Throws: `ConfigurationError.badValue`, without the value: it may hold a password.
    static func check(_ url: String, path: String, line: Int?, key: String) throws(ConfigurationError) {
        func bad(_ reason: String) -> ConfigurationError { .badValue(path: path, line: line, key: key, reason: reason) }
        let scheme = url.prefix { $0 != ":" }.lowercased()
        guard scheme == "http" || scheme == "https", url.dropFirst(scheme.count).hasPrefix("://") else {
            throw bad("must begin with https:// or http://")
        }
        guard url.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F }) else {
            throw bad("must be an address of plain ASCII letters, without blanks")
        }
        // A backslash is a slash to some readers of addresses and not to others.
        guard !url.contains(where: { $0 == "@" || $0 == "?" || $0 == "#" || $0 == "\\" }) else {
            throw bad("must be scheme, host and path alone: no user's name, password, query or fragment")
        }
    }

    /// A variable's name is letters, digits and _; anything else is likely the key itself.
    static func isVariable(_ name: String) -> Bool {
        name.utf8.allSatisfy { byte in
            byte == 0x5F || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        }
    }
}
