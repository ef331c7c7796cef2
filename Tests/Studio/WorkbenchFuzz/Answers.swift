import Assistant
import Manuscript
import Notes
import Retrieval
import Review
import Screen
import TestSupport
import TextCore
import Workbench

/// What the world answers to effects: as the runner would, and as only a broken disk, a hostile server or a late thread would.
enum Answers {
    /// What the pauses that the studio takes end with.
    static let pauses: [Event] = [
        .research(.caretRests), .outline(.textRests), .saving(.journalRests), .spelling(.pageRests),
        .saving(.typingRests), .drafting(.keepArriving), .editing(.typingRested), .input(.clipboardLate),
        .saving(.pause), .vim(.playOn),
    ]

    /// The events that answer `effect`; none for one that nobody answers.
    static func to(_ effect: Effect, _ random: inout SeededGenerator) -> [Event] {
        switch effect {
        case .wait(_, _, let event): return [event]
        case .terminal(.readClipboard(let ticket)):
            return [.input(.clipboard(ticket, random.once(in: 3) ? nil : Texts.text(&random, upTo: 3)))]
        case .terminal(.copy), .terminal(.suspend), .terminal(.redraw), .terminal(.quit): return []
        case .vim(let request): return request.answer(isCancelled: { false }).map { [$0] } ?? []
        case .find(let request): return request.answer(isCancelled: { false }).map { [$0] } ?? []
        case .outline(.read(let ticket, let text)): return outline(ticket, text, &random)
        case .saving(let request): return saving(request, &random)
        case .articles(let request): return articles(request, &random)
        case .research(let request): return research(request, &random)
        case .drafting(let request): return drafting(request, &random)
        case .exporting(.export(let path, _)):
            return [.exporting(.exported(random.once(in: 3) ? .failure(failure(&random)) : .success(path)))]
        case .spelling(let request): return spelling(request, &random)
        case .versions(let request): return versions(request, &random)
        case .progress(.loadHistory): return [.progress(.history(history(&random)))]
        case .appearance(.loadThemes):
            let themes: [Theme] = random.once(in: 8) ? [] : [.plain, .ink]
            return [.appearance(.themes(themes, problem: random.once(in: 4) ? failure(&random) : nil))]
        case .shelf(let request): return shelf(request, &random)
        case .progress(.record), .appearance(.remember): return []
        }
    }

    private static func outline(_ ticket: Ticket, _ text: Text, _ random: inout SeededGenerator) -> [Event] {
        let outline = Outline(text)
        var counts = ArticleCounts(outline, bytes: text.bytes(in: 0..<text.utf8Count))
        if random.once(in: 4) { counts.target = Texts.number(&random) }
        if random.once(in: 4) { counts.sessionTarget = Texts.number(&random) }
        for index in counts.sections.indices where random.once(in: 4) {
            counts.sections[index].target = Texts.number(&random)
        }
        return [
            .outline(.found(ticket, outline, words: outline.sections.reduce(0) { $0 + $1.words })),
            .outline(.counted(ticket, counts)),
        ]
    }

    static func failure(_ random: inout SeededGenerator) -> Failure {
        Failure(
            message: "It failed: " + Texts.word(&random), hint: random.once(in: 2) ? "Try " + Texts.word(&random) : nil)
    }

    private static func stamp(_ text: Text, _ random: inout SeededGenerator) -> FileStamp {
        FileStamp(size: text.utf8Count, modifiedNanoseconds: Int64(random.below(1_000)), inode: 1)
    }

    // MARK: The library

    private static func research(_ request: ResearchEffect, _ random: inout SeededGenerator) -> [Event] {
        switch request {
        case .search(let ticket, _): return hits(ticket, &random)
        case .index, .indexFile: return indexing(&random)
        case .pauseIndexing(let isPaused): return isPaused ? [.research(.indexingPaused)] : []
        }
    }

