import ArticleFiles
import Assistant
import Configuration
import Diagnostics
import Foundation
import Providers
import Workbench

extension ProviderState {
    /// How the screen knows a provider: where requests go and to which model, never the key.
    ///
    /// - Parameter problem: why no profile could be chosen.
    init(_ settings: ProviderSettings?, problem: ConfigurationError?) {
        guard let settings else {
            let error: any UserFacingError = problem ?? ProviderError.notConfigured(reason: "no provider is set")
            self = .notConfigured(Failure(error))
            return
        }
        // What would be refused isn't first shown as about to be sent.
        do throws(ProviderError) {
            try OpenAIProvider(settings: settings).checkAddress()
        } catch {
            self = .notConfigured(Failure(error))
            return
        }
        let host = URLComponents(string: settings.baseURL)?.host ?? settings.baseURL
        let port = URLComponents(string: settings.baseURL)?.port.map { ":\($0)" } ?? ""
        self = .ready(destination: terminalSafe(host + port), defaults: settings.requestDefaults)
    }
}

extension ProviderDisclosure {
    /// - Parameter abbreviated: a path as a sentence names it.
    init(_ profile: ProviderProfile, _ agreement: ProviderAgreement, abbreviated: (String) -> String) {
        let addressOrigin = profile.addressOrigin.map(abbreviated) ?? ""
        var key = profile.key.said
        if let origin = profile.keyOrigin { key += ", as \(abbreviated(origin)) says" }
        var question: String?
        if !agreement.isGiven {
            let file = abbreviated((profile.isAddressOfProject ? profile.addressOrigin : profile.keyOrigin) ?? "")
            var words =
                "\(file) chose this address or key, and not you. y agrees to it, for this project and this model."
            if let shadowed = profile.shadowed {
                words +=
                    " It is not the profile “\(profile.name)” of \(abbreviated(shadowed)), which has another address."
            }
            question = terminalSafe(words)
        }
        self.init(
            address: terminalSafe(profile.baseURL), addressOrigin: terminalSafe(addressOrigin), key: terminalSafe(key),
            question: question)
    }
}
