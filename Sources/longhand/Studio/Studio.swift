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
enum Studio {
    /// - Parameters:
    ///   - words: a project folder, or articles, of which those that don't exist are begun; the first is gone to.
    /// - Returns: the exit status.
    /// - Throws: what keeps the studio from opening, before the terminal was touched.
    static func run(_ words: LaunchArguments, overrides: SettingsOverrides) throws -> ExitStatus {
        let environment = ProcessInfo.processInfo.environment
        let paths = try Paths.ofUser(environment: environment)
        let project = try Project.locate(words.path)
        let settings = try Settings.load(
            projectRoot: project.root, paths: paths, environment: environment, overrides: overrides)
        let memory = ViewStateStore(path: paths.state + "/view.json")
        let configured = ViewOptions(settings)
        var view = memory.recall(configured: configured)
        // A flag or a variable is meant for this time.
        if overrides.theme != nil || settings.origins["theme"] == "LONGHAND_THEME" { view.theme = settings.theme }
        let themes = ThemeFinder(paths: paths, settings: settings)
        let (theme, themeProblem) = themes.theme(view.theme)
        let files = FileStore(
            root: project.root, journalFolder: paths.state + "/journals",
            locks: ArticleLocks(folder: paths.state + "/locks"),
            saves: paths.savesInPlace)
        let sessions = SessionStore(folder: paths.state + "/sessions", root: project.root)
        var session: SessionRecord?
        var sessionFailure: Failure?
        do throws(FileError) { session = try sessions.recall() } catch {
            sessionFailure = Failure(
                message: "What was open last isn't known, and is left as it is: " + Failure(error).message)
        }
        let plan = try LaunchPlan(words, project: project, settings: settings, session: session, files: files)
        let file = plan.first
        let provider = settings.providerProblem == nil ? settings.providerSettings : nil
        let agreement = ProviderAgreement(settings.provider, project: project, paths: paths)
        let remote = try RemoteEmbeddingChoice(settings: settings, project: project, paths: paths)
        let localModel =
            FileManager.default.fileExists(atPath: paths.models + "/" + settings.model) ? settings.model : nil
        // Wrong keys must not keep anyone from their text: the studio opens with the default ones and says so.
        let keymap: Keymap
        var keymapFailure: KeymapError?
        do {
            keymap = try Keymap(settings)
        } catch {
            keymap = .standard
            keymapFailure = error
        }
        var workspace = Workspace(
            environment: StudioEnvironment(
                root: project.root, projectName: (project.root as NSString).lastPathComponent, theme: theme,
                view: view, tabWidth: settings.tabWidth, researchPause: settings.researchPause,
                researchLimit: settings.researchLimit,
                provider: ProviderState(provider, problem: settings.providerProblem), keymap: keymap,
                modelName: remote?.encoder.name ?? localModel, modelHost: remote?.encoder.host),
            editor: file.editor, width: 80, height: 24)
        workspace.environment.namedArticle = settings.article.map { project.root + "/" + $0 }
        if provider != nil {
            workspace.environment.providerTerms = ProviderDisclosure(settings.provider, agreement) {
                Self.abbreviated($0, home: paths.home)
            }
        }
        let consent = IndexingConsent(project: project, paths: paths)
        workspace.environment.automaticIndexing = consent.automaticIndexing
        workspace.environment.home = paths.home
        workspace.environment.settingsPath = abbreviated(paths.userSettings, home: paths.home)
        workspace.environment.autosave = settings.writing.autosave > 0 ? settings.writing.autosave : nil
        workspace.environment.spellingLanguages = settings.writing.spellingLanguages
        workspace.environment.systemLanguage = systemLanguage(environment)
        workspace.environment.sessionTarget = settings.writing.sessionTarget > 0 ? settings.writing.sessionTarget : nil
        if let themeProblem { workspace.say(themeProblem) }
        if let sessionFailure { workspace.say(sessionFailure) }
        if let keymapFailure {
            workspace.say(Failure(message: keymapFailure.message, hint: "The default keys are in use."))
        }
        workspace.welcome(file)
        plan.place(in: &workspace, recent: session?.recent ?? [])

        let terminal = try TerminalSession()
        defer { terminal.restore() }
        workspace.environment.hasColour = terminal.hasColour
        let clipboard = ClipboardService(environment: environment, choice: settings.writing.clipboard)
        workspace.environment.readsClipboard = clipboard.source != nil
        let mailbox = Mailbox()
        let journals = JournalService(mailbox: mailbox, store: JournalStore(folder: files.journalFolder))
        let runner = EffectRunner(
            mailbox: mailbox, files: files,
            lazyLibrary: LazyLibrary(
                layout: settings.layout(of: project, paths: paths),
                makeEncoder: {
                    guard let remote else {
                        return try settings.openModel(paths)
                    }
                    if let encoder = try remote.agreedEncoder() { return encoder }
                    mailbox.post(.modelUnusable(Failure(message: remote.missingAgreement)))
                    return nil
                },
                reportBrokenModel: { mailbox.post(.modelUnusable(Failure($0))) }),
            consent: consent, provider: provider, agreement: agreement, root: project.root,
            comfort: ComfortService(
                mailbox: mailbox, spelling: SpellingService(paths: paths, root: project.root, mailbox: mailbox),
                themes: themes, memory: memory,
                configured: configured, log: WritingLog(path: paths.state + "/written"), root: project.root),
            articles: ArticleService(
                mailbox: mailbox, files: files, memory: sessionFailure == nil ? sessions : nil,
                undo: UndoStore(folder: paths.state + "/undo")),
            versions: VersionService(
                mailbox: mailbox,
                store: settings.writing.versionMegabytes.map {
                    VersionStore(folder: paths.state + "/versions", limit: $0 << 20)
                }),
            journals: journals,
            proposals: ProposalService(
                mailbox: mailbox, store: ProposalStore(folder: paths.state + "/proposals"), journals: journals))
        var loop = EventLoop(
            workspace: workspace, terminal: terminal, mailbox: mailbox, runner: runner,
            clipboard: clipboard)
        loop.run()
        terminal.restore()
        if let waiting = loop.workspace.waitingProposals { Console.error(waiting) }
        return .done
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