    static func hits(_ ticket: Ticket, _ random: inout SeededGenerator) -> [Event] {
        guard !random.once(in: 8) else { return [.research(.hits(ticket, .failure(failure(&random))))] }
        let hits = (0..<random.below(15)).map { hit($0, &random) }
        return [
            .research(.hits(ticket, .success(hits))),
            .research(
                .sentences(ticket, (0..<hits.count + (random.once(in: 5) ? 1 : 0)).map { _ in Texts.word(&random) })),
        ]
    }

    static func sources(_ ticket: Ticket, _ random: inout SeededGenerator) -> [Event] {
        guard !random.once(in: 8) else { return [.drafting(.sources(ticket, .failure(failure(&random))))] }
        return [.drafting(.sources(ticket, .success((0..<random.below(9)).map { hit($0, &random).passage })))]
    }

    private static func hit(_ number: Int, _ random: inout SeededGenerator) -> Hit {
        let scores = [0, 0.5, 1, -1, 1e300, .infinity, -.infinity, .nan]
        let passage = Passage(
            id: "id\(random.below(5))", path: "notes/\(random.below(4)).md", title: Texts.word(&random),
            heading: Texts.word(&random), line: Texts.number(&random),
            endLine: Texts.number(&random), text: Texts.text(&random, upTo: 4), tags: [Texts.word(&random)],
            date: random.once(in: 2) ? Texts.word(&random) : nil,
            scope: random.of(Scope.allCases))
        return Hit(
            passage: passage, rank: Texts.number(&random), score: random.of(scores),
            strength: random.once(in: 3) ? nil : random.of(scores),
            similarity: random.once(in: 3) ? nil : random.of(scores),
            textScore: random.once(in: 3) ? nil : random.of(scores), zScore: random.of(scores),
            fused: random.of(scores),
            penalty: random.of(scores), vectorRank: Texts.number(&random), textRank: Texts.number(&random),
            sentence: Texts.word(&random), matchedTerms: [Texts.word(&random)])
    }

    private static func indexing(_ random: inout SeededGenerator) -> [Event] {
        let phases: [IndexProgress.Phase] = [.waiting, .scanning, .reading, .embedding, .linking, .finished]
        let progress = IndexProgress(
            phase: random.of(phases), done: Texts.number(&random), total: Texts.number(&random),
            embedded: Texts.number(&random),
            secondsRemaining: random.once(in: 2) ? random.of([0, 5, 1e9, 1e300, .infinity, .nan, -1]) : nil)
        let summary = IndexSummary(
            notes: Texts.number(&random), passages: Texts.number(&random), embedded: Texts.number(&random),
            problems: (0..<random.below(3)).map { _ in Texts.word(&random) })
        let result: Result<IndexSummary, Failure> = random.once(in: 5) ? .failure(failure(&random)) : .success(summary)
        if random.once(in: 8) {
            return [.research(.indexingWithheld(random.of([.loneArticle, .sharedFolder, .large])))]
        }
        return [.research(.indexing(progress)), .research(.indexed(result, isAsked: random.once(in: 2)))]
    }

    // MARK: Drafts

    private static func drafting(_ request: DraftingEffect, _ random: inout SeededGenerator) -> [Event] {
        switch request {
        case .gather(let ticket, _): return sources(ticket, &random)
        case .send(let ticket, _): return proposal(ticket, &random)
        case .recall(let path, let text, let version):
            return random.once(in: 2) ? kept(path, text, version, &random) : notKept(&random)
        case .keep, .remove: return notKept(&random)
        case .cancelSend, .agreeToProvider: return []
        case .compare(let ticket, let proposal): return [.drafting(.compared(ticket, proposal.diff()))]
        }
    }

    private static func notKept(_ random: inout SeededGenerator) -> [Event] {
        random.once(in: 10) ? [.drafting(.failed(failure(&random)))] : []
    }

