/// The settings in force: the command line's over the environment's over the project's over the
/// user's over the defaults.
public struct Settings: Sendable, Equatable {
    /// Where a provider's key comes from: nowhere, an environment variable of this name, or the output of this command.
    public enum KeySetting: Sendable, Equatable {
        case none
        case environment(String)
        case command(String)
    }

    /// A remote model that makes the vectors in place of the local one. Only the user's own file sets it, and
    /// nothing is sent unless `sendNotes` is true.
    public struct EmbeddingSection: Sendable, Equatable {
        /// The address up to `/embeddings`; empty where none is set.
        public var baseURL = ""
        /// The model's name as the server knows it; empty where none is set.
        public var model = ""
        /// Where the key comes from; the key itself is in no file.
        public var key = KeySetting.none
        /// Floats in a vector; nil to take what the model gives.
        public var dimensions: Int?
        /// Whether the writer agreed that the text of notes is sent to the server.
        public var sendNotes = false
        /// Whether texts may go to another machine without TLS.
        public var allowsPlainHTTP = false

        /// Whether there is an address and a model; whether notes may be sent is another question.
        public var isConfigured: Bool { !baseURL.isEmpty && !model.isEmpty }
    }

    /// What the local model computes with.
    public enum Precision: String, Sendable, CaseIterable {
        /// 32-bit floats: the reference's numbers.
        case fp32
        /// Bytes: more than twice as fast, with vectors that differ a little.
        case int8
    }

    /// The name of the local embedding model, which is its folder's name in `Paths.models`.
    public var model = "all-MiniLM-L6-v2"
    /// The numbers that the local model computes with.
    public var precision = Precision.fp32
    /// The name of the theme.
    public var theme = "ink"
    /// The keymap's name: `default`, `emacs`, `vim`. Only the user's own file sets it and `[keys]`.
    public var keymap = "default"
    /// Where `keymap` was set, for a sentence about it.
    public var keymapLine: Int?
    /// `[keys]`, in the order of the file's lines. What the names mean is the studio's to say.
    public var keys: [CommandKeys] = []
    /// The article's path within the project; nil to choose the first there is.
    public var article: String?
    /// Globs of notes to read; empty for every note there is.
    public var include: [String] = []
    /// Globs of notes to leave out, whatever `include` says.
    public var exclude: [String] = []
    /// What may be done with each folder's notes: `ignore`, `index` or `share`.
    public var scopes: [(folder: String, scope: String)] = []
    /// Whether what a link leads to outside of the project has the scope of its place in it. Only the user's own file
    /// says so; otherwise it is `index` at most.
    public var linksMayBeShared = false
    /// The remote model that drafts, as chosen among `profiles`.
    public internal(set) var provider = ProviderProfile()
    /// Why no profile could be chosen, to be said when one is wanted.
    public internal(set) var providerProblem: ConfigurationError?
    /// What was said of providers, by whom.
    var choice = ProviderChoice()
    /// Every profile of the user's own file.
    public var profiles: [ProviderProfile] { choice.own.map(\.profile) }
    /// Every profile of the project's file, with what it leaves to a profile of the user's of that name.
    public var projectProfiles: [ProviderProfile] { choice.projectProfiles }
    /// The remote embedding model; it isn't configured unless the writer's own file says so.
    public var embedding = EmbeddingSection()
    /// Milliseconds that typing rests before research follows.
    public var researchPause = 250
    /// The most passages that the research pane shows, 1 to 200.
    public var researchLimit = 12
    /// Cells of the widest column of prose.
    public var wrapWidth = 76
    /// Cells from one tab stop to the next, 1 to 16.
    public var tabWidth = 4
    /// What `[editor]`, `[spelling]`, `[writing]`, `clipboard` and `versions` say, but for `wrap_width` and
    /// `tab_width`.
    public var writing = WritingSection()
    /// Where each setting that is not a default came from.
    public internal(set) var origins: [String: String] = [:]

    /// The defaults.
    public init() {}

