import ArticleFiles
import Configuration
import Dispatch
import Spelling
import Synchronization
import TextCore
import Workbench

/// Answers what the workspace asks about spelling, off the main thread.
///
/// The words on the screen have a queue of their own, so that they never wait for a search through a whole book.
final class SpellingService: Sendable {
    private let checker: SpellChecker
    private let mailbox: Mailbox
    private let wordQueue = DispatchQueue(label: "longhand.spelling", qos: .utility)
    private let searchQueue = DispatchQueue(label: "longhand.spelling.search", qos: .userInitiated)
    private let newestSearch = NewestRequest()
    /// The languages whose missing dictionaries were told of.
    private let told = Mutex("")

    init(paths: Paths, root: String, mailbox: Mailbox) {
        checker = SpellChecker(paths: paths, root: root)
        self.mailbox = mailbox
    }

    func run(_ effect: SpellingEffect) {
        switch effect {
        case .check(let ticket, let words, let languages):
            wordQueue.async { [self] in
                answer {
                    let wrong = try checker.misspelt(words, languages: languages)
                    tellOfMissing(languages)
                    return .checked(ticket, words: words, misspelt: wrong)
                }
            }
        case .find(let ticket, let text, let from, let backwards, let languages):
            let isOutdated = newestSearch.begin(ticket)
            searchQueue.async { [self] in
                answer {
                    return .found(
                        ticket,
                        try checker.nextMisspelt(
                            in: text, from: from, backwards: backwards, languages: languages, isCancelled: isOutdated))
                }
            }
        case .suggest(let ticket, let word, let languages):
            wordQueue.async { [self] in
                answer { .suggestions(ticket, try checker.suggestions(for: word, languages: languages)) }
            }
        case .add(let word, let toProject):
            wordQueue.async { [self] in
                do throws(SpellingError) {
                    let path = try checker.add(word, toProject: toProject)
                    mailbox.post(
                        .spelling(
                            .accepted(
                                word: word,
                                sentence:
                                    "Added “\(word)” to \(toProject ? "the project's" : "your") dictionary, \(path).")))
                } catch {
                    mailbox.post(.spelling(.failed(Failure(error))))
                }
            }
        case .ignore(let word):
            wordQueue.async { [self] in
                checker.ignore(word)
                mailbox.post(.spelling(.accepted(word: word, sentence: nil)))
            }
        }
    }

    private func answer(_ body: () throws -> SpellingEvent) {
        do {
            mailbox.post(.spelling(try body()))
        } catch {
            mailbox.post(.spelling(.unavailable(Failure(error))))
        }
    }

    /// Where one of several dictionaries is missing, the others are used, and that is said once.
    private func tellOfMissing(_ languages: String) {
        guard told.withLock({ $0 != languages }) else { return }
        told.withLock { $0 = languages }
        guard let missing = checker.missing(languages).first else { return }
        mailbox.post(.spelling(.failed(Failure(SpellingError.noDictionary(language: missing, own: checker.ownFolder)))))
    }
}

extension SpellChecker {
    /// The checker of a project, with its writer's dictionaries and words.
    convenience init(paths: Paths, root: String) {
        let own = paths.data + "/dictionaries"
        self.init(
            folders: DictionaryFolders(own: own), userWords: own + "/words", projectWords: root + "/.longhand-words")
    }
}
