import ArticleFiles
import Dispatch
import Workbench

/// Finds themes, and remembers the page's look from session to session.
final class AppearanceService: Sendable {
    private let mailbox: Mailbox
    private let themes: ThemeFinder
    private let memory: ViewStateStore
    /// How the settings want the page.
    private let configured: ViewOptions
    private let queue = DispatchQueue(label: "longhand.appearance", qos: .utility)

    init(mailbox: Mailbox, themes: ThemeFinder, memory: ViewStateStore, configured: ViewOptions) {
        self.mailbox = mailbox
        self.themes = themes
        self.memory = memory
        self.configured = configured
    }

    func run(_ effect: AppearanceEffect) {
        queue.async { [self] in
            switch effect {
            case .loadThemes:
                let found = themes.all()
                mailbox.post(.appearance(.themes(found.themes, problem: found.problem)))
            case .remember(let view):
                do throws(FileError) { try memory.remember(view, configured: configured) } catch {
                    mailbox.post(.failed(Failure(error)))
                }
            }
        }
    }

    /// Waits for what must not be lost.
    func finish() { queue.sync {} }
}
