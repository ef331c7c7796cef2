/// A remote model that drafts: where requests go, with which key, and what they ask for.
///
/// A key belongs to the address beside it in the same file. What a profile has of a project's file is marked,
/// since a project may come from a stranger: it counts once the writer agreed to it.
public struct ProviderProfile: Sendable, Equatable {
    /// `default` for `[provider]`, NAME for `[providers.NAME]`.
    public var name = ProviderProfile.defaultName
    /// The address that requests are sent below, with its scheme; empty where none is set.
    public var baseURL = ""
    /// The model's name as the provider knows it; empty where none is set.
    public var model = ""
    /// Where the key comes from; the key itself is in no file.
    public var key = Settings.KeySetting.none
    /// The sampling temperature, 0 to 2; nil to send none.
    public var temperature: Double?
    /// The most tokens that an answer may have, 1 to 1,000,000; nil to send no limit.
    public var maxTokens: Int?
    /// Whether requests may go to another machine without TLS. Only the writer's own file says so.
    public var allowsPlainHTTP = false
    /// The file or variable that each field is from, by the field's name in a file.
    public internal(set) var origins: [String: String] = [:]
    /// Whether a project's file names the address.
    public internal(set) var isAddressOfProject = false
    /// Whether a project's file says where the key comes from.
    public internal(set) var isKeyOfProject = false
    /// The writer's own file where it has a profile of this name with another address.
    public internal(set) var shadowed: String?

    /// The name of the profile that `[provider]` makes.
    public static let defaultName = "default"

    /// Nothing is sent without an address and a model.
    public var isConfigured: Bool { !baseURL.isEmpty && !model.isEmpty }

    /// Whether the writer has to agree to it before anything is sent.
    public var isOfProject: Bool { isAddressOfProject || isKeyOfProject }

    /// The file or variable that names the address.
    public var addressOrigin: String? { origins["base_url"] }

    /// The file or variable that says where the key comes from; nil where there is none.
    public var keyOrigin: String? {
        switch key {
        case .none: nil
        case .environment: origins["key_env"]
        case .command: origins["key_command"]
        }
    }
}

/// One `[provider]` or `[providers.NAME]` as a file has it; nil for what it doesn't say.
struct ProviderTable: Sendable, Equatable {
    var name: String
    var path: String
    var isOfProject: Bool
    var baseURL: String?
    var model: String?
    var key: Settings.KeySetting?
    var temperature: Double?
    var maxTokens: Int?
    var allowsPlainHTTP: Bool?

    init(name: String, path: String, isOfProject: Bool) {
        self.name = name
        self.path = path
        self.isOfProject = isOfProject
    }

    /// The table alone.
    var profile: ProviderProfile {
        var profile = ProviderProfile()
        profile.name = name
        laid(over: &profile)
        return profile
    }

    /// Puts what the table says in place of what `profile` has. A new address takes the old one's key with it.
    private func laid(over profile: inout ProviderProfile) {
        if let baseURL, !isAddress(of: profile) {
            profile.baseURL = baseURL
            profile.origins["base_url"] = path
            profile.isAddressOfProject = isOfProject
            profile.key = .none
            profile.isKeyOfProject = false
            profile.allowsPlainHTTP = false
            for field in ["key_env", "key_command", "allow_plain_http"] { profile.origins[field] = nil }
        }
        if let key {
            profile.key = key
            for field in ["key_env", "key_command"] { profile.origins[field] = nil }
            if case .command = key { profile.origins["key_command"] = path } else { profile.origins["key_env"] = path }
            profile.isKeyOfProject = isOfProject
        }
        if let model {
            profile.model = model
            profile.origins["model"] = path
        }
        if let temperature {
            profile.temperature = temperature
            profile.origins["temperature"] = path
        }
        if let maxTokens {
            profile.maxTokens = maxTokens
            profile.origins["max_tokens"] = path
        }
        if let allowsPlainHTTP {
            profile.allowsPlainHTTP = allowsPlainHTTP
            profile.origins["allow_plain_http"] = path
        }
    }

    /// A project's table over a profile of the writer's. Where it names another address, the profile is the
    /// project's, and has its name.
    func over(_ own: ProviderProfile, namesake: ProviderTable?) -> ProviderProfile {
        var profile = own
        laid(over: &profile)
        guard profile.isAddressOfProject else { return profile }
        profile.name = name
        if let namesake, namesake.baseURL != nil, !isAddress(of: namesake.profile) { profile.shadowed = namesake.path }
        return profile
    }

    /// Whether `profile` has this table's address already: its key may then stay.
    private func isAddress(of profile: ProviderProfile) -> Bool {
        guard let baseURL, !profile.baseURL.isEmpty else { return false }
        func bare(_ url: String) -> Substring { url[...].trimmingSuffix { $0 == "/" } }
        return bare(baseURL) == bare(profile.baseURL)
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}
