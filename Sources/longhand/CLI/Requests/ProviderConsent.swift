import Configuration
import Diagnostics
import Foundation

/// Has the writer agree to a provider that a project names, on the command line.
struct ProviderConsent {
    let profile: ProviderProfile
    let agreement: ProviderAgreement

    /// - Parameter isTrusted: `--trust-project` was given.
    /// - Throws: `CommandError.projectProvider` without an agreement.
    func require(isTrusted: Bool) throws {
        guard !agreement.isGiven else { return }
        if !isTrusted {
            let canAsk = isatty(STDIN_FILENO) == 1 && Console.isErrorTerminal
            guard canAsk, ask() else { throw CommandError.projectProvider(said, isAsked: canAsk) }
        }
        try agreement.give()
    }

    private func ask() -> Bool {
        Console.error(said)
        if let shadowed = profile.shadowed {
            Console.error("It is not the profile “\(profile.name)” of \(shadowed), which has another address.")
        }
        let question = "Send requests about this project there, now and later? [y/N]"
        let answer = Console.ask(question)?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
        return ["y", "yes"].contains(answer)
    }

    /// Address, key and model, and which file says so.
    private var said: String {
        let address = terminalSafe(profile.baseURL)
        let model = profile.model.isEmpty ? "" : " (model \(terminalSafe(profile.model)))"
        let key = profile.key.said
        let keyFile = profile.keyOrigin.map { terminalSafe($0) } ?? ""
        guard profile.isAddressOfProject else {
            return "\(keyFile), and not you, wants requests to \(address)\(model) sent with \(terminalSafe(key))."
        }
        let file = terminalSafe(profile.addressOrigin ?? "")
        return "\(file), and not you, wants requests sent to \(address)\(model), with \(terminalSafe(key))."
    }
}
