import Dispatch
import Manuscript
import TextCore
import Workbench

/// Finds an article's headings and counts its words.
final class OutlineService: Sendable {
    private let mailbox: Mailbox
    private let newest = NewestRequest()
    private let queue = DispatchQueue(label: "longhand.outline", qos: .userInitiated)

    init(mailbox: Mailbox) { self.mailbox = mailbox }

    func run(_ effect: OutlineEffect) {
        guard case .read(let ticket, let text) = effect else { return }
        let isOutdated = newest.begin(ticket)
        queue.async { [mailbox] in
            guard !isOutdated() else { return }
            let bytes = text.bytes(in: 0..<text.utf8Count)
            let outline = Outline(bytes: bytes)
            let words = outline.sections.reduce(0) { $0 + $1.words }
            mailbox.post(.outline(.found(ticket, outline, words: words)))
            mailbox.post(.outline(.counted(ticket, ArticleCounts(outline, bytes: bytes))))
        }
    }
}