    private static func proposal(_ ticket: Ticket, _ random: inout SeededGenerator) -> [Event] {
        var events: [Event] = (0..<random.below(4)).map { _ in
            .drafting(.text(ticket, Texts.text(&random, upTo: 3) + random.of(["", "[^1]", "[^9]", "<think>"])))
        }
        if !random.once(in: 5) {
            let end: Result<String?, Failure> =
                random.once(in: 3)
                ? .failure(failure(&random)) : .success(random.once(in: 2) ? nil : Texts.word(&random))
            events.append(.drafting(.ended(ticket, end)))
        }
        return events
    }

    /// What an earlier run kept: of the text there is, or of any other.
    private static func kept(_ path: String, _ text: Text, _ version: Int, _ random: inout SeededGenerator) -> [Event] {
        let original = Texts.text(&random, upTo: 2)
        let start =
            random.once(in: 2)
            ? Texts.number(&random) : text.scalarBoundary(atOrBefore: random.below(text.utf8Count + 1))
        let proposal = Proposal<Passage>(
            id: 1, sectionTitle: Texts.word(&random), original: original, text: Texts.text(&random, upTo: 3))
        var kept = StoredProposal(proposal, article: path, range: nil, body: original, instruction: nil, model: nil)
        kept.start = start
        kept.end = random.once(in: 2) ? Texts.number(&random) : text.utf8Count
        return [.drafting(.recalled(kept, version: random.once(in: 3) ? nil : version))]
    }

    private static func history(_ random: inout SeededGenerator) -> Result<WritingHistory, Failure> {
        guard !random.once(in: 5) else { return .failure(failure(&random)) }
        let days = (0..<random.below(4)).map {
            WritingHistory.Day(date: "2025-01-0\($0)", words: Texts.number(&random))
        }
        return .success(WritingHistory(days: days, today: "2025-01-01", streak: Texts.number(&random)))
    }

    // MARK: The shelf

    private static func shelf(_ request: ShelfEffect, _ random: inout SeededGenerator) -> [Event] {
        switch request {
        case .keep: return random.once(in: 10) ? [.shelf(.notKept(failure(&random)))] : []
        case .list:
            let items = (0..<random.below(5)).map {
                ShelfItem(
                    id: "s\($0)", date: Texts.word(&random),
                    piece: ShelfPiece(
                        text: random.once(in: 3) ? Texts.word(&random) : Texts.text(&random, upTo: 4),
                        footnotes: Texts.text(&random, upTo: 2), article: Texts.word(&random)))
            }
            return [.shelf(.listed(items, problem: random.once(in: 5) ? failure(&random) : nil))]
        case .remove: return random.once(in: 10) ? [.failed(failure(&random))] : []
        }
    }

    // MARK: Spelling

    private static func spelling(_ request: SpellingEffect, _ random: inout SeededGenerator) -> [Event] {
        guard !random.once(in: 20) else { return [.spelling(.unavailable(failure(&random)))] }
        switch request {
        case .check(let ticket, let words, _):
            return [.spelling(.checked(ticket, words: words, misspelt: Set(words.filter { _ in random.once(in: 2) })))]
        case .find(let ticket, let text, let from, _, _):
            // A word of the text as it was when it was asked about.
            let start = text.scalarBoundary(atOrBefore: random.below(max(1, text.utf8Count)))
            let end = text.scalarBoundary(atOrBefore: min(text.utf8Count, start + random.below(8)))
            return [.spelling(.found(ticket, random.once(in: 4) || from < 0 ? nil : start..<end))]
        case .suggest(let ticket, _, _):
            return [.spelling(.suggestions(ticket, (0..<random.below(12)).map { _ in Texts.word(&random) }))]
        case .add(let word, _), .ignore(let word):
            return [.spelling(.accepted(word: word, sentence: random.once(in: 2) ? nil : Texts.word(&random)))]
        }
    }

    // MARK: Files

