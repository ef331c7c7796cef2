import Assistant
import Screen

/// What was configured when the studio opened; nothing here changes while it runs.
public struct StudioEnvironment: Sendable {
    /// The absolute path of the project folder.
    var root: String
    /// The writer's home folder, for paths with `~`.
    public var home = "/"
    var projectName: String
    var theme: Theme
    /// How the page looks at the start.
    var view: ViewOptions
    /// False where nothing can be told by colour, which is then told by signs.
    public var hasColour = true
    /// There is a program that says what other programs copied.
    public var readsClipboard = false
    /// The article that the project's settings name; nil where they name none.
    public var namedArticle: String?
    /// The user's own settings file, as a sentence names it.
    public var settingsPath = "config.toml"
    /// The languages to check the spelling in, `en_US,de_DE`; nil to go by the article and the system.
    public var spellingLanguages: String?
    /// The system's language, where nothing else names one: `en_US`.
    public var systemLanguage: String?
    /// Words to write in a session; nil for no target.
    public var sessionTarget: Int?
    /// Seconds that typing rests before what was written is saved; nil to save only when asked.
    public var autosave: Int?
    var tabWidth: Int
    /// How long typing must rest before research follows, in milliseconds.
    var researchPause: Int
    var researchLimit: Int
    /// Where a request would go, or why none can: shown before anything is sent.
    var provider: ProviderState
    /// Where that provider's address and key come from, as the panel says before anything is sent.
    public var providerTerms: ProviderDisclosure?
    /// Which keys mean which command.
    public var keymap: Keymap
    /// Whether the notes are read from the start.
    public var automaticIndexing = AutomaticIndexing.allowed
    /// The embedding model's name, or nil when none can be used.
    var modelName: String?
    /// Where that model is when it isn't on this machine: every query goes there.
    var modelHost: String?

    /// What has no value here keeps its default and can be set afterwards.
    ///
    /// - Parameters:
    ///   - tabWidth: the cells that a tab stop takes.
    ///   - researchPause: in milliseconds.
    ///   - researchLimit: the most passages that research lists.
    public init(
        root: String, projectName: String, theme: Theme, view: ViewOptions = ViewOptions(), tabWidth: Int = 4,
        researchPause: Int = 250, researchLimit: Int = 12, provider: ProviderState,
        keymap: Keymap = .standard, modelName: String?, modelHost: String? = nil
    ) {
        self.root = root
        self.projectName = projectName
        self.theme = theme
        self.view = view
        self.tabWidth = tabWidth
        self.researchPause = researchPause
        self.researchLimit = researchLimit
        self.provider = provider
        self.keymap = keymap
        self.modelName = modelName
        self.modelHost = modelHost
    }
}

/// The remote model, as far as the screen needs to know it. Never holds a key.
public enum ProviderState: Sendable, Equatable {
    /// The host, and what a request says where it has no value of its own.
    case ready(destination: String, defaults: RequestDefaults)
    /// A sentence that says what to set.
    case notConfigured(Failure)
}

/// What the writer is shown of a provider's origin.
public struct ProviderDisclosure: Sendable, Equatable {
    /// `https://api.example.com/v1`.
    var address: String
    /// The file or variable that names the address.
    var addressOrigin: String
    /// Where the key comes from, and which file says so.
    var key: String
    /// Why the writer has to agree first; nil where there is nothing to agree to.
    var question: String?

    /// - Parameter key: says where the key comes from, and never holds it.
    public init(address: String, addressOrigin: String, key: String, question: String?) {
        self.address = address
        self.addressOrigin = addressOrigin
        self.key = key
        self.question = question
    }
}
