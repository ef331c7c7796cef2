import Assistant
import Configuration
import Diagnostics
import Embedding
import Foundation
import Retrieval
import Screen
import Terminal
import Workbench

/// Opens the studio on a project or an article and runs it until the writer leaves.
enum Studio {
    /// - Parameters:
    ///   - path: a project folder or an article; an article that does not exist is begun.
    ///   - line: where the caret starts, 1-based; nil for the start.
    /// - Returns: the exit status.
    /// - Throws: what keeps the studio from opening, before the terminal was touched.
    static func run(path: String, line: Int?, overrides: SettingsOverrides) throws -> ExitStatus {
        let environment = ProcessInfo.processInfo.environment
        let paths = Paths(environment: environment)
        let project = try Project.locate(path)
        let settings = try Settings.load(
            projectRoot: project.root, paths: paths, environment: environment, overrides: overrides)
        let theme = try ThemeFinder(paths: paths, settings: settings).theme()
        let files = FileStore(root: project.root, journalFolder: paths.state + "/journals")
        let file = try files.open(project.articlePath(settings: settings))
        let provider = settings.providerSettings
        let remote = try RemoteEmbeddingChoice(settings: settings, project: project, paths: paths)
        let localModel = FileManager.default.fileExists(atPath: paths.models + "/" + settings.model) ? settings.model : nil
        // Wrong keys must not keep anyone from their text: the studio opens with the default ones and says so.
        var keymap = Keymap.standard
        var keymapFailure: KeymapError?
        do {
            keymap = try Keymap(settings)
        } catch {
            keymapFailure = error
        }
        var workspace = Workspace(
            environment: StudioEnvironment(
                root: project.root, projectName: (project.root as NSString).lastPathComponent, theme: theme,
                wrapWidth: settings.wrapWidth, tabWidth: settings.tabWidth, researchPause: settings.researchPause,
                researchLimit: settings.researchLimit, provider: ProviderState(provider), keymap: keymap,
                modelName: remote?.encoder.name ?? localModel, modelHost: remote?.encoder.host),
            editor: file.editor, width: 80, height: 24)
        if let keymapFailure { workspace.say(Failure(message: keymapFailure.message, hint: "The default keys are in use.")) }
        workspace.offerRecovery(of: file)
        if let line { workspace.goTo(line: line) }

        let terminal = try TerminalSession()
        defer { terminal.restore() }
        let mailbox = Mailbox()
        let runner = EffectRunner(
            mailbox: mailbox, files: files,
            host: LibraryHost(
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
            provider: provider, root: project.root)
        var loop = EventLoop(workspace: workspace, terminal: terminal, mailbox: mailbox, runner: runner, files: files)
        loop.run()
        return .done
    }
}

extension ProviderState {
    /// How the screen knows a provider: where requests go and to which model, never the key.
    init(_ settings: ProviderSettings?) {
        guard let settings else {
            let error = AssistantError.notConfigured(reason: "no provider is set")
            self = .notConfigured(Failure(message: error.message, hint: error.hint))
            return
        }
        let host = URLComponents(string: settings.baseURL)?.host ?? settings.baseURL
        let port = URLComponents(string: settings.baseURL)?.port.map { ":\($0)" } ?? ""
        self = .ready(destination: terminalSafe(host + port), settings: settings)
    }
}
