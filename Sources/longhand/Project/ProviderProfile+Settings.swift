import Assistant
import Configuration
import Providers

extension ProviderProfile {
    /// What requests with this profile need; nil where it lacks an address or a model.
    var settings: ProviderSettings? {
        let source: KeySource =
            switch key {
            case .none: .none
            case .environment(let name): .environment(name)
            case .command(let command): .command(command)
            }
        let settings = ProviderSettings(
            baseURL: baseURL, model: model, keySource: source, temperature: temperature, maxTokens: maxTokens,
            allowsPlainHTTP: allowsPlainHTTP)
        return settings.isConfigured ? settings : nil
    }
}

extension Settings {
    /// The provider; nil where none is configured.
    var providerSettings: ProviderSettings? { provider.settings }
}
