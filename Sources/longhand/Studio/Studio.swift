import ArticleFiles
import Configuration
import Diagnostics
import Foundation
import Providers
import Retrieval
import Screen
import Terminal
import Workbench

/// Opens the studio on a project or an article and runs it until the writer leaves.
///
/// The text is drawn before anything else is begun. `longhand PATH` goes around the parser of arguments
/// (`Longhand.perform`), libcurl is opened when something is first sent (`CCurl.h`), and a file is read once, checked
/// once (`UTF8Check`) and becomes the leaves of the rope as it is.
struct Studio {
    let project: Project
    let paths: Paths
    let settings: Settings
    private let environment: [String: String]
    let files: FileStore
    let sessions: SessionStore
    let viewStates: ViewStateStore
    let configuredView: ViewOptions
    let themes: ThemeFinder
    let agreement: ProviderAgreement
    let consent: IndexingConsent
    let remote: RemoteEmbeddingChoice?
    /// What was open last.
    private let session: SessionRecord?
    /// Why that isn't known.
    let sessionFailure: Failure?
    private let plan: LaunchPlan

    /// - Parameters:
    ///   - words: a project folder, or articles, of which those that don't exist are begun; the first is gone to.
    /// - Returns: the exit status.
    /// - Throws: what keeps the studio from opening, before the terminal was touched.
    static func run(_ words: LaunchArguments, overrides: SettingsOverrides) throws -> ExitStatus {
        let studio = try Studio(words, overrides)
        let clipboard = ClipboardService(environment: studio.environment, choice: studio.settings.writing.clipboard)
        let terminal = try TerminalSession()
        defer { terminal.restore() }
        let workspace = studio.workspace(
            themeIsForNow: overrides.theme != nil, hasColour: terminal.hasColour,
            readsClipboard: clipboard.source != nil)
        let mailbox = Mailbox()
        var loop = EventLoop(
            workspace: workspace, terminal: terminal, mailbox: mailbox, runner: studio.runner(mailbox),
            clipboard: clipboard)
        loop.run()
        terminal.restore()
        if let waiting = loop.workspace.waitingProposals { Console.error(waiting) }
        return .done
    }

    private init(_ words: LaunchArguments, _ overrides: SettingsOverrides) throws {
        environment = ProcessInfo.processInfo.environment
        paths = try Paths.ofUser(environment: environment)
        project = try Project.locate(words.path)
        settings = try Settings.load(
            projectRoot: project.root, paths: paths, environment: environment, overrides: overrides)
        viewStates = ViewStateStore(path: paths.state + "/view.json")
        configuredView = ViewOptions(settings)
        themes = ThemeFinder(paths: paths, settings: settings)
        files = FileStore(
            root: project.root, journalFolder: paths.state + "/journals",
            locks: ArticleLocks(folder: paths.state + "/locks"), saves: paths.savesInPlace)
        sessions = SessionStore(folder: paths.state + "/sessions", root: project.root)
        do throws(FileError) {
            session = try sessions.recall()
            sessionFailure = nil
        } catch {
            session = nil
            sessionFailure = Failure(
                message: "What was open last isn't known, and is left as it is: " + Failure(error).message)
        }
        plan = try LaunchPlan(words, project: project, settings: settings, session: session, files: files)
        agreement = ProviderAgreement(settings.provider, project: project, paths: paths)
        remote = try RemoteEmbeddingChoice(settings: settings, project: project, paths: paths)
        consent = IndexingConsent(project: project, paths: paths)
    }

    /// Nil where none is set, or what is set of it is wrong.
    var provider: ProviderSettings? { settings.providerProblem == nil ? settings.providerSettings : nil }

    /// What the writer sees first.
    ///
    /// - Parameter themeIsForNow: the theme was asked for by an option, which is meant for this time.
    private func workspace(themeIsForNow: Bool, hasColour: Bool, readsClipboard: Bool) -> Workspace {
        var view = viewStates.recall(configured: configuredView)
        if themeIsForNow || settings.origins["theme"] == "LONGHAND_THEME" { view.theme = settings.theme }
        let (theme, themeProblem) = themes.theme(view.theme)
        // Wrong keys must not keep anyone from their text: the studio opens with the default ones and says so.
        var keymap = Keymap.standard
        var keymapFailure: KeymapError?
        do throws(KeymapError) { keymap = try Keymap(settings) } catch { keymapFailure = error }
        let modelFolder = paths.models + "/" + settings.model
        let localModel = FileManager.default.fileExists(atPath: modelFolder) ? settings.model : nil
        var known = StudioEnvironment(
            root: project.root, projectName: (project.root as NSString).lastPathComponent, theme: theme,
            view: view, tabWidth: settings.tabWidth, researchPause: settings.researchPause,
            researchLimit: settings.researchLimit,
            provider: ProviderState(provider, problem: settings.providerProblem),
            keymap: keymap, modelName: remote?.encoder.name ?? localModel, modelHost: remote?.encoder.host)
        complete(&known)
        known.hasColour = hasColour
        known.readsClipboard = readsClipboard
        let keyProblem = keymapFailure.map { Failure(message: $0.message, hint: "The default keys are in use.") }
        return Workspace(
            environment: known,
            launch: plan.state(
                recent: session?.recent ?? [],
                problems: [themeProblem, sessionFailure, keyProblem].compactMap { $0 }),
            width: 80, height: 24)
    }

    /// What the settings say of the writer's ways.
    private func complete(_ known: inout StudioEnvironment) {
        known.namedArticle = settings.article.map { project.root + "/" + $0 }
        if provider != nil {
            known.providerTerms = ProviderDisclosure(settings.provider, agreement) {
                Self.abbreviated($0, home: paths.home)
            }
        }
        known.automaticIndexing = consent.automaticIndexing
        known.home = paths.home
        known.settingsPath = Self.abbreviated(paths.userSettings, home: paths.home)
        known.autosave = settings.writing.autosave > 0 ? settings.writing.autosave : nil
        known.spellingLanguages = settings.writing.spellingLanguages
        known.systemLanguage = Self.systemLanguage(environment)
        known.sessionTarget = settings.writing.sessionTarget > 0 ? settings.writing.sessionTarget : nil
    }

    /// A path as a sentence names it.
    private static func abbreviated(_ path: String, home: String) -> String {
        guard home.count > 1, path.hasPrefix(home + "/") else { return path }
        return "~" + path.dropFirst(home.count)
    }

    /// The language of the system's messages, `en_US`; nil where it is C's.
    static func systemLanguage(_ environment: [String: String]) -> String? {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let name = locale.prefix { $0 != "." && $0 != "@" }
        guard name != "C", name != "POSIX", !name.isEmpty else { return nil }
        // No words are checked in these; what is foreign in a text most likely is English.
        return ["zh", "ja", "ko", "th"].contains(name.prefix(2)) ? nil : String(name)
    }
}
