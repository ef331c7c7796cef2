import ArgumentParser
import Assistant
import Configuration
import Diagnostics
import Foundation
import Providers
import Retrieval
import Spelling

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check the terminal, the model, the library and the provider.")
    @OptionGroup var project: ProjectOption

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let opened = try OpenedProject(project.path)
        let locale = environment["LC_ALL"] ?? environment["LC_CTYPE"] ?? environment["LANG"] ?? ""
        try report(
            locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8"), "locale \(locale)",
            "Set LANG to a UTF-8 locale, for instance C.UTF-8.")
        let term = environment["TERM"] ?? ""
        try report(!term.isEmpty && term != "dumb", "terminal \(term)", "Set TERM, for instance to xterm-256color.")
        do {
            if let remote = try opened.remoteEmbedding() {
                let what = "model \(remote.encoder.name), remote at \(remote.encoder.host): \(remote.state)."
                let cure =
                    remote.sendsNotes
                    ? "Run longhand index to agree." : "Set send_notes, or remove [embedding] from config.toml."
                try remote.checkKey()
                try report(remote.sendsNotes && remote.agreement.isGiven, what, cure)
            } else {
                let embedder = try opened.settings.openModel(opened.paths)
                try report(
                    true,
                    "model \(embedder.name), \(embedder.dimension) dimensions, \(embedder.maxTokens) tokens, \(embedder.precision.rawValue)",
                    "")
            }
        } catch let error as any UserFacingError {
            try report(false, error.message, error.hint ?? "")
        }
        do {
            let status = try Library(
                project: opened.settings.layout(of: opened.project, paths: opened.paths), encoder: nil
            ).status()
            try report(
                status.notes > 0, "library of \(status.notes) notes, \(status.stale) stale", "Run longhand index.")
        } catch let error as LibraryError {
            try report(false, error.message, error.hint ?? "")
        }
        let checker = SpellChecker(paths: opened.paths, root: opened.project.root)
        let languages = opened.settings.writing.spellingLanguages ?? Studio.systemLanguage(environment) ?? "en_US"
        let missing = checker.missing(languages).first.map {
            SpellingError.noDictionary(language: $0, own: checker.ownFolder)
        }
        try report(missing == nil, missing?.message ?? "spelling in \(terminalSafe(languages))", missing?.hint ?? "")
        try reportProvider(opened)
    }

    /// The provider in force, with who says so, and the other profiles of the writer and of the project.
    private func reportProvider(_ opened: OpenedProject) throws {
        let settings = opened.settings
        if let problem = settings.providerProblem {
            try report(false, problem.message, problem.hint ?? "")
        } else if settings.provider.isConfigured {
            try report(settings.provider, opened, "longhand draft asks.")
        } else {
            try report(false, "no provider: drafting is off", CommandError.noProvider.hint ?? "")
        }
        var reported = [settings.provider]
        for profile in settings.profiles + settings.projectProfiles where !reported.contains(profile) {
            reported.append(profile)
            try report(profile, opened, "longhand draft asks where it is chosen.")
        }
    }

    /// Whether requests with `profile` could go out, and may.
    private func report(_ profile: ProviderProfile, _ opened: OpenedProject, _ asking: String) throws {
        let origin = profile.keyOrigin ?? profile.addressOrigin ?? profile.origins["model"] ?? ""
        let name = "provider \(profile.name): "
        guard let provider = profile.settings else {
            let lack = profile.baseURL.isEmpty ? "base_url" : "model"
            return try report(false, name + "\(lack) is not set [\(origin)]", "Set it, or remove the profile.")
        }
        let what = name + "\(profile.baseURL), model \(profile.model), \(profile.key.said) [\(origin)]"
        do throws(ProviderError) {
            try OpenAIProvider(settings: provider).checkAddress()
            // A command is run only for a request: it may ask the writer for a password.
            if case .environment = provider.keySource {
                _ = try APIKeyReader.key(from: provider.keySource, isCancelled: { false })
            }
        } catch {
            return try report(false, what + ". " + error.message, error.hint ?? "")
        }
        let agreement = ProviderAgreement(profile, project: opened.project, paths: opened.paths)
        let file = (profile.isAddressOfProject ? profile.addressOrigin : profile.keyOrigin) ?? ""
        try report(agreement.isGiven, what, "\(file) chose that, and you did not agree to it yet: \(asking)")
    }

    private func report(_ isWell: Bool, _ what: String, _ cure: String) throws {
        try Console.print((isWell ? "ok    " : "warn  ") + what + (isWell ? "" : " " + cure))
    }
}