    static func editor(_ path: String, _ random: inout SeededGenerator) -> Editor {
        var editor = Editor(
            path: path, displayName: random.once(in: 4) ? Texts.word(&random) : String(path.dropFirst(9)),
            libraryPath: nil, text: Text(Texts.text(&random, upTo: 12)),
            isReadOnly: random.once(in: 10))
        if random.once(in: 10) {
            editor.lockOwner = LockOwner(
                processID: Texts.number(&random), terminal: Texts.word(&random), since: "10:02")
            editor.isReadOnly = true
        }
        return editor
    }

    private static func opened(_ path: String, line: Int?, _ random: inout SeededGenerator) -> Event {
        guard !random.once(in: 8) else { return .saving(.opened(.failure(failure(&random)), line: line)) }
        return .saving(.opened(.success(file(path, &random)), line: line))
    }

    private static func file(_ path: String, _ random: inout SeededGenerator) -> OpenedFile {
        var editor = editor(path, &random)
        if random.once(in: 10) {
            editor = Editor(path: path, displayName: "x", libraryPath: nil, text: "", isReadOnly: true)
            editor.undecided = UndecidedEncoding(
                path: path, line: Texts.number(&random), recognised: random.once(in: 2) ? .gb18030 : nil,
                isLossless: random.once(in: 2))
        }
        return OpenedFile(
            editor: editor, journal: random.once(in: 5) ? recovered(editor.text, &random) : nil,
            remark: random.once(in: 8) ? failure(&random) : nil)
    }

    private static func recovered(_ file: Text, _ random: inout SeededGenerator) -> RecoveredText {
        RecoveredText(
            id: "j\(random.below(3))", text: Text(Texts.text(&random, upTo: 8)), file: file,
            isFileChanged: random.once(in: 2), isCut: random.once(in: 2))
    }

    static func position(_ path: String, _ random: inout SeededGenerator) -> ArticlePosition {
        ArticlePosition(
            path: path, selection: Selection(anchor: Texts.number(&random), head: Texts.number(&random)),
            scroll: ScrollPosition(
                line: Texts.number(&random), row: Texts.number(&random), blankRows: Texts.number(&random)),
            line: random.once(in: 4) ? Texts.number(&random) : nil)
    }

    private static func articles(_ request: ArticlesEffect, _ random: inout SeededGenerator) -> [Event] {
        switch request {
        case .listProject:
            return [.articles(.project((0..<random.below(8)).map { "f\($0)" + Texts.word(&random) + ".md" }))]
        case .listFolder(let ticket, let typed, _):
            return [
                .articles(
                    .folder(
                        ticket, typed: typed,
                        entries: (0..<random.below(8)).map { "e\($0)" + Texts.word(&random) + random.of(["", "/"]) }))
            ]
        case .open(let places, let before):
            let files = places.enumerated().map { index, range in
                (file(range.path, &random), Answers.position(range.path, &random), index < before)
            }
            return [.articles(.opened(files, problem: random.once(in: 4) ? failure(&random) : nil))]
        case .recallUndo(let path, let text):
            var document = Document(Text(Texts.text(&random, upTo: 3)))
            for next in [Text(Texts.text(&random, upTo: 3)), text] {
                let changes = ChangeSet.turning(document.text, into: next)
                // Made for this very text.
                try? document.apply(Edit(changes: changes, selection: Selection(0), origin: .command("earlier")))
            }
            document.markSaved()
            return document.text == text ? [.articles(.undo(path: path, document.history))] : []
        case .remember, .keepUndo: return []
        }
    }