    /// Whether both have the same values from the same places.
    public static func == (left: Settings, right: Settings) -> Bool {
        left.model == right.model && left.precision == right.precision && left.theme == right.theme
            && left.keymap == right.keymap && left.keys == right.keys && left.article == right.article
            && left.include == right.include && left.exclude == right.exclude
            && left.scopes.map(\.folder) == right.scopes.map(\.folder)
            && left.scopes.map(\.scope) == right.scopes.map(\.scope)
            && left.provider == right.provider && left.providerProblem == right.providerProblem
            && left.profiles == right.profiles && left.linksMayBeShared == right.linksMayBeShared
            && left.embedding == right.embedding && left.researchPause == right.researchPause
            && left.researchLimit == right.researchLimit && left.wrapWidth == right.wrapWidth
            && left.tabWidth == right.tabWidth && left.writing == right.writing && left.origins == right.origins
    }

    /// Reads both files and the environment.
    ///
    /// - Throws: `ConfigurationError` that names the file, the line where it is known, and the cure.
    public static func load(
        projectRoot: String?, paths: Paths, environment: [String: String],
        overrides: SettingsOverrides = SettingsOverrides()
    ) throws(ConfigurationError) -> Settings {
        var settings = Settings()
        try SettingsFile(path: paths.userSettings, isProject: false).apply(to: &settings)
        if let projectRoot {
            try SettingsFile(path: projectRoot + "/longhand.toml", isProject: true).apply(to: &settings)
        }
        settings.apply(environment)
        settings.apply(overrides)
        try settings.chooseProvider(environment)
        return settings
    }

    /// Whether the remote model makes the vectors. A local model that is named closer to the work, by the
    /// project, the environment or a flag, comes before it.
    public var usesRemoteEmbedding: Bool {
        guard embedding.isConfigured else { return false }
        return origins["model"] == nil || origins["model"] == origins["embedding.base_url"]
    }

    private mutating func apply(_ environment: [String: String]) {
        func take(_ name: String, _ key: String, _ body: (inout Settings, String) -> Void) {
            guard let value = environment[name], !value.isEmpty else { return }
            body(&self, value)
            origins[key] = name
        }
        take("LONGHAND_MODEL", "model") { $0.model = $1 }
        take("LONGHAND_THEME", "theme") { $0.theme = $1 }
        take("LONGHAND_KEYMAP", "keymap") { $0.keymap = $1 }
        take("LONGHAND_PROFILE", "profile") {
            $0.choice.byHand = ProviderChoice.Named(name: $1, origin: "LONGHAND_PROFILE")
        }
    }

    /// Works out which provider is in force, once everything is read.
    private mutating func chooseProvider(_ environment: [String: String]) throws(ConfigurationError) {
        (provider, providerProblem) = try choice.resolved(environment)
        origins["profile"] = (choice.byHand ?? choice.byProject ?? choice.byWriter)?.origin
        for (field, origin) in provider.origins { origins["provider." + field] = origin }
    }

    private mutating func apply(_ overrides: SettingsOverrides) {
        if let model = overrides.model {
            self.model = model
            origins["model"] = "--model"
        }
        if let precision = overrides.precision {
            self.precision = precision
            origins["precision"] = "--precision"
        }
        if let theme = overrides.theme {
            self.theme = theme
            origins["theme"] = "--theme"
        }
        if let profile = overrides.profile {
            choice.byHand = ProviderChoice.Named(name: profile, origin: "--profile")
            choice.isFlag = true
        }
    }
}

/// What the command line sets.
public struct SettingsOverrides: Sendable, Equatable {
    /// The value of `--model`; nil where the flag isn't given, as for each of these.
    public var model: String?
    /// The value of `--precision`.
    public var precision: Settings.Precision?
    /// The value of `--theme`.
    public var theme: String?
    /// The provider's profile.
    public var profile: String?

    /// Overrides of what the command line gave; nil leaves a setting as the files and the environment have it.
    public init(
        model: String? = nil, precision: Settings.Precision? = nil, theme: String? = nil, profile: String? = nil
    ) {
        self.model = model
        self.precision = precision
        self.theme = theme
        self.profile = profile
    }
}
