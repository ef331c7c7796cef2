import Assistant
import Dispatch
import Providers
import Retrieval
import Synchronization
import Workbench

/// Gathers sources, sends requests to the provider, and keeps proposals from one run to the next.
final class DraftingService: Sendable {
    private let mailbox: Mailbox
    private let search: LibrarySearch
    private let provider: ProviderSettings?
    private let agreement: ProviderAgreement
    private let proposals: ProposalKeeper
    private let newest = NewestRequest()
    private let sourceQueue = DispatchQueue(label: "longhand.sources", qos: .userInitiated)
    private let compareQueue = DispatchQueue(label: "longhand.comparisons", qos: .userInitiated)
    private let networkQueue = DispatchQueue(label: "longhand.network", qos: .userInitiated, attributes: .concurrent)
    private let state = Mutex(State())

    private struct State {
        var sending: CancelFlag?
        /// The writer agreed just now to what the project says of the provider.
        var agreesToProvider = false
    }

    /// - Parameter provider: its settings, nil where none is set, and what the writer agreed to.
    init(
        mailbox: Mailbox, search: LibrarySearch,
        provider: (settings: ProviderSettings?, agreement: ProviderAgreement), proposals: ProposalKeeper
    ) {
        self.mailbox = mailbox
        self.search = search
        self.provider = provider.settings
        agreement = provider.agreement
        self.proposals = proposals
    }

    func run(_ effect: DraftingEffect) {
        switch effect {
        case .gather(let ticket, let query): gather(ticket, query)
        case .send(let ticket, let request): send(ticket, request)
        case .cancelSend: state.withLock { $0.sending?.raise() }
        case .compare(let ticket, let proposal):
            compareQueue.async { [mailbox] in mailbox.post(.drafting(.compared(ticket, proposal.diff()))) }
        case .agreeToProvider: state.withLock { $0.agreesToProvider = true }
        case .keep(let proposal, let text): proposals.keep(proposal, text)
        case .remove(let path): proposals.remove(path)
        case .recall(let path, let text, let version): proposals.recall(path, text, version: version)
        }
    }

    /// Looks for what a draft may draw on, whatever the research pane asks meanwhile.
    private func gather(_ ticket: Ticket, _ query: Query) {
        let isOutdated = newest.begin(ticket)
        sourceQueue.async { [self] in
            guard !isOutdated() else { return }
            do {
                guard let found = try search.hits(query, isCancelled: isOutdated) else { return }
                mailbox.post(.drafting(.sources(ticket, .success(found.hits.map(\.passage)))))
            } catch {
                mailbox.post(.drafting(.sources(ticket, .failure(Failure(error)))))
            }
        }
    }

    private func send(_ ticket: Ticket, _ request: ChatRequest) {
        guard let provider else { return }
        let cancel = CancelFlag()
        let agrees = state.withLock { state in
            state.sending?.raise()
            state.sending = cancel
            return state.agreesToProvider
        }
        networkQueue.async { [mailbox, agreement] in
            do {
                if agrees, !agreement.isGiven { try agreement.give() }
                guard agreement.isGiven else {
                    throw CommandError.projectProvider("The project chose the provider, and not you.", isAsked: true)
                }
                let client = OpenAIProvider(settings: provider)
                let result = try client.stream(
                    request, isCancelled: { cancel.isRaised },
                    onDelta: { mailbox.post(.drafting(.text(ticket, $0))) })
                mailbox.post(.drafting(.ended(ticket, .success(result.finishReason.warning))))
            } catch {
                mailbox.post(.drafting(.ended(ticket, .failure(Failure(error)))))
            }
        }
    }

    /// Nothing more is asked for.
    func stop() {
        newest.end()
        state.withLock { $0.sending?.raise() }
    }

    /// Waits for what must not be lost.
    func finish() { proposals.finish() }
}
