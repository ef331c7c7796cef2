import ArticleFiles
import Dispatch
import Workbench

/// Does what the workspace asks for around writing: spelling, themes, what is remembered from session to session.
final class ComfortService: Sendable {
    private let mailbox: Mailbox
    private let spelling: SpellingService
    private let themes: ThemeFinder
    private let memory: ViewStateStore
    /// How the settings want the page.
    private let configured: ViewOptions
    private let log: WritingLog
    private let root: String
    private let queue = DispatchQueue(label: "longhand.comfort", qos: .utility)

    init(
        mailbox: Mailbox, spelling: SpellingService, themes: ThemeFinder, memory: ViewStateStore,
        configured: ViewOptions, log: WritingLog,
        root: String
    ) {
        self.mailbox = mailbox
        self.spelling = spelling
        self.themes = themes
        self.memory = memory
        self.configured = configured
        self.log = log
        self.root = root
    }

    func check(_ request: SpellingRequest) { spelling.run(request) }

    func loadThemes() {
        queue.async { [self] in
            let found = themes.all()
            mailbox.post(.themes(found.themes, problem: found.problem))
        }
    }

    func remember(_ view: ViewOptions) {
        queue.async { [self] in
            do throws(FileError) { try memory.remember(view, configured: configured) } catch {
                mailbox.post(.journalFailed(Failure(error)))
            }
        }
    }

    func record(_ words: Int, to path: String) {
        queue.async { [self] in
            do throws(FileError) { try log.add(words, to: path) } catch { mailbox.post(.journalFailed(Failure(error))) }
        }
    }

    func loadHistory() {
        queue.async { [self] in
            do throws(FileError) { mailbox.post(.history(.success(try log.history(below: root)))) } catch {
                mailbox.post(.history(.failure(Failure(error))))
            }
        }
    }

    /// Waits for what must not be lost.
    func finish() { queue.sync {} }
}
