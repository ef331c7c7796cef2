import Assistant
import Providers

extension OpenedProject {
    /// The configured provider, if the writer agreed to it; for a dry run, which sends nothing, any will do.
    func provider(_ options: RequestOptions) throws -> ProviderSettings {
        if let problem = settings.providerProblem, !options.dryRun || options.profile != nil { throw problem }
        if let provider = settings.providerSettings {
            // Nobody is asked to agree to what would be refused.
            if !options.dryRun {
                try OpenAIProvider(settings: provider).checkAddress()
                try providerConsent.require(isTrusted: options.trustProject)
            }
            return provider
        }
        guard options.dryRun else { throw CommandError.noProvider }
        return ProviderSettings(baseURL: settings.provider.baseURL, model: settings.provider.model)
    }

    var providerConsent: ProviderConsent {
        let agreement = ProviderAgreement(settings.provider, project: project, paths: paths)
        return ProviderConsent(profile: settings.provider, agreement: agreement)
    }
}