    private static func versions(_ request: VersionsEffect, _ random: inout SeededGenerator) -> [Event] {
        switch request {
        case .list(let path, _):
            guard !random.once(in: 6) else { return [.versions(.listed(path: path, .failure(failure(&random))))] }
            let rows = (0..<random.below(30)).map {
                VersionRow(
                    number: $0 + 1, id: "v\($0)", time: Texts.word(&random), words: Texts.number(&random),
                    change: random.once(in: 3) ? nil : Texts.number(&random), sections: [Texts.word(&random)])
            }
            return [.versions(.listed(path: path, .success(rows)))]
        case .compare(let path, let id, let text, _):
            guard !random.once(in: 6) else {
                return [.versions(.compared(path: path, id: id, .failure(failure(&random))))]
            }
            return [
                .versions(
                    .compared(path: path, id: id, .success(TextDiff.between(Texts.text(&random, upTo: 8), text.string)))
                )
            ]
        case .fetch(let path, let id, _):
            return [
                .versions(
                    .fetched(
                        path: path, id: id,
                        random.once(in: 6) ? .failure(failure(&random)) : .success(Text(Texts.text(&random, upTo: 8)))))
            ]
        }
    }

    // MARK: Saving

    private static func saving(_ request: SavingEffect, _ random: inout SeededGenerator) -> [Event] {
        switch request {
        case .save(let path, let text, let version, _, _, _):
            switch random.below(6) {
            case 0: return [.saving(.saved(path: path, version: version, .failure(.changedOnDisk)))]
            case 1: return [.saving(.saved(path: path, version: version, .failure(.failed(failure(&random)))))]
            default: return [.saving(.saved(path: path, version: version, .success(stamp(text, &random))))]
            }
        case .open(let path, let line):
            return [opened(path, line: random.once(in: 4) ? Texts.number(&random) : line, &random)]
        case .writeCopy(let path, _, _, _):
            return [.saving(.copied(random.once(in: 3) ? .failure(failure(&random)) : .success(path)))]
        case .journal: return random.once(in: 10) ? [.failed(failure(&random))] : []
        case .compareRecovered(let recovered):
            let near = recovered.surroundings()
            return [.saving(.recoveryDifference(id: recovered.id, TextDiff.between(near.file, near.text)))]
        case .watch(let paths): return [.saving(.seen(stamps(paths, &random)))]
        case .name(let naming):
            let outcome: NamingOutcome = random.of([
                .done(nil), .done(stamp(naming.text, &random)), .exists, .failed(failure(&random)),
            ])
            return [.saving(.named(naming, outcome))]
        case .examine(let look): return [.saving(.examined(look, finding(look, &random)))]
        case .compare(let path, let file, let text):
            return [.saving(.compared(path: path, TextDiff.between(file.string, text.string)))]
        case .openAs(let file, let choice):
            var editor = editor(file.path, &random)
            editor.format.encoding = choice.encoding
            return [.saving(.opened(.success(OpenedFile(editor: editor)), line: file.target))]
        case .takeOver(let look):
            let lockOwner = random.once(in: 2) ? nil : LockOwner(processID: 1, since: "")
            return [
                .saving(
                    .takenOver(
                        path: look.path, lockOwner: lockOwner, isReadOnly: random.once(in: 4),
                        journal: random.once(in: 4) ? recovered(look.known, &random) : nil))
            ]
        case .removeJournal, .discardRecovered, .takeRecovered, .look, .release: return []
        }
    }

    private static func stamps(_ paths: [String], _ random: inout SeededGenerator) -> [String: FileStamp?] {
        Dictionary(
            paths.map { path in
                let isThere = random.once(in: 3)
                return (
                    path, isThere ? FileStamp(size: 1, modifiedNanoseconds: Int64(random.below(9)), inode: 2) : nil
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func finding(_ look: FileCheck, _ random: inout SeededGenerator) -> FileFinding {
        switch random.below(6) {
        case 0: return .gone
        case 1: return .failed(failure(&random))
        case 2:
            return .same(
                FileReading(
                    text: look.known, stamp: stamp(look.known, &random), format: FileFormat(),
                    isReadOnly: random.once(in: 8)))
        default:
            let text = Text(Texts.text(&random, upTo: 10))
            let reading = FileReading(
                text: text, stamp: stamp(text, &random), format: FileFormat(usesCRLF: random.once(in: 3)),
                isReadOnly: random.once(in: 8))
            return .changed(reading, .turning(look.text, into: text))
        }
    }
}
