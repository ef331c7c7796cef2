import Configuration
import FileAccess
import Foundation
import JSON
import Notes
import Providers
import RemoteEmbedding
import Retrieval

/// The remote embedding model that a project's settings choose, and whether the writer agreed that this
/// project's notes go there.
///
/// Nothing is sent unless all of this holds: the user's own config.toml names the model and says
/// `send_notes = true`, the writer agreed to that host for this project, and the passage's folder has the
/// scope `share`.
///
/// `PassageEncoder.leavesMachine` is the switch. `Library.index` makes an `EmbeddingPlan` of what has no vector yet,
/// leaves out passages whose scope isn't `share`, and asks `approve` before the first text is handed over;
/// `SendingConsent` is that conversation in `longhand index`. A query isn't handed over while there is no vector to
/// compare it with. An agreement (`RemoteAgreement`) is for this project, address, model and these scopes.
/// `SettingsFile` refuses `[embedding]` in a project's file, and `ProjectLayout.scopeOfContent` takes the scope
/// `share` from what a link leads to outside of the project.
struct RemoteEmbeddingChoice: Sendable {
    let encoder: RemoteEncoder
    let agreement: RemoteAgreement
    let sendsNotes: Bool
    private let keySource: KeySource

    /// Nil where a local model makes the vectors.
    ///
    /// - Parameter isRebuild: the model's vectors may have another length than those there were.
    /// - Throws: `RemoteEmbeddingError` for an address that can't be used.
    init?(settings: Settings, project: Project, paths: Paths, isRebuild: Bool = false) throws(RemoteEmbeddingError) {
        guard settings.usesRemoteEmbedding else { return nil }
        let section = settings.embedding
        let source: KeySource =
            switch section.key {
            case .none: .none
            case .environment(let name): .environment(name)
            case .command(let command): .command(command)
            }
        keySource = source
        let folder = paths.state + "/embedding"
        let file = folder + "/" + ProjectLayout.libraryID(root: project.root) + ".json"
        let stored = RemoteAgreement.Record.read(file)
        func make(_ known: Int?) throws(RemoteEmbeddingError) -> RemoteEncoder {
            try RemoteEncoder(
                .init(
                    baseURL: section.baseURL, model: section.model, dimensions: section.dimensions,
                    allowsPlainHTTP: section.allowsPlainHTTP),
                knownDimensions: known
            ) { isCancelled in try APIKeyReader.key(from: source, isCancelled: isCancelled) }
        }
        let plain = try make(nil)
        let isSame = stored?.endpoint == plain.endpoint && stored?.model == plain.name
        encoder = isSame && !isRebuild ? try make(stored?.dimensions) : plain
        agreement = RemoteAgreement(
            path: file, endpoint: encoder.endpoint, model: encoder.name,
            scopes: settings.scopes.map { "\($0.folder) = \($0.scope)" }.sorted())
        sendsNotes = section.sendNotes
    }

    /// - Throws: `RemoteEmbeddingError.notAllowed` unless `send_notes` is true.
    func requirePermission() throws(RemoteEmbeddingError) {
        guard sendsNotes else { throw .notAllowed(host: encoder.host) }
    }

    /// Whether the variable that the key is in is set. A command is run only for a request: it may ask for a password.
    ///
    /// - Throws: `ProviderError`.
    func checkKey() throws(ProviderError) {
        if case .environment = keySource { _ = try APIKeyReader.key(from: keySource, isCancelled: { false }) }
    }

    /// The encoder where everything allows it; nil where the writer has not agreed for this project yet.
    ///
    /// - Throws: `RemoteEmbeddingError.notAllowed`.
    func agreedEncoder() throws(RemoteEmbeddingError) -> RemoteEncoder? {
        try requirePermission()
        return agreement.isGiven ? encoder : nil
    }

    /// What is sent, in words for a person.
    var state: String {
        if !sendsNotes { return "nothing is sent, since send_notes is not true" }
        return agreement.isGiven
            ? "passages of scope \"share\" and queries are sent there"
            : "nothing is sent from this project yet; longhand index asks"
    }

    var json: OrderedJSON {
        .object([
            ("host", .string(encoder.host)), ("model", .string(encoder.name)), ("send_notes", .boolean(sendsNotes)),
            ("agreed", .boolean(agreement.isGiven)),
        ])
    }

    /// Said where the agreement is missing.
    var missingAgreement: String {
        "notes of this project were not yet sent to \(encoder.host), so only words are searched, not meaning. "
            + "Run longhand index to see what would go there, and to agree."
    }
}
