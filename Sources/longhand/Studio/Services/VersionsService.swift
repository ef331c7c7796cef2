import ArticleFiles
import Dispatch
import Foundation
import Manuscript
import Synchronization
import TextCore
import Workbench

/// Keeps versions of articles at each save and lists them. A store that can't be used is told of once and never in the way of a save.
///
/// A version is made of what is in the file before the first save of a session, and after each save, on a queue of
/// its own, so that no save waits for it. `VersionStore` keeps them; `VersionSummary` says which sections differ and
/// `VersionThinning` which versions stay.
final class VersionsService: Sendable {
    private let mailbox: Mailbox
    /// Nil where none are kept.
    private let store: VersionStore?
    private let queue = DispatchQueue(label: "longhand.versions", qos: .utility)
    private let state = Mutex(State())
    private struct State {
        var seen: Set<String> = []
        var hasComplained = false
    }

    init(mailbox: Mailbox, store: VersionStore?) {
        self.mailbox = mailbox
        self.store = store
    }

    /// Before the first save of a session: what another program left in the file is kept too.
    func willSave(_ path: String) {
        guard state.withLock({ $0.seen.insert(path).inserted }) else { return }
        keep(path)
    }

    /// What was saved without being asked for is a version only where the one before it is old enough.
    func didSave(_ path: String, isAsked: Bool) {
        queue.async { [self] in keep(path, apart: isAsked ? 0 : Self.apart) }
    }

    private static let apart = 600

    private func keep(_ path: String, apart: Int = 0) {
        guard let store else { return }
        do throws(FileError) { try store.keep(path, apart: apart) } catch {
            let isFirst = state.withLock { state in
                defer { state.hasComplained = true }
                return !state.hasComplained
            }
            if isFirst {
                mailbox.post(.failed(Failure(message: "No version is kept: " + Failure(error).message)))
            }
        }
    }

    /// The article is called otherwise: its versions go along.
    func follow(_ from: String, to: String) {
        state.withLock { state in
            if state.seen.remove(from) != nil { state.seen.insert(to) }
        }
        queue.async { [self] in
            do throws(FileError) { try store?.move(from, to: to) } catch {
                mailbox.post(
                    .failed(
                        Failure(message: "Its versions are kept under the old name: " + Failure(error).message)))
            }
        }
    }

    func run(_ effect: VersionsEffect) {
        switch effect {
        case .list(let path, let text): list(path, now: text)
        case .compare(let path, let id, let text, let encoding):
            read(path, id, encoding) {
                .versions(.compared(path: path, id: id, $0.map { TextDiff.between($0, text.string) }))
            }
        case .fetch(let path, let id, let encoding):
            read(path, id, encoding) { .versions(.fetched(path: path, id: id, $0.map { Text($0) })) }
        }
    }

    private func list(_ path: String, now text: Text) {
        queue.async { [self] in
            guard let store else {
                return mailbox.post(
                    .versions(
                        .listed(
                            path: path,
                            .failure(Failure(message: "No versions are kept: versions is off in the settings.")))))
            }
            do throws(VersionError) {
                let kept = try store.versions(of: path)
                guard !kept.isEmpty else { throw .none(path: path) }
                mailbox.post(.versions(.listed(path: path, .success(VersionRow.rows(kept)))))
            } catch {
                mailbox.post(.versions(.listed(path: path, .failure(Failure(error)))))
            }
        }
    }

    private func read(
        _ path: String, _ id: String, _ encoding: FileEncoding,
        _ answer: @escaping @Sendable (Result<String, Failure>) -> Event
    ) {
        guard let store else { return }
        queue.async { [mailbox] in
            do throws(VersionError) {
                mailbox.post(
                    answer(.success(VersionText.string(of: try store.bytes(id: id, of: path), likely: encoding))))
            } catch {
                mailbox.post(answer(.failure(Failure(error))))
            }
        }
    }

    /// Waits for what must not be lost.
    func finish() { queue.sync {} }
}
